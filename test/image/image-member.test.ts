import { TerraformVariable } from "cdktf";
import { Image, ImageMember, ImageVisibility } from "cdktf-openstack-images";
import { Construct } from "constructs";
import { rendered } from "../core/rendered";
import { appFailure, blocks, failure, newStack, only, type Synthesis, synth, synthApp } from "../support/synth";
import { consumer, notOwner, OTHER_PROJECT, PROJECT, shared, source, UUID } from "./given";

const ACCESS = "openstack_images_image_access_v2";
const ACCEPT = "openstack_images_image_access_accept_v2";
describe("a member", () => {
  test("comes out without a status, which is the other project's to set", () => {
    const result = synth((stack) => shared(stack).addMember("Staging", { projectId: PROJECT }));
    expect(only(result, ACCESS)).toStrictEqual({
      image_id: "${openstack_images_image_v2.Base.id}",
      member_id: PROJECT,
      lifecycle: notOwner(PROJECT, "test/Base/Staging"),
    });
    expect(blocks(result, ACCEPT)).toStrictEqual({});
    expect(result.warnings).toStrictEqual([]);
  });

  test("tells what it knows", () => {
    synth((stack) => {
      const member = shared(stack).addMember("Staging", { projectId: PROJECT });
      expect([member.projectId, member.acceptance, member.resource.node.path]).toStrictEqual([
        PROJECT,
        undefined,
        "test/Base/Staging/Default",
      ]);
      expect([ImageMember.isImageMember(member), ImageMember.isImageMember(member.resource)]).toStrictEqual([
        true,
        false,
      ]);
    });
  });

  test("of an image known by id", () => {
    const result = synth((stack) => {
      const provider = consumer(stack, "owner");
      const image = Image.fromImageId(stack, "Rocky", UUID);
      new ImageMember(stack, "Staging", { image, projectId: PROJECT, provider, region: "RegionTwo" });
    });
    expect(only(result, ACCESS)).toStrictEqual({
      image_id: UUID,
      member_id: PROJECT,
      provider: "openstack.owner",
      region: "RegionTwo",
    });
  });

  test("of an image that is looked up", () => {
    const result = synth((stack) => {
      const image = Image.fromLookup(stack, "Rocky", { imageName: "rocky", visibility: ImageVisibility.PUBLIC });
      new ImageMember(stack, "Staging", { image, projectId: PROJECT });
    });
    expect(only(result, ACCESS)).toStrictEqual({
      image_id: "${data.openstack_images_image_v2.Rocky.id}",
      member_id: PROJECT,
      lifecycle: notOwner(PROJECT, "test/Staging", "data.openstack_images_image_v2.Rocky.owner"),
    });
  });

  test("of an image whose visibility only Terraform knows", () => {
    const result = synth((stack) => {
      const visibility = new TerraformVariable(stack, "Visibility", { type: "string" }).stringValue as ImageVisibility;
      new Image(stack, "Base", { source, visibility }).addMember("Staging", { projectId: PROJECT });
    });
    expect(only(result, ACCESS).member_id).toBe(PROJECT);
  });

  test("waits for what it is told to", () => {
    const result = synth((stack) => {
      const other = new Image(stack, "Other", { source });
      shared(stack).addMember("Staging", { projectId: PROJECT, dependsOn: [other] });
    });
    expect(only(result, ACCESS)).toStrictEqual({
      image_id: "${openstack_images_image_v2.Base.id}",
      member_id: PROJECT,
      depends_on: ["openstack_images_image_v2.Other"],
      lifecycle: notOwner(PROJECT, "test/Base/Staging"),
    });
  });

  test("with an unusual project id is asked about", () => {
    const result = synth((stack) => shared(stack).addMember("Staging", { projectId: "staging" }));
    expect(result.warnings).toStrictEqual([
      {
        path: "test/Base/Staging",
        message: `ProjectIdUnusual: 'projectId' is "staging": is this a name? Glance takes ids only (openstack project show NAME)`,
      },
    ]);
  });

  test("may be the same project's of two images, and two projects' of one", () => {
    const result = synth((stack) => {
      shared(stack, "One").addMember("A", { projectId: PROJECT });
      const two = shared(stack, "Two");
      two.addMember("A", { projectId: PROJECT });
      two.addMember("B", { projectId: OTHER_PROJECT });
    });
    expect(Object.keys(blocks(result, ACCESS))).toHaveLength(3);
  });

  test("may be the same project's of two images whose ids differ in case or dashes only", () => {
    const result = synth((stack) => {
      for (const id of ["Base", "base", "Base-1", "Base1"]) shared(stack, id).addMember("A", { projectId: PROJECT });
    });
    expect(Object.keys(blocks(result, ACCESS))).toHaveLength(4);
  });

  test("may be the same in two regions of an image known by id", () => {
    const result = synth((stack) => {
      for (const region of ["RegionOne", "RegionTwo"]) {
        new ImageMember(stack, region, { image: { imageId: UUID }, projectId: PROJECT, region });
      }
    });
    expect(Object.keys(blocks(result, ACCESS))).toStrictEqual(["RegionOne", "RegionTwo"]);
  });

  test("may be one of several whose project only Terraform knows", () => {
    const result = synth((stack) => {
      const base = shared(stack);
      const projectId = new TerraformVariable(stack, "Project", { type: "string" }).stringValue;
      base.addMember("A", { projectId });
      base.addMember("B", { projectId });
    });
    expect(Object.keys(blocks(result, ACCESS))).toHaveLength(2);
  });
});

describe("fails when", () => {
  test.each([ImageVisibility.PRIVATE, ImageVisibility.COMMUNITY, ImageVisibility.PUBLIC])(
    "a %s image gets a member",
    (visibility) => {
      const message = failure((stack) => {
        new Image(stack, "Base", { source, visibility }).addMember("Staging", { projectId: PROJECT });
      });
      expect(message).toBe(
        `only a shared image can have members, got "${visibility}" for test/Base; give it visibility: ImageVisibility.SHARED, ` +
          "or drop the member in the same change in which it stops being shared [MemberOfUnsharedImage at test/Base/Staging]",
      );
    },
  );

  test("a member stands elsewhere, and its image is not shared", () => {
    const message = failure((stack) => {
      const image = new Image(stack, "Base", { source });
      new ImageMember(new Construct(stack, "Team"), "Staging", { image, projectId: PROJECT });
    });
    expect(message).toContain("[MemberOfUnsharedImage at test/Team/Staging]");
  });

  test("a project is a member twice", () => {
    const message = failure((stack) => {
      const base = shared(stack);
      base.addMember("A", { projectId: PROJECT });
      new ImageMember(stack, "B", { image: base, projectId: PROJECT });
    });
    expect(message).toBe(
      `a project can be a member once, got "${PROJECT}" here and in test/Base/A; drop one of them [MemberTwice at test/B]`,
    );
  });

  test.each([
    ["in other case", PROJECT.toUpperCase()],
    ["with dashes", "01234567-89ab-cdef-0123-456789abcdef"],
    ["in other case with dashes", "01234567-89AB-CDEF-0123-456789ABCDEF"],
  ])("a project is a member twice, once %s", (_, projectId) => {
    const message = failure((stack) => {
      const base = shared(stack);
      base.addMember("A", { projectId: PROJECT });
      base.addMember("B", { projectId });
    });
    expect(message).toBe(
      `a project can be a member once, got "${projectId}" here and in test/Base/A; drop one of them [MemberTwice at test/Base/B]`,
    );
  });

  test("a project is a member twice of an image known by an id in either case", () => {
    const message = failure((stack) => {
      for (const imageId of [UUID, UUID.toUpperCase()]) {
        new ImageMember(stack, imageId === UUID ? "A" : "B", { image: { imageId }, projectId: PROJECT });
      }
    });
    expect(message).toContain("[MemberTwice at test/B]");
  });

  test("a project is a member twice of an image known by id", () => {
    const message = failure((stack) => {
      for (const id of ["A", "B"]) {
        const image = Image.fromImageId(stack, `Rocky-${id}`, UUID);
        new ImageMember(stack, id, { image, projectId: PROJECT });
      }
    });
    expect(message).toContain(`got "${PROJECT}" here and in test/A; drop one of them [MemberTwice at test/B]`);
  });

  test("a project is a member twice, in two stacks", () => {
    const message = appFailure((app) => {
      const base = shared(newStack(app, "one"));
      base.addMember("A", { projectId: PROJECT });
      new ImageMember(newStack(app, "two"), "B", { image: base, projectId: PROJECT });
    });
    expect(message).toBe(
      `a project can be a member once, got "${PROJECT}" here and in one/Base/A; drop one of them [MemberTwice at two/B]`,
    );
  });

  test("a project is a member twice, once by way of the first membership", () => {
    const message = failure((stack) => {
      const { image } = shared(stack).addMember("A", { projectId: PROJECT });
      new ImageMember(stack, "B", { image, projectId: PROJECT });
    });
    expect(message).toContain(`got "${PROJECT}" here and in test/Base/A; drop one of them [MemberTwice at test/B]`);
  });

  test("a member is of an image by name", () => {
    const message = failure((stack) => {
      new ImageMember(stack, "A", { image: { imageId: "rocky" }, projectId: PROJECT });
    });
    expect(message).toBe(
      `the image's id must be a UUID, got "rocky"; if this is a name, look it up [NotAUuid at test/A]`,
    );
  });

  test("a member has no project", () => {
    expect(failure((stack) => shared(stack).addMember("A", { projectId: "" }))).toBe(
      `'projectId' must be a project's id, got ""; openstack project show NAME tells it [ProjectIdEmpty at test/Base/A]`,
    );
  });
});

describe("the member's image", () => {
  const known = { visibility: ImageVisibility.SHARED, imageName: "base", minDiskGb: 4, minRamMb: 512 };

  test("leads through the membership, and knows what the image knows", () => {
    synth((stack) => {
      const { image } = new Image(stack, "Base", { source, ...known }).addMember("A", { projectId: PROJECT });
      expect(rendered(stack, image.imageId)).toMatch(/^\$\{openstack_images_image_access_v2\.Base_A_\w+\.image_id\}$/);
      expect([image.imageName, image.minDiskGb, image.minRamMb]).toStrictEqual(["base", 4, 512]);
      expect(rendered(stack, image.imageSizeBytes)).toBe("${openstack_images_image_v2.Base.size_bytes}");
      expect(Image.isImage(image)).toBe(false);
    });
  });

  test("leads through the acceptance where there is one", () => {
    synth((stack) => {
      const acceptance = { provider: consumer(stack) };
      const member = new Image(stack, "Base", { source, ...known }).addMember("A", { projectId: PROJECT, acceptance });
      expect(member.image).toBe(member.acceptance?.image);
      expect(rendered(stack, member.image.imageId)).toMatch(
        /^\$\{openstack_images_image_access_accept_v2\.Base_A_Acceptance_\w+\.image_id\}$/,
      );
      expect([member.image.imageName, member.image.minDiskGb, member.image.minRamMb]).toStrictEqual(["base", 4, 512]);
    });
  });

  test("of an image by id knows the id alone", () => {
    synth((stack) => {
      const { image } = new ImageMember(stack, "A", { image: { imageId: UUID }, projectId: PROJECT });
      expect(rendered(stack, image.imageId)).toBe("${openstack_images_image_access_v2.A.image_id}");
      expect([image.imageName, image.minDiskGb, image.minRamMb, image.imageSizeBytes]).toStrictEqual(
        Array(4).fill(undefined),
      );
    });
  });
});

describe("an image by id", () => {
  test("makes no call and knows nothing else", () => {
    const result = synth((stack) => {
      const image = Image.fromImageId(stack, "Rocky", UUID);
      expect(image.imageId).toBe(UUID);
      expect([image.imageName, image.minDiskGb, image.minRamMb, image.imageSizeBytes]).toStrictEqual(
        Array(4).fill(undefined),
      );
      expect(Image.isImage(image)).toBe(false);
    });
    expect([result.json.resource, result.json.data]).toStrictEqual([undefined, undefined]);
  });

  test("takes what Terraform computes", () => {
    synth((stack) => {
      const imageId = new TerraformVariable(stack, "Id", { type: "string" }).stringValue;
      expect(rendered(stack, Image.fromImageId(stack, "Rocky", imageId).imageId)).toBe("${var.Id}");
    });
  });

  test("fails when the id is a name", () => {
    expect(failure((stack) => Image.fromImageId(stack, "Rocky", "rocky-9"))).toBe(
      `the image's id must be a UUID, got "rocky-9"; if this is a name, look it up [NotAUuid at test/Rocky]`,
    );
  });
});

test("an id that is used in two stacks may stand for images of two clouds", () => {
  const stacks = synthApp((app) => {
    for (const id of ["one", "two"]) {
      new ImageMember(newStack(app, id), "A", { image: { imageId: UUID }, projectId: PROJECT });
    }
  });
  for (const id of ["one", "two"]) {
    expect(only(stacks[id] as Synthesis, ACCESS)).toStrictEqual({ image_id: UUID, member_id: PROJECT });
  }
});
