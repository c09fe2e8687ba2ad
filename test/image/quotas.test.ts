import { TerraformVariable, Token } from "cdktf";
import { Architecture, Image, ImageMember, type ImageProps, OperatingSystem } from "cdktf-openstack-images";
import { blocks, failure, newStack, only, synth, synthApp } from "../support/synth";
import { BASE, shared, source } from "./given";

const TYPE = "openstack_images_image_v2";

function imageWith(props: Partial<ImageProps>) {
  return synth((stack) => new Image(stack, "Base", { source, ...props }));
}

function texts(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `n${i}`);
}

function mapOf(count: number): { [key: string]: string } {
  return Object.fromEntries(texts(count).map((key) => [key, "x"]));
}

describe("tags", () => {
  test("may be 128, which clouds take", () => {
    const tags = texts(128);
    const result = imageWith({ tags });
    expect(only(result, TYPE)).toStrictEqual({ ...BASE, tags });
    expect(result.warnings).toStrictEqual([]);
  });

  test("that are more come out with a warning", () => {
    const tags = texts(129);
    const result = imageWith({ tags });
    expect(only(result, TYPE)).toStrictEqual({ ...BASE, tags });
    expect(result.warnings).toStrictEqual([
      { path: "test/Base", message: "ManyTags: it has 129 tags, but clouds take 128 unless set otherwise" },
    ]);
  });

  test.each(["a", "a b", " a", "ü", "${a}", "t".repeat(255)])("may be %j", (tag) => {
    expect(only(imageWith({ tags: [tag] }), TYPE).tags).toStrictEqual([tag.replace("${", () => "$${")]);
  });

  test.each(["", " ", "\t"])("fails when one is %j", (tag) => {
    expect(failure((stack) => new Image(stack, "Base", { source, tags: ["a", tag] }))).toBe(
      `a tag must have 1 to 255 characters, got ${JSON.stringify(tag)}; shorten or drop it [TagMalformed at test/Base]`,
    );
  });

  test("fails when one has 256 characters", () => {
    const tag = "t".repeat(256);
    expect(failure((stack) => new Image(stack, "Base", { source, tags: [tag] }))).toBe(
      `a tag must have 1 to 255 characters, got "${"t".repeat(199)}...; shorten or drop it [TagMalformed at test/Base]`,
    );
  });

  test("that are undefined are not given", () => {
    expect(only(imageWith({ tags: undefined }), TYPE)).toStrictEqual(BASE);
  });

  test("may be known to Terraform alone, each or all", () => {
    const result = synth((stack) => {
      const { stringValue, listValue } = new TerraformVariable(stack, "v", {});
      new Image(stack, "Base", { source, tags: ["a", stringValue, `b-${stringValue}`] });
      new Image(stack, "All", { source, tags: listValue });
    });
    expect(only(result, TYPE, "Base").tags).toStrictEqual(["a", "${var.v}", "b-${var.v}"]);
    expect(only(result, TYPE, "All").tags).toBe("${var.v}");
    expect(result.warnings).toStrictEqual([]);
  });
});

describe("properties", () => {
  const typed = {
    architecture: Architecture.X86_64,
    description: "base",
    operatingSystem: OperatingSystem.linux({ distro: "ubuntu", version: "24.04" }),
  };

  test("may be 128, those of the typed props too", () => {
    const result = imageWith({ ...typed, properties: mapOf(123) });
    expect(Object.keys(only(result, TYPE).properties)).toHaveLength(128);
    expect(result.warnings).toStrictEqual([]);
  });

  test("that are more come out with a warning", () => {
    const result = imageWith({ ...typed, properties: mapOf(124) });
    expect(Object.keys(only(result, TYPE).properties)).toHaveLength(129);
    expect(result.warnings).toStrictEqual([
      { path: "test/Base", message: "ManyProperties: it has 129 properties, but clouds take 128 unless set otherwise" },
    ]);
  });

  test("that come twice count once, and those that are undefined not at all", () => {
    const properties = { ...mapOf(123), description: "other", missing: undefined as unknown as string };
    expect(imageWith({ ...typed, properties }).warnings).toStrictEqual([]);
  });

  test("that only Terraform knows are not counted", () => {
    const result = synth((stack) => {
      const properties = Token.asStringMap(new TerraformVariable(stack, "v", {}).value);
      new Image(stack, "Base", { source, ...typed, properties });
    });
    expect(result.warnings).toStrictEqual([]);
  });
});

describe("members", () => {
  const projects = (count: number) => Array.from({ length: count }, (_, i) => i.toString(16).padStart(32, "0"));
  const warning = (path: string) => ({
    path,
    message: "ManyMembers: it is member 129, but clouds take 128 unless set otherwise",
  });

  test("may be 128, of each image", () => {
    const result = synth((stack) => {
      for (const image of [shared(stack, "One"), shared(stack, "Two")]) {
        projects(128).forEach((projectId, i) => {
          image.addMember(`Member${i}`, { projectId });
        });
      }
    });
    expect(Object.keys(blocks(result, "openstack_images_image_access_v2"))).toHaveLength(256);
    expect(result.warnings).toStrictEqual([]);
  });

  test("that are more come out with one warning, at the first of them", () => {
    const result = synth((stack) => {
      const image = shared(stack);
      projects(131).forEach((projectId, i) => {
        image.addMember(`Member${i}`, { projectId });
      });
    });
    expect(Object.keys(blocks(result, "openstack_images_image_access_v2"))).toHaveLength(131);
    expect(result.warnings).toStrictEqual([warning("test/Base/Member128")]);
  });

  test("count wherever they stand, and by whatever way they get the image", () => {
    const { one, two } = synthApp((app) => {
      const image = shared(newStack(app, "one"));
      const [first, ...others] = projects(128);
      const member = image.addMember("First", { projectId: first as string });
      others.forEach((projectId, i) => {
        new ImageMember(image, `Member${i}`, { image: member.image, projectId });
      });
      new ImageMember(newStack(app, "two"), "Last", { image, projectId: "f".repeat(32) });
    });
    expect([one?.warnings, two?.warnings]).toStrictEqual([[], [warning("two/Last")]]);
  });

  test("of an image that the app does not declare are not counted", () => {
    const { warnings } = synth((stack) => {
      const image = Image.fromImageId(stack, "Rocky", "6b1f4f7c-2d3a-4c5b-8e9f-0a1b2c3d4e5f");
      projects(129).forEach((projectId, i) => {
        new ImageMember(stack, `Member${i}`, { image, projectId });
      });
    });
    expect(warnings).toStrictEqual([]);
  });
});
