import { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
import { type TerraformStack, TerraformVariable } from "cdktf";
import { Image, ImageMember, type ImageMemberProps, ImageSource, ImageVisibility } from "cdktf-openstack-images";
import { Construct } from "constructs";
import { isOpenstackConstruct } from "../../lib/core/openstack-construct";
import { notOwner, PROJECT } from "../image/given";
import { appFailure, blocks, newStack, only, synth, synthApp } from "../support/synth";

const source = ImageSource.fromUrl("https://images.example.org/base.qcow2");
const ACCESS = "openstack_images_image_access_v2";

test("fails when the provider belongs to another stack", () => {
  const message = appFailure((app) => {
    const provider = new OpenstackProvider(newStack(app, "one"), "Other", { alias: "other" });
    new Image(new Construct(newStack(app, "two"), "Group"), "Base", { source, provider });
  });
  expect(message).toBe(
    "'provider' must belong to stack two, got one/Other; make an OpenstackProvider in this stack, with the same settings " +
      "and alias [ProviderOfOtherStack at two/Group/Base]",
  );
});

test("a construct knows its provider and region", () => {
  synth((stack) => {
    const provider = new OpenstackProvider(stack, "Other", { alias: "other" });
    const image = new Image(stack, "Base", { source, provider, region: "RegionTwo" });
    expect([image.provider, image.region]).toStrictEqual([provider, "RegionTwo"]);
    const plain = new Image(stack, "Plain", { source });
    expect([plain.provider, plain.region]).toStrictEqual([undefined, undefined]);
  });
});

test("a child has its parent's provider and region", () => {
  const result = synth((stack) => {
    const provider = new OpenstackProvider(stack, "Other", { alias: "other" });
    const image = new Image(stack, "Base", {
      source,
      provider,
      region: "RegionTwo",
      visibility: ImageVisibility.SHARED,
    });
    image.addMember("Team", { projectId: PROJECT });
  });
  expect(only(result, ACCESS)).toStrictEqual({
    image_id: "${openstack_images_image_v2.Base.id}",
    member_id: PROJECT,
    provider: "openstack.other",
    region: "RegionTwo",
    lifecycle: notOwner(PROJECT, "test/Base/Team"),
  });
});

test("a child's own provider and region come first", () => {
  const result = synth((stack) => {
    const provider = new OpenstackProvider(stack, "Other", { alias: "other" });
    const third = new OpenstackProvider(stack, "Third", { alias: "third" });
    const image = new Image(stack, "Base", { source, provider, region: "A", visibility: ImageVisibility.SHARED });
    image.addMember("Team", { projectId: PROJECT, provider: third, region: "B" });
  });
  expect(only(result, ACCESS)).toStrictEqual({
    image_id: "${openstack_images_image_v2.Base.id}",
    member_id: PROJECT,
    provider: "openstack.third",
    region: "B",
    lifecycle: notOwner(PROJECT, "test/Base/Team"),
  });
});

test("a child whose options are there but undefined has its parent's provider and region", () => {
  const result = synth((stack) => {
    const provider = new OpenstackProvider(stack, "Other", { alias: "other" });
    const image = new Image(stack, "Base", { source, provider, region: "A", visibility: ImageVisibility.SHARED });
    image.addMember("Team", { projectId: PROJECT, provider: undefined, region: undefined });
  });
  expect(only(result, ACCESS)).toStrictEqual({
    image_id: "${openstack_images_image_v2.Base.id}",
    member_id: PROJECT,
    provider: "openstack.other",
    region: "A",
    lifecycle: notOwner(PROJECT, "test/Base/Team"),
  });
});

describe("a member that stands elsewhere", () => {
  const ID = "${openstack_images_image_v2.Base.id}";

  function owned(stack: TerraformStack): Image {
    const provider = new OpenstackProvider(stack, "Other", { alias: "other" });
    return new Image(stack, "Base", { source, provider, region: "A", visibility: ImageVisibility.SHARED });
  }

  test.each<[string, Partial<ImageMemberProps>]>([
    ["without options", {}],
    ["with options that are there but undefined", { provider: undefined, region: undefined }],
  ])("%s has the provider and region of its image", (_, options) => {
    const result = synth((stack) => {
      const image = owned(stack);
      const team = new ImageMember(new Construct(stack, "Group"), "Team", { image, projectId: PROJECT, ...options });
      expect([team.provider, team.region]).toStrictEqual([image.provider, "A"]);
    });
    expect(only(result, ACCESS)).toStrictEqual({
      image_id: ID,
      member_id: PROJECT,
      provider: "openstack.other",
      region: "A",
      lifecycle: notOwner(PROJECT, "test/Group/Team"),
    });
  });

  test("has its own provider and region first", () => {
    const result = synth((stack) => {
      const provider = new OpenstackProvider(stack, "Third", { alias: "third" });
      new ImageMember(stack, "Team", { image: owned(stack), projectId: PROJECT, provider, region: "B" });
    });
    expect(only(result, ACCESS)).toStrictEqual({
      image_id: ID,
      member_id: PROJECT,
      provider: "openstack.third",
      region: "B",
      lifecycle: notOwner(PROJECT, "test/Team"),
    });
  });

  test("has nothing of an image in another stack", () => {
    const results = synthApp((app) => {
      const image = owned(newStack(app, "one"));
      new ImageMember(newStack(app, "two"), "Team", { image, projectId: PROJECT });
    });
    const handed = "data.terraform_remote_state.cross-stack-reference-input-one.outputs";
    const [id, owner] = ["id", "owner"].map(
      (name) => `${handed}.cross-stack-output-openstack_images_image_v2Base${name}`,
    );
    expect(only(results.two, ACCESS)).toStrictEqual({
      image_id: `\${${id}}`,
      member_id: PROJECT,
      lifecycle: notOwner(PROJECT, "two/Team", owner),
    });
  });

  test("has the provider and region of the image behind another membership", () => {
    const result = synth((stack) => {
      const { image } = owned(stack).addMember("One", { projectId: PROJECT });
      new ImageMember(stack, "Two", { image, projectId: "f".repeat(32) });
    });
    const [[one]] = Object.entries(blocks(result, ACCESS)).filter(([name]) => name !== "Two");
    expect(only(result, ACCESS, "Two")).toStrictEqual({
      image_id: `\${${ACCESS}.${one}.image_id}`,
      member_id: "f".repeat(32),
      provider: "openstack.other",
      region: "A",
      lifecycle: notOwner("f".repeat(32), "test/Two"),
    });
  });
});

test("constructs are known by symbol", () => {
  synth((stack) => {
    const image = new Image(stack, "Base", { source, visibility: ImageVisibility.SHARED });
    const member = image.addMember("Team", { projectId: PROJECT });
    expect(
      [image, member, Image.fromLookup(stack, "Found", { imageName: "a" })].map(isOpenstackConstruct),
    ).toStrictEqual([true, true, true]);
    const others = [
      stack,
      new Construct(stack, "Other"),
      new TerraformVariable(stack, "v", {}),
      {},
      null,
      undefined,
      "a",
    ];
    expect(others.map(isOpenstackConstruct)).toStrictEqual(others.map(() => false));
    expect([image, member, {}, null, undefined, 1].map(Image.isImage)).toStrictEqual([
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
    expect([image, member, {}, null, undefined, 1].map(ImageMember.isImageMember)).toStrictEqual([
      false,
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});

test("constructs of a second copy of the library are known too", () => {
  const { json } = synth((stack) => {
    let copy: typeof import("cdktf-openstack-images") | undefined;
    jest.isolateModules(() => {
      copy = require("cdktf-openstack-images");
    });
    const Other = (copy as typeof import("cdktf-openstack-images")).Image;
    expect(Other).not.toBe(Image);
    const image = new Image(stack, "Base", { source });
    expect([
      Other.isImage(image),
      Image.isImage(new Other(stack, "Other", { source, dependsOn: [image] })),
    ]).toStrictEqual([true, true]);
  });
  expect(json.resource.openstack_images_image_v2.Other.depends_on).toStrictEqual(["openstack_images_image_v2.Base"]);
});
