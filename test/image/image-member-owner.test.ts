import { TerraformVariable } from "cdktf";
import { type IImage, Image, ImageMember, ImageOwner, ImageVisibility } from "cdktf-openstack-images";
import { blocks, newStack, only, synth, synthApp } from "../support/synth";
import { consumer, notOwner, OTHER_PROJECT, PROJECT, shared, UUID } from "./given";

const ACCESS = "openstack_images_image_access_v2";
const DASHED = "01234567-89AB-CDEF-0123-456789ABCDEF";

function ownedBy(imageOwnerId?: string): IImage {
  return { imageId: UUID, imageOwnerId };
}

function memberOf(image: IImage, projectId = PROJECT) {
  return synth((stack) => new ImageMember(stack, "Team", { image, projectId }));
}

const PLAIN = { image_id: UUID, member_id: PROJECT };

describe("a project that is known to own the image", () => {
  test.each([
    ["as the image says", PROJECT],
    ["in other case", PROJECT.toUpperCase()],
    ["in other case with dashes", DASHED],
  ])("is told that it needs no membership, %s", (_, ownerId) => {
    const result = memberOf(ownedBy(ownerId));
    expect(only(result, ACCESS)).toStrictEqual(PLAIN);
    expect(result.warnings).toStrictEqual([
      {
        path: "test/Team",
        message: `MemberIsOwner: project ${PROJECT} owns the image and needs no membership; drop it`,
      },
    ]);
  });

  test("is told so of an image that is looked up by its owner", () => {
    const result = synth((stack) => {
      const owner = ImageOwner.fromProjectId(PROJECT);
      const image = Image.fromLookup(stack, "Found", { imageName: "base", owner });
      new ImageMember(stack, "Team", { image, projectId: PROJECT });
    });
    expect(only(result, ACCESS)).toStrictEqual({
      image_id: "${data.openstack_images_image_v2.Found.id}",
      member_id: PROJECT,
    });
    expect(result.warnings.map(({ message }) => message.split(":")[0])).toStrictEqual(["MemberIsOwner"]);
  });
});

test("a project that is known not to own the image has nothing to ask for", () => {
  const result = memberOf(ownedBy(OTHER_PROJECT));
  expect(only(result, ACCESS)).toStrictEqual(PLAIN);
  expect(result.warnings).toStrictEqual([]);
});

test("nothing is asked for where nobody knows the owner", () => {
  const result = memberOf(ownedBy());
  expect(only(result, ACCESS)).toStrictEqual(PLAIN);
  expect(result.warnings).toStrictEqual([]);
});

describe("the apply refuses the owner as a member", () => {
  test("of an image of the app", () => {
    const result = synth((stack) => shared(stack).addMember("Team", { projectId: PROJECT }));
    expect(only(result, ACCESS).lifecycle).toStrictEqual(notOwner(PROJECT, "test/Base/Team"));
    expect(result.warnings).toStrictEqual([]);
  });

  test("of an image of the app that comes by way of another membership", () => {
    const result = synth((stack) => {
      const acceptance = { provider: consumer(stack) };
      const { image } = shared(stack).addMember("One", { projectId: OTHER_PROJECT, acceptance });
      new ImageMember(stack, "Team", { image, projectId: PROJECT });
    });
    expect(only(result, ACCESS, "Team").lifecycle).toStrictEqual(notOwner(PROJECT, "test/Team"));
  });

  test("of an image of another stack", () => {
    const { two } = synthApp((app) => {
      const image = shared(newStack(app, "one"));
      new ImageMember(newStack(app, "two"), "Team", { image, projectId: PROJECT });
    });
    const handed = "data.terraform_remote_state.cross-stack-reference-input-one.outputs";
    const owner = `${handed}.cross-stack-output-openstack_images_image_v2Baseowner`;
    expect(two && only(two, ACCESS).lifecycle).toStrictEqual(notOwner(PROJECT, "two/Team", owner));
  });

  test.each([
    ["a public image", { visibility: ImageVisibility.PUBLIC }],
    ["an image of the current project", { owner: ImageOwner.CURRENT_PROJECT }],
  ])("of %s that is looked up", (_, options) => {
    const result = synth((stack) => {
      const image = Image.fromLookup(stack, "Found", { imageName: "base", ...options });
      new ImageMember(stack, "Team", { image, projectId: PROJECT });
    });
    const owner = "data.openstack_images_image_v2.Found.owner";
    expect(only(result, ACCESS).lifecycle).toStrictEqual(notOwner(PROJECT, "test/Team", owner));
  });

  test("where only Terraform knows the project, the owner or both", () => {
    const result = synth((stack) => {
      const [project, owner] = ["p", "o"].map((id) => new TerraformVariable(stack, id, {}).stringValue) as [
        string,
        string,
      ];
      new ImageMember(stack, "A", { image: ownedBy(PROJECT), projectId: project });
      new ImageMember(stack, "B", { image: ownedBy(owner), projectId: PROJECT });
      new ImageMember(stack, "C", { image: ownedBy(owner), projectId: project });
    });
    const text = (project: string, path: string) =>
      `MemberIsOwner: project ${project} owns the image of test/${path} and needs no membership; drop it.`;
    expect(Object.values(blocks(result, ACCESS)).map(({ lifecycle }) => lifecycle.precondition)).toStrictEqual([
      [{ condition: `\${"${PROJECT}" != var.p}`, error_message: text("${var.p}", "A") }],
      [{ condition: `\${var.o != "${PROJECT}"}`, error_message: text(PROJECT, "B") }],
      [{ condition: "${var.o != var.p}", error_message: text("${var.p}", "C") }],
    ]);
  });
});
