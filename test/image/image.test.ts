import { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
import { TerraformVariable } from "cdktf";
import {
  Architecture,
  ContainerFormat,
  type DigestPin,
  DiskFormat,
  Image,
  type ImageProps,
  ImageSource,
  ImageVisibility,
  OperatingSystem,
  type OsPropertyChange,
} from "cdktf-openstack-images";
import { Construct } from "constructs";
import { rendered } from "../core/rendered";
import { failure, only, synth } from "../support/synth";
import { BASE, BYTES, inAppFolder, OTHER_UUID, PROJECT, URL_QCOW2, UUID } from "./given";

const TYPE = "openstack_images_image_v2";
const source = ImageSource.fromUrl(URL_QCOW2);

function imageWith(props: Partial<ImageProps>) {
  return synth((stack) => new Image(stack, "Base", { source, ...props }));
}

function failureWith(props: Partial<ImageProps>): string {
  return failure((stack) => new Image(new Construct(stack, "Group"), "Base", { source, ...props }));
}

test("an image from a URL has defaults that protect, and nothing else", () => {
  const result = imageWith({});
  expect(only(result, TYPE)).toStrictEqual(BASE);
  expect(result.json).toStrictEqual({
    provider: { openstack: [{}] },
    resource: { [TYPE]: { Base: BASE } },
    terraform: {
      backend: { local: { path: "terraform.tfstate" } },
      required_providers: { openstack: { source: "terraform-provider-openstack/openstack", version: "3.4.0" } },
    },
  });
  expect(result.warnings).toStrictEqual([]);
});

test("a prop that is undefined is one that is not given", () => {
  const nothing: Record<keyof Omit<ImageProps, "source">, undefined> = {
    imageName: undefined,
    diskFormat: undefined,
    containerFormat: undefined,
    visibility: undefined,
    minDiskGb: undefined,
    minRamMb: undefined,
    protected: undefined,
    hidden: undefined,
    tags: undefined,
    description: undefined,
    operatingSystem: undefined,
    architecture: undefined,
    kernelImage: undefined,
    ramdiskImage: undefined,
    properties: undefined,
    osPropertyChange: undefined,
    imageId: undefined,
    createTimeoutMinutes: undefined,
    provider: undefined,
    region: undefined,
    dependsOn: undefined,
  };
  expect(imageWith(nothing).text).toBe(imageWith({}).text);
});

test("an image that Glance downloads itself", () => {
  expect(only(imageWith({ source: ImageSource.fromWebDownload(URL_QCOW2) }), TYPE)).toStrictEqual({
    ...BASE,
    web_download: true,
  });
});

test("an image from a file is bound to the file's digest", () => {
  const result = inAppFolder({ "disk.raw": BYTES }, () => imageWith({ source: ImageSource.fromFile("disk.raw") }));
  const { local_file_path, lifecycle, ...others } = only(result, TYPE);
  expect(others).toStrictEqual({
    name: "Base",
    container_format: "bare",
    disk_format: "raw",
    visibility: "private",
    image_cache_path: ".terraform/image_cache",
    min_disk_gb: 1,
  });
  expect(local_file_path).toMatch(/^\$\{path\.module\}\/\.\.\/.*disk\.raw$/);
  expect(Object.keys(lifecycle).sort()).toStrictEqual([
    "create_before_destroy",
    "postcondition",
    "replace_triggered_by",
  ]);
});

test("every prop of a URL image comes out", () => {
  const result = synth((stack) => {
    const password = new TerraformVariable(stack, "Password", { type: "string", sensitive: true });
    const provider = new OpenstackProvider(stack, "Other", { alias: "other" });
    const first = Image.fromImageId(stack, "First", OTHER_UUID);
    const other = new Image(stack, "Other image", { source });
    new Image(stack, "Base", {
      source: ImageSource.fromUrl(URL_QCOW2, { username: "reader", password, decompress: true, verifyChecksum: false }),
      imageName: "ubuntu 24.04",
      diskFormat: DiskFormat.RAW,
      containerFormat: ContainerFormat.OVA,
      visibility: ImageVisibility.COMMUNITY,
      minDiskGb: 4,
      minRamMb: 512,
      protected: true,
      hidden: true,
      tags: ["lts", "base"],
      operatingSystem: OperatingSystem.linux({ distro: "ubuntu", version: "24.04", adminUser: "ubuntu" }),
      description: "Ubuntu ${LTS}",
      architecture: Architecture.AARCH64,
      kernelImage: first,
      ramdiskImage: other,
      properties: { hw_disk_bus: "scsi" },
      imageId: UUID,
      createTimeoutMinutes: 90,
      provider,
      region: "RegionTwo",
      dependsOn: [other],
    });
  });
  expect(only(result, TYPE, "Base")).toStrictEqual({
    name: "ubuntu 24.04",
    container_format: "ova",
    disk_format: "raw",
    visibility: "community",
    min_disk_gb: 4,
    min_ram_mb: 512,
    protected: true,
    hidden: true,
    tags: ["lts", "base"],
    image_cache_path: ".terraform/image_cache",
    image_id: UUID,
    image_source_url: URL_QCOW2,
    image_source_username: "reader",
    image_source_password: "${var.Password}",
    decompress: true,
    verify_checksum: false,
    properties: {
      architecture: "aarch64",
      description: "Ubuntu $${LTS}",
      hw_disk_bus: "scsi",
      kernel_id: OTHER_UUID,
      os_admin_user: "ubuntu",
      os_distro: "ubuntu",
      os_type: "linux",
      os_version: "24.04",
      ramdisk_id: "${openstack_images_image_v2.Otherimage.id}",
    },
    provider: "openstack.other",
    region: "RegionTwo",
    depends_on: ["openstack_images_image_v2.Otherimage"],
    timeouts: { create: "90m" },
    lifecycle: { create_before_destroy: true, prevent_destroy: true },
  });
});

test("a protected image also refuses its destruction in the plan", () => {
  expect(only(imageWith({ protected: true }), TYPE)).toStrictEqual({
    ...BASE,
    protected: true,
    lifecycle: { create_before_destroy: true, prevent_destroy: true },
  });
});

test("an image that is said not to be protected has no prevent_destroy", () => {
  expect(only(imageWith({ protected: false }), TYPE)).toStrictEqual({ ...BASE, protected: false });
});

test("protection that is only known at apply warns that no plan can refuse", () => {
  const result = synth((stack) => {
    const flag = new TerraformVariable(stack, "Flag", { type: "bool" });
    new Image(stack, "Base", { source, protected: flag.booleanValue });
  });
  expect(only(result, TYPE)).toStrictEqual({ ...BASE, protected: "${var.Flag}" });
  expect(result.warnings).toStrictEqual([
    {
      path: "test/Base",
      message:
        "ProtectedUnknown: 'protected' is only known at apply, so that a plan cannot refuse to destroy the image",
    },
  ]);
});

test("an image with a fixed id is made before the old one is destroyed too, so that what cannot be made loses nothing", () => {
  expect(only(imageWith({ imageId: UUID }), TYPE)).toStrictEqual({ ...BASE, image_id: UUID });
});

test("zero is a size", () => {
  expect(only(imageWith({ minDiskGb: 0, minRamMb: 0 }), TYPE)).toStrictEqual({
    ...BASE,
    min_disk_gb: 0,
    min_ram_mb: 0,
  });
});

test("no tags are no tags, and the list is copied", () => {
  expect(only(imageWith({ tags: [] }), TYPE)).toStrictEqual({ ...BASE, tags: [] });
  const tags = ["one"];
  const copied = synth((stack) => {
    new Image(stack, "Base", { source, tags });
    tags.push("two");
  });
  expect(only(copied, TYPE)).toStrictEqual({ ...BASE, tags: ["one"] });
});

test.each(Object.values(ImageVisibility))("visibility %s", (visibility) => {
  expect(only(imageWith({ visibility }), TYPE)).toStrictEqual({ ...BASE, visibility });
});

test("an image tells what it knows", () => {
  synth((stack) => {
    const image = new Image(stack, "Base", { source, minDiskGb: 4, minRamMb: 512, visibility: ImageVisibility.SHARED });
    expect(image.imageName).toBe("Base");
    expect(image.visibility).toBe(ImageVisibility.SHARED);
    expect([image.minDiskGb, image.minRamMb]).toStrictEqual([4, 512]);
    expect(rendered(stack, image.imageId)).toBe("${openstack_images_image_v2.Base.id}");
    expect(rendered(stack, image.imageSizeBytes)).toBe("${openstack_images_image_v2.Base.size_bytes}");
    expect(image.resource.node.path).toBe("test/Base/Default");
  });
});

test("the size of a file at hand is known at synth", () => {
  inAppFolder({ "disk.raw": "12345" }, () =>
    synth((stack) => {
      const image = new Image(stack, "Base", { source: ImageSource.fromFile("disk.raw") });
      expect(image.imageSizeBytes).toBe(5);
    }),
  );
});

test("what the props do not cover is reachable by an override", () => {
  const result = synth((stack) =>
    new Image(stack, "Base", { source }).resource.addOverride("image_cache_path", "/cache"),
  );
  expect(only(result, TYPE)).toStrictEqual({ ...BASE, image_cache_path: "/cache" });
});

test("a logical id of one's own is followed by messages, checks and references", () => {
  const result = synth((stack) => {
    const image = new Image(stack, "Base", {
      source,
      visibility: ImageVisibility.SHARED,
      operatingSystem: OperatingSystem.windows({ version: "2022" }),
      properties: {},
    });
    image.resource.overrideLogicalId("renamed");
    image.addMember("Team", { projectId: PROJECT });
  });
  expect(only(result, TYPE, "renamed").name).toBe("Base");
  expect(result.text).not.toContain("openstack_images_image_v2.Base");
  expect(Object.keys(result.json.check)).toStrictEqual(["renamed"]);
  expect(only(result, "openstack_images_image_access_v2").image_id).toBe("${openstack_images_image_v2.renamed.id}");
});

test.each([
  [
    "an empty name",
    { imageName: "" },
    "NameEmpty",
    `'imageName' must have a character that is no space, got ""; give it one, or leave it out`,
  ],
  [
    "a blank name",
    { imageName: " " },
    "NameEmpty",
    `'imageName' must have a character that is no space, got " "; give it one, or leave it out`,
  ],
  [
    "a negative size",
    { minDiskGb: -1 },
    "AmountNotWhole",
    "'minDiskGb' must be a whole number, 0 or more, got -1; write it as a number, rounded up",
  ],
  [
    "a fractional size",
    { minDiskGb: 1.5 },
    "AmountNotWhole",
    "'minDiskGb' must be a whole number, 0 or more, got 1.5; write it as a number, rounded up",
  ],
  [
    "negative memory",
    { minRamMb: -5 },
    "AmountNotWhole",
    "'minRamMb' must be a whole number, 0 or more, got -5; write it as a number, rounded up",
  ],
  [
    "no number as memory",
    { minRamMb: NaN },
    "AmountNotWhole",
    "'minRamMb' must be a whole number, 0 or more, got NaN; write it as a number, rounded up",
  ],
  [
    "a name in place of the id",
    { imageId: "ubuntu" },
    "NotAUuid",
    `'imageId' must be a UUID, got "ubuntu"; if this is a name, look it up`,
  ],
])("fails when it has %s", (_, props, code, expected) => {
  expect(failureWith(props)).toBe(`${expected} [${code} at test/Group/Base]`);
});

test.each<[string, (value: string) => Partial<ImageProps>, string]>([
  ["osPropertyChange", (value) => ({ osPropertyChange: value as OsPropertyChange }), "KEEP, REPLACE"],
  [
    "digestPin",
    (value) => ({ source: ImageSource.fromUrl(URL_QCOW2, { digestPin: value as DigestPin }) }),
    "REPLACE, CHECK",
  ],
])("fails when '%s' is no choice, or only known to Terraform", (what, props, choices) => {
  const text = (got: string) =>
    `'${what}' must be known at synth and one of ${choices}, got ${got}; use one of these [ChoiceUnknown at test/Group/Base]`;
  expect(failureWith(props("replace"))).toBe(text('"replace"'));
  const message = failure((stack) => {
    const { stringValue } = new TerraformVariable(stack, "Choice", { type: "string" });
    new Image(new Construct(stack, "Group"), "Base", { source, ...props(stringValue) });
  });
  expect(message).toBe(text("a value that only Terraform knows"));
});

test("fails when the construct's id is blank and no name is given", () => {
  expect(failure((stack) => new Image(stack, " ", { source }))).toContain("NameEmpty");
});

test("a wrong amount names the way out", () => {
  // STYLE 7: 'minDiskGb' must be 0 or more, got -1; leave it out for no minimum
  expect(failureWith({ minDiskGb: -1 })).toMatch(/; .+ \[AmountNotWhole/);
});
