import type { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
import { Image, ImageMember, ImageMemberAcceptance, ImageVisibility } from "cdktf-openstack-images";
import { rendered } from "../core/rendered";
import { appFailure, blocks, failure, newStack, only, synth, synthApp } from "../support/synth";
import { consumer, notOwner, PROJECT, shared, source, UUID } from "./given";

const ACCESS = "openstack_images_image_access_v2";
const ACCEPT = "openstack_images_image_access_accept_v2";

describe("an acceptance with the member", () => {
  test("is made with the other project's provider, after the membership", () => {
    const result = synth((stack) => {
      const member = shared(stack).addMember("Staging", {
        projectId: PROJECT,
        acceptance: { provider: consumer(stack) },
      });
      expect(member.acceptance?.node.path).toBe("test/Base/Staging/Acceptance");
    });
    const [membership] = Object.keys(blocks(result, ACCESS));
    expect(only(result, ACCESS)).toStrictEqual({
      image_id: "${openstack_images_image_v2.Base.id}",
      member_id: PROJECT,
      lifecycle: notOwner(PROJECT, "test/Base/Staging"),
    });
    expect(only(result, ACCEPT)).toStrictEqual({
      image_id: `\${${ACCESS}.${membership}.image_id}`,
      member_id: PROJECT,
      provider: "openstack.staging",
      status: "accepted",
    });
    expect(result.warnings).toStrictEqual([]);
  });

  test("is in the region of the member", () => {
    const result = synth((stack) => {
      const image = new Image(stack, "Base", { source, visibility: ImageVisibility.SHARED, region: "RegionTwo" });
      image.addMember("Staging", { projectId: PROJECT, acceptance: { provider: consumer(stack) } });
    });
    expect(only(result, ACCEPT)).toMatchObject({ region: "RegionTwo", provider: "openstack.staging" });
  });

  test("by the owner is asked about", () => {
    const result = synth((stack) => {
      const provider = consumer(stack, "owner");
      const image = new Image(stack, "Base", { source, visibility: ImageVisibility.SHARED, provider });
      image.addMember("Staging", { projectId: PROJECT, acceptance: { provider } });
    });
    expect(result.warnings).toStrictEqual([
      {
        path: "test/Base/Staging",
        message:
          "AcceptanceByOwner: 'acceptance' has the provider of the image's owner, whom Glance refuses unless it is an " +
          "administrator",
      },
    ]);
  });

  test("fails when its provider belongs to another stack", () => {
    const message = appFailure((app) => {
      const provider = consumer(newStack(app, "two"));
      shared(newStack(app, "one")).addMember("Staging", { projectId: PROJECT, acceptance: { provider } });
    });
    expect(message).toContain("'provider' must belong to stack one, got two/Provider-staging");
    expect(message).toContain("[ProviderOfOtherStack at one/Base/Staging/Acceptance]");
  });
});

describe("an acceptance alone", () => {
  test("accepts an image by id", () => {
    const result = synth((stack) => {
      const image = Image.fromImageId(stack, "Rocky", UUID);
      const provider = consumer(stack);
      new ImageMemberAcceptance(stack, "Rocky here", { image, projectId: PROJECT, provider, region: "RegionTwo" });
    });
    expect(only(result, ACCEPT)).toStrictEqual({
      image_id: UUID,
      member_id: PROJECT,
      provider: "openstack.staging",
      region: "RegionTwo",
      status: "accepted",
    });
    expect(blocks(result, ACCESS)).toStrictEqual({});
  });

  test("in another stack than the image takes its id from there", () => {
    const results = synthApp((app) => {
      const image = shared(newStack(app, "images"));
      const projects = newStack(app, "projects");
      new ImageMemberAcceptance(projects, "Here", { image, projectId: PROJECT, provider: consumer(projects) });
    });
    expect(only(results["projects"], ACCEPT).image_id).toMatch(/^\$\{data\.terraform_remote_state\..+\}$/);
  });

  test("waits for what it is told to", () => {
    const result = synth((stack) => {
      const image = shared(stack);
      const provider = consumer(stack);
      const member = new ImageMember(stack, "Staging", { image, projectId: PROJECT });
      new ImageMemberAcceptance(stack, "Here", { image, projectId: PROJECT, provider, member, dependsOn: [member] });
    });
    expect(only(result, ACCEPT)).toStrictEqual({
      image_id: `\${${ACCESS}.Staging.image_id}`,
      member_id: PROJECT,
      provider: "openstack.staging",
      status: "accepted",
      depends_on: [`${ACCESS}.Staging`],
    });
  });

  test("fails when it has no provider", () => {
    const message = failure((stack) => {
      const image = Image.fromImageId(stack, "Rocky", UUID);
      const provider = undefined as unknown as OpenstackProvider;
      new ImageMemberAcceptance(stack, "Here", { image, projectId: PROJECT, provider });
    });
    expect(message).toBe(
      "'provider' must be the accepting project's, got none: the owner of an image cannot accept for another project " +
        "[AcceptanceWithoutProvider at test/Here]",
    );
  });

  test("fails when the image's id is a name", () => {
    const message = failure((stack) => {
      const provider = consumer(stack);
      new ImageMemberAcceptance(stack, "Here", { image: { imageId: "rocky" }, projectId: PROJECT, provider });
    });
    expect(message).toContain("[NotAUuid at test/Here]");
  });

  test("with an unusual project id is asked about", () => {
    const result = synth((stack) => {
      const image = Image.fromImageId(stack, "Rocky", UUID);
      new ImageMemberAcceptance(stack, "Here", { image, projectId: "staging", provider: consumer(stack) });
    });
    expect(result.warnings.map(({ path, message }) => [path, message.split(":")[0]])).toStrictEqual([
      ["test/Here", "ProjectIdUnusual"],
    ]);
  });
});

describe("the accepted image", () => {
  test("leads through the acceptance, and knows what the image knows", () => {
    synth((stack) => {
      const image = new Image(stack, "Base", {
        source,
        visibility: ImageVisibility.SHARED,
        imageName: "base",
        minDiskGb: 4,
        minRamMb: 512,
      });
      const acceptance = new ImageMemberAcceptance(stack, "Here", {
        image,
        projectId: PROJECT,
        provider: consumer(stack),
      });
      const accepted = acceptance.image;
      expect(rendered(stack, accepted.imageId)).toBe(`\${${ACCEPT}.Here.image_id}`);
      expect([accepted.imageName, accepted.minDiskGb, accepted.minRamMb]).toStrictEqual(["base", 4, 512]);
      expect(rendered(stack, accepted.imageSizeBytes)).toBe("${openstack_images_image_v2.Base.size_bytes}");
      const found = [acceptance, acceptance.resource, image].map(ImageMemberAcceptance.isImageMemberAcceptance);
      expect(found).toStrictEqual([true, false, false]);
    });
  });

  test("of an image by id knows the id alone", () => {
    synth((stack) => {
      const image = Image.fromImageId(stack, "Rocky", UUID);
      const props = { image, projectId: PROJECT, provider: consumer(stack) };
      const accepted = new ImageMemberAcceptance(stack, "Here", props).image;
      expect([accepted.imageName, accepted.minDiskGb, accepted.minRamMb, accepted.imageSizeBytes]).toStrictEqual(
        Array(4).fill(undefined),
      );
    });
  });
});
