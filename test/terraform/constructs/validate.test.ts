import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ComputeKeypairV2 } from "@cdktf/provider-openstack/lib/compute-keypair-v2";
import { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
import { TerraformOutput, type TerraformStack, TerraformVariable } from "cdktf";
import {
  Architecture,
  BootSource,
  ContainerFormat,
  Digest,
  DigestPin,
  DiskFormat,
  Flavor,
  Image,
  ImageChange,
  ImageMember,
  ImageMemberAcceptance,
  ImageMemberStatus,
  ImageOwner,
  ImageSource,
  ImageVisibility,
  NetworkInterface,
  OperatingSystem,
  OsPropertyChange,
  Server,
  UserData,
  Volume,
  VolumeAttachment,
} from "cdktf-openstack-images";
import { blocks, newStack, only, synth, synthApp } from "../../support/synth";
import {
  applyPlain,
  configDirectory,
  describeWithTerraform,
  temporaryDirectory,
  testWithMocks,
  testWithPlainTerraform,
} from "../../support/terraform";
import {
  fileWith,
  folder,
  GOLDEN,
  GOOD,
  golden,
  IMAGE_A,
  IMAGE_B,
  OTHER_PROJECT,
  outcome,
  PROJECT,
  pinned,
  ROCKY,
  SMALL,
  URL,
  WEB,
  without,
} from "./samples";

const UUID = "0c000000-0000-4000-8000-000000000003";
const TEXT = '#!/bin/sh\necho "${HOME}" $HOME $$ $${PATH} %{http_code} %% \\n \t é 漢\n';

const small = (stack: TerraformStack) => Flavor.fromLookup(stack, "Small", { flavorName: "m1.small" });
const secret = (stack: TerraformStack) => new TerraformVariable(stack, "Password", { type: "string", sensitive: true });
const staging = (stack: TerraformStack) => new OpenstackProvider(stack, "staging", { alias: "staging" });

type Build = (stack: TerraformStack) => void;

const BUILDS: Record<string, Build> = {
  "an image with every prop": (stack) => {
    const kernel = new Image(stack, "Kernel", {
      source: ImageSource.fromUrl("https://images.test/vmlinuz"),
      diskFormat: DiskFormat.AKI,
      containerFormat: ContainerFormat.AKI,
    });
    golden(stack, {
      source: ImageSource.fromUrl(URL, { digest: Digest.sha512(GOOD), username: "ops", password: secret(stack) }),
      imageName: "base ${x}",
      diskFormat: DiskFormat.QCOW2,
      visibility: ImageVisibility.COMMUNITY,
      minDiskGb: 4,
      minRamMb: 512,
      protected: true,
      hidden: true,
      tags: ["a", "%{b}"],
      operatingSystem: OperatingSystem.linux({ distro: "ubuntu", version: "24.04", adminUser: "ubuntu" }),
      architecture: Architecture.X86_64,
      kernelImage: kernel,
      ramdiskImage: Image.fromImageId(stack, "Ramdisk", IMAGE_A),
      properties: { hw_disk_bus: "virtio", os_note: "it's" },
      osPropertyChange: OsPropertyChange.REPLACE,
      region: "RegionTwo",
      dependsOn: [kernel],
    });
  },
  "images of every source": (stack) => {
    golden(stack, { source: pinned() });
    golden2(stack, "Web", ImageSource.fromWebDownload(URL, { storedDigest: Digest.sha512(GOOD) }));
    golden2(stack, "File", ImageSource.fromFile(fileWith("a disk")));
    golden2(stack, "Md5", ImageSource.fromUrl(URL, { digest: Digest.md5("0".repeat(32)), digestPin: DigestPin.CHECK }));
    new Image(stack, "Fixed", { source: ImageSource.fromUrl(URL), imageId: IMAGE_A });
  },
  "members and acceptances": (stack) => {
    const consumer = staging(stack);
    const image = golden(stack, { visibility: ImageVisibility.SHARED });
    const { acceptance } = image.addMember("Staging", { projectId: PROJECT, acceptance: { provider: consumer } });
    new ImageMember(stack, "Other", { image, projectId: OTHER_PROJECT });
    new ImageMemberAcceptance(stack, "Taken", {
      image: { imageId: IMAGE_B },
      projectId: PROJECT,
      provider: consumer,
    });
    const accepted = acceptance?.image ?? image;
    new Server(stack, "Web", { boot: BootSource.fromImage(accepted), flavor: small(stack), provider: consumer });
  },
  "lookups of every kind": (stack) => {
    const lookups = [
      Image.fromLookup(stack, "Rocky", { imageName: "Rocky 9", visibility: ImageVisibility.PUBLIC, mostRecent: true }),
      Image.fromLookup(stack, "Own", { nameRegex: "^base-\\d+$", owner: ImageOwner.CURRENT_PROJECT, hidden: true }),
      Image.fromLookup(stack, "Shared", {
        imageName: "base",
        visibility: ImageVisibility.SHARED,
        memberStatus: ImageMemberStatus.ACCEPTED,
        owner: ImageOwner.fromProjectId(PROJECT),
        tags: ["a"],
        properties: { os_distro: "${x}" },
      }),
    ];
    for (const [i, image] of lookups.entries()) new Volume(stack, `Volume${i}`, { sizeGb: 10, image });
  },
  "a server with every prop": (stack) => {
    const image = golden(stack, { minRamMb: 512 });
    const key = new ComputeKeypairV2(stack, "Key", { name: "ops" });
    const server = new Server(stack, "Web", {
      boot: BootSource.fromImage(image),
      flavor: small(stack),
      serverName: "web-1",
      onImageChange: ImageChange.REPLACE,
      networkInterfaces: [
        NetworkInterface.onNetwork(UUID, { fixedIpV4: "192.0.2.7" }),
        NetworkInterface.onNetworkNamed("net-demo"),
      ],
      userData: UserData.fromText(TEXT),
      keyPairName: key.name,
      securityGroupNames: ["web"],
      adminPassword: secret(stack),
      configDrive: true,
      metadata: { role: "web", "a b": "${x}" },
      availabilityZone: "az1",
      region: "RegionTwo",
      dependsOn: [key],
    });
    new TerraformOutput(stack, "Id", { value: server.serverId });
    new ComputeKeypairV2(stack, "After", { name: "after", dependsOn: [server] });
  },
  "launches of every kind": (stack) => {
    const image = golden(stack, { minDiskGb: 4 });
    const flavor = small(stack);
    const data = new Volume(stack, "Data", {
      sizeGb: 10,
      image,
      volumeName: "data",
      volumeType: "ssd",
      availabilityZone: "az1",
      onImageChange: ImageChange.REPLACE,
    });
    const disk = BootSource.fromNewVolume(image, { sizeGb: 10, deleteOnTermination: true, volumeType: "ssd" });
    new Server(stack, "Kept", { boot: BootSource.fromImage(image), flavor });
    new Server(stack, "Rebuilt", { boot: BootSource.fromImage(image), flavor, onImageChange: ImageChange.REBUILD });
    const networkInterfaces = [NetworkInterface.onNetwork(UUID)];
    new Server(stack, "Disk", { boot: disk, flavor: Flavor.fromFlavorName("m1.small"), networkInterfaces });
    new Server(stack, "Moved", { boot: disk, flavor, networkInterfaces, onImageChange: ImageChange.REPLACE });
    const web = new Server(stack, "Web", { boot: BootSource.fromVolume(data), flavor: Flavor.fromFlavorId("42") });
    web.attachVolume("Blank", new Volume(stack, "Blank", { sizeGb: 1 }));
    new VolumeAttachment(stack, "Alone", { server: web, volume: new Volume(stack, "More", { sizeGb: 1 }) });
    web.attachVolume("Other", Volume.fromVolumeId(stack, "Other", UUID), { provider: staging(stack) });
  },
};

function golden2(stack: TerraformStack, id: string, source: ImageSource): Image {
  return new Image(stack, id, { source });
}

describeWithTerraform("terraform validate accepts", (kit) => {
  test.each(Object.entries(BUILDS))("%s", (_, build) => {
    expect(kit.validate(folder(build))).toStrictEqual([]);
  });

  test("an image and what boots from it in two stacks", () => {
    const { images, servers } = synthApp((app) => {
      const image = golden(newStack(app, "images"), { source: pinned(), minDiskGb: 4, minRamMb: 512 });
      const stack = newStack(app, "servers");
      const flavor = small(stack);
      const disk = BootSource.fromNewVolume(image, { sizeGb: 10, deleteOnTermination: true });
      new Server(stack, "Web", { boot: BootSource.fromImage(image), flavor, onImageChange: ImageChange.REPLACE });
      new Server(stack, "Disk", { boot: disk, flavor });
      new Volume(stack, "Data", { sizeGb: 10, image });
      new ImageMember(stack, "Own", { image: { imageId: IMAGE_A }, projectId: PROJECT });
    });
    expect([images, servers].map(({ stackFolder }) => kit.validate(stackFolder))).toStrictEqual([[], []]);
  });
});

describeWithTerraform("terraform validate", (kit) => {
  test("fails when a trigger is a template, which is why the library gives its address", () => {
    const directory = folder((stack) => {
      const { resource } = golden(stack);
      resource.addOverride("lifecycle.replace_triggered_by", ["${terraform_data.X}"]);
    });
    expect(() => kit.validate(directory)).toThrow(/Invalid character[\s\S]*replace_triggered_by/);
  });
});

const GENERATED = { [SMALL]: { disk: 10, ram: 1024 } };

testWithMocks("launches of every kind are planned and applied with generated values", (kit) => {
  const result = synth(BUILDS["launches of every kind"]);
  const trigger = Object.keys(blocks(result, "terraform_data")).find((name) => name.startsWith("Kept_ImageTrigger"));
  const results = kit.mockTest(result.stackFolder, [
    { name: "plan", command: "plan", data: GENERATED },
    {
      name: "apply",
      data: GENERATED,
      assertions: {
        [`openstack_compute_instance_v2.Kept.image_id == ${GOLDEN}.id`]: "another image",
        [`${WEB}.block_device[0].uuid == openstack_blockstorage_volume_v3.Data.id`]: "another volume",
        [`terraform_data.${trigger}.triggers_replace == ${GOLDEN}.id`]: "another trigger",
      },
    },
    { name: "apply again", data: GENERATED, continues: true },
  ]);
  expect(results.map(outcome)).toStrictEqual([
    ["plan", "pass"],
    ["apply", "pass"],
    ["apply again", "pass"],
  ]);
});

testWithMocks("an accepted image reaches the server with generated values", (kit) => {
  const results = kit.mockTest(folder(BUILDS["members and acceptances"]), [
    { name: "plan", command: "plan", data: GENERATED },
    { name: "apply", data: GENERATED, assertions: { [`${WEB}.image_id == ${GOLDEN}.id`]: "another image" } },
  ]);
  expect(results.map(outcome)).toStrictEqual([
    ["plan", "pass"],
    ["apply", "pass"],
  ]);
});

testWithMocks("images of every source are applied with generated values", (kit) => {
  const [result] = kit.mockTest(folder(BUILDS["images of every source"]), [{ name: "apply" }]);
  expect(outcome(result)).toStrictEqual(["apply", "pass"]);
});

testWithMocks("a file with an absolute path and a digest need only be there at plan", (kit) => {
  const path = join(temporaryDirectory("file"), "later.raw");
  const directory = folder((stack) => {
    golden(stack, { source: ImageSource.fromFile(path, { digest: Digest.sha512(GOOD) }) });
  });
  const planned = () => outcome(kit.mockTest(directory, [{ name: "apply" }])[0]);
  expect(planned()).toStrictEqual([
    "apply",
    "error",
    expect.stringContaining("SourceFileMissing: test/Golden uploads"),
  ]);
  writeFileSync(path, "a disk");
  expect(planned()).toStrictEqual(["apply", "pass"]);
});

testWithMocks("lookups of every kind are applied with generated values", (kit) => {
  const own = "data.openstack_images_image_v2.Own";
  const directory = without(synth(BUILDS["lookups of every kind"]), own, "name_regex");
  const [result] = kit.mockTest(directory, [
    {
      name: "apply",
      data: {
        [ROCKY]: { min_disk_gb: 10, size_bytes: 1 },
        [own]: { name: "base-1" },
      },
    },
  ]);
  expect(outcome(result)).toStrictEqual(["apply", "pass"]);
});

testWithPlainTerraform("user data and metadata come out of Terraform byte for byte", () => {
  const result = synth((stack) => {
    new Server(stack, "Web", {
      boot: BootSource.fromImage({ imageId: IMAGE_A }),
      flavor: Flavor.fromFlavorId("42"),
      userData: UserData.fromText(TEXT),
      metadata: { [TEXT]: TEXT },
    });
  });
  const { user_data, metadata } = only(result, "openstack_compute_instance_v2");
  const output = { userData: { value: user_data }, metadata: { value: metadata } };
  expect(applyPlain(configDirectory({ output }))).toStrictEqual({ userData: TEXT, metadata: { [TEXT]: TEXT } });
});

describe("text around values of Terraform comes out byte for byte", () => {
  const written = (text: (name: string) => string) => {
    const result = synth((stack) => {
      const { stringValue: name } = new TerraformVariable(stack, "Name", { type: "string", default: "web" });
      const boot = BootSource.fromImage({ imageId: IMAGE_A });
      new Server(stack, "Web", { boot, flavor: Flavor.fromFlavorId("42"), userData: UserData.fromText(text(name)) });
    });
    const { user_data: value } = only(result, "openstack_compute_instance_v2");
    return applyPlain(configDirectory({ variable: result.json.variable, output: { text: { value } } })).text;
  };

  testWithPlainTerraform("with templates, signs and quotes", () => {
    const text = (name: string) => `\${HOME} $${name} %${name} "${name}"$\${x}\n`;
    expect(written(text)).toBe('${HOME} $web %web "web"$${x}\n');
  });

  testWithPlainTerraform("with several signs right before a value", () => {
    expect(written((name) => `$$${name} $$$${name}`)).toBe("$$web $$$web");
  });
});
