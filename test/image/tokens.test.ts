import { ImagesImageV2 } from "@cdktf/provider-openstack/lib/images-image-v2";
import {
  type Architecture,
  ContainerFormat,
  Digest,
  DiskFormat,
  Image,
  ImageMember,
  ImageMemberAcceptance,
  type ImageMemberAcceptanceProps,
  type ImageMemberProps,
  type ImageProps,
  ImageSource,
  type ImageVisibility,
  OperatingSystem,
} from "cdktf-openstack-images";
import { propsOf } from "../core/props-of";
import { only, synth } from "../support/synth";
import { BYTES, inAppFolder, PROJECT, SHA512, URL_QCOW2, UUID } from "./given";
import { CONSTRUCT, GARBLED, STEERS, type Table, Unknown, walk } from "./unknown-props";

describe("ImageProps", () => {
  const table: Table<ImageProps> = {
    source: "ImageSource is walked below",
    imageName: { props: (u) => ({ imageName: u.text }), lands: "name" },
    diskFormat: { props: (u) => ({ diskFormat: DiskFormat.custom(u.text) }), lands: "disk_format" },
    containerFormat: { props: (u) => ({ containerFormat: ContainerFormat.custom(u.text) }), lands: "container_format" },
    visibility: { props: (u) => ({ visibility: u.text as ImageVisibility }), lands: "visibility" },
    minDiskGb: { props: (u) => ({ minDiskGb: u.number }), lands: "min_disk_gb" },
    minRamMb: { props: (u) => ({ minRamMb: u.number }), lands: "min_ram_mb" },
    protected: { props: (u) => ({ protected: u.flag }), lands: "protected" },
    hidden: { props: (u) => ({ hidden: u.flag }), lands: "hidden" },
    tags: { props: (u) => ({ tags: u.list }), lands: "tags" },
    description: { props: (u) => ({ description: u.text }), lands: "properties/description" },
    operatingSystem: {
      props: (u) => ({
        operatingSystem: OperatingSystem.linux({ distro: u.text, version: u.text, adminUser: u.text }),
      }),
      lands: "properties",
      as: { os_admin_user: "${var.v}", os_distro: "${var.v}", os_type: "linux", os_version: "${var.v}" } as never,
    },
    architecture: {
      props: (u) => ({ architecture: u.text as Architecture }),
      lands: "properties/architecture",
    },
    kernelImage: { props: (u) => ({ kernelImage: { imageId: u.text } }), lands: "properties/kernel_id" },
    ramdiskImage: { props: (u) => ({ ramdiskImage: { imageId: u.text } }), lands: "properties/ramdisk_id" },
    properties: { props: (u) => ({ properties: u.map }), lands: "properties" },
    osPropertyChange: STEERS,
    imageId: { props: (u) => ({ imageId: u.text }), lands: "image_id" },
    createTimeoutMinutes: {
      props: (u) => ({ createTimeoutMinutes: u.number }),
      lands: "timeouts/create",
      as: "${var.v}m",
    },
    provider: CONSTRUCT,
    region: { props: (u) => ({ region: u.text }), lands: "region" },
    dependsOn: CONSTRUCT,
  };
  walk(table, propsOf("ImageProps"), "openstack_images_image_v2", (stack, props) => {
    new Image(stack, "Base", { source: ImageSource.fromUrl(URL_QCOW2), ...props });
  });

  test.each<[string, (u: Unknown) => string, string]>([
    ["a value of the map of properties", (u) => u.text, "${var.v}"],
    ["text in the map of properties", (u) => `a-${u.text}`, "a-${var.v}"],
    ["a number in text in the map of properties", (u) => `${u.number} GiB`, "${var.v} GiB"],
  ])("%s may be unknown, and is checked", (_, value, expected) => {
    const result = synth((stack) => {
      const properties = { os_note: value(new Unknown(stack)) };
      new Image(stack, "Base", { source: ImageSource.fromUrl(URL_QCOW2), properties });
    });
    expect(only(result, "openstack_images_image_v2").properties).toStrictEqual({ os_note: expected });
    expect(result.json.check.Base.assert[0].condition).toContain("var.v");
    expect(result.text).not.toMatch(GARBLED);
  });
});

test("what a raw resource computes may stand wherever a variable may", () => {
  const result = synth((stack) => {
    const raw = new ImagesImageV2(stack, "Raw", { name: "raw", containerFormat: "bare", diskFormat: "raw" });
    const image = new Image(stack, "Base", {
      source: ImageSource.fromUrl(raw.file, { digest: Digest.sha512(raw.checksum) }),
      diskFormat: DiskFormat.custom(raw.diskFormat),
      containerFormat: ContainerFormat.custom(raw.containerFormat),
      imageName: `${raw.name}-2`,
      visibility: raw.visibility as ImageVisibility,
      minDiskGb: raw.minDiskGb,
      minRamMb: raw.minRamMb,
      description: raw.createdAt,
      architecture: raw.status as Architecture,
      kernelImage: { imageId: raw.id },
      tags: raw.tags,
      region: raw.region,
    });
    new ImageMember(stack, "Team", { image, projectId: raw.owner });
  });
  const at = (attribute: string) => `\${openstack_images_image_v2.Raw.${attribute}}`;
  const { lifecycle: _, ...block } = only(result, "openstack_images_image_v2", "Base");
  expect(block).toStrictEqual({
    name: `${at("name")}-2`,
    disk_format: at("disk_format"),
    container_format: at("container_format"),
    visibility: at("visibility"),
    image_cache_path: ".terraform/image_cache",
    image_source_url: `${at("file")}#sha512=${at("checksum")}`,
    min_disk_gb: at("min_disk_gb"),
    min_ram_mb: at("min_ram_mb"),
    tags: "${tolist(openstack_images_image_v2.Raw.tags)}",
    properties: { architecture: at("status"), description: at("created_at"), kernel_id: at("id") },
    region: at("region"),
  });
  expect(only(result, "openstack_images_image_access_v2")).toMatchObject({
    member_id: at("owner"),
    region: at("region"),
  });
  expect(result.text).not.toMatch(GARBLED);
  expect(result.warnings).toStrictEqual([]);
});

const LOCKS = "read by openstack-images lock, and known at synth";
const STORED =
  'try(contains(["sha512"], try(self.properties["os_hash_algo"], "")) ? self.properties["os_hash_value"] : "", "")';
const COMPARED = `\${self.status != "active" || contains([lower(var.v)], ${STORED}) || (${STORED} == "" && !contains(["sha512", ""], try(self.properties["os_hash_algo"], "")))}`;

describe("UrlSourceOptions", () => {
  const props = ["location", ...propsOf("UrlSourceOptions")];
  const table: Table<{ source: ImageSource }> = {
    location: {
      props: (u) => ({ source: ImageSource.fromUrl(u.text) }),
      lands: "image_source_url",
    },
    digest: {
      props: (u) => ({ source: ImageSource.fromUrl(URL_QCOW2, { digest: Digest.sha512(u.text) }) }),
      lands: "image_source_url",
      as: `${URL_QCOW2}#sha512=\${var.v}`,
    },
    storedDigest: {
      props: (u) => ({ source: ImageSource.fromWebDownload(u.text, { storedDigest: Digest.sha512(u.text) }) }),
      lands: "lifecycle/postcondition/0/condition",
      as: COMPARED,
    },
    digestPin: STEERS,
    username: {
      props: (u) => ({ source: ImageSource.fromUrl(u.text, { username: u.text, password: u.secret }) }),
      lands: "image_source_username",
    },
    password: {
      props: (u) => ({ source: ImageSource.fromUrl(u.text, { username: "me", password: u.secret }) }),
      lands: "image_source_password",
      as: "${var.secret}",
    },
    decompress: STEERS,
    moving: STEERS,
    checksumsUrl: LOCKS,
    checksumsKeyring: LOCKS,
    allowMoving: STEERS,
    verifyChecksum: {
      props: (u) => ({ source: ImageSource.fromUrl(URL_QCOW2, { verifyChecksum: u.flag }) }),
      lands: "verify_checksum",
    },
  };
  walk(table, props, "openstack_images_image_v2", (stack, { source }) => {
    new Image(stack, "Base", { source: source as ImageSource, diskFormat: DiskFormat.QCOW2 });
  });

  test("an unknown URL keeps a known digest in its fragment", () => {
    const result = synth((stack) => {
      const source = ImageSource.fromUrl(new Unknown(stack).text, { digest: Digest.sha512(SHA512) });
      new Image(stack, "Base", { source, diskFormat: DiskFormat.RAW });
    });
    expect(only(result, "openstack_images_image_v2").image_source_url).toBe(`\${var.v}#sha512=${SHA512}`);
  });

  test("a known URL may hold an unknown part", () => {
    const result = synth((stack) => {
      const source = ImageSource.fromUrl(`https://${new Unknown(stack).text}/base.qcow2`);
      new Image(stack, "Base", { source, diskFormat: DiskFormat.RAW });
    });
    expect(only(result, "openstack_images_image_v2").image_source_url).toBe("https://${var.v}/base.qcow2");
  });

  test("a file's digest may be unknown, with the file at hand or not", () => {
    for (const path of ["here.raw", "nowhere.raw"]) {
      const result = inAppFolder({ "here.raw": BYTES }, () =>
        synth((stack) => {
          const source = ImageSource.fromFile(path, { digest: Digest.sha256(new Unknown(stack).text) });
          new Image(stack, "Base", { source });
        }),
      );
      expect(only(result, "terraform_data")).toStrictEqual({ triggers_replace: "${var.v}" });
    }
  });
});

describe("WebDownloadSourceOptions", () => {
  const props = ["location", ...propsOf("WebDownloadSourceOptions")];
  const table: Table<{ source: ImageSource }> = {
    location: { props: (u) => ({ source: ImageSource.fromWebDownload(u.text) }), lands: "image_source_url" },
    digest: {
      props: (u) => ({ source: ImageSource.fromWebDownload(URL_QCOW2, { digest: Digest.sha512(u.text) }) }),
      lands: "image_source_url",
      as: `${URL_QCOW2}#sha512=\${var.v}`,
    },
    storedDigest: {
      props: (u) => ({ source: ImageSource.fromWebDownload(URL_QCOW2, { storedDigest: Digest.sha512(u.text) }) }),
      lands: "lifecycle/postcondition/0/condition",
      as: COMPARED,
    },
    digestPin: STEERS,
    decompressedByCloud: STEERS,
    storedAs: STEERS,
    moving: STEERS,
    checksumsUrl: LOCKS,
    checksumsKeyring: LOCKS,
    allowMoving: STEERS,
  };
  walk(table, props, "openstack_images_image_v2", (stack, { source }) => {
    new Image(stack, "Base", { source: source as ImageSource, diskFormat: DiskFormat.QCOW2 });
  });
});

describe("UploadSourceOptions", () => {
  const props = ["location", ...propsOf("UploadSourceOptions")];
  const table: Table<{ source: ImageSource }> = {
    location: "shapes what is read at synth",
    digest: {
      props: (u) => ({ source: ImageSource.fromFile("/nowhere.raw", { digest: Digest.sha512(u.text) }) }),
      lands: "lifecycle/postcondition/0/condition",
      as: COMPARED,
    },
    storedDigest: {
      props: (u) => {
        const [digest, storedDigest] = [Digest.sha512(SHA512), Digest.sha512(u.text)];
        return { source: ImageSource.fromFile("/nowhere.raw", { digest, storedDigest }) };
      },
      lands: "lifecycle/postcondition/0/condition",
      as: COMPARED,
    },
    digestPin: STEERS,
    verifyChecksum: {
      props: (u) => {
        const [digest, verifyChecksum] = [Digest.sha512(SHA512), u.flag];
        return { source: ImageSource.fromFile("/nowhere.raw", { digest, verifyChecksum }) };
      },
      lands: "verify_checksum",
    },
  };
  walk(table, props, "openstack_images_image_v2", (stack, { source }) => {
    new Image(stack, "Base", { source: source as ImageSource });
  });
});

describe("ImageMemberProps", () => {
  const table: Table<ImageMemberProps> = {
    image: { props: (u) => ({ image: { imageId: u.text } }), lands: "image_id" },
    projectId: { props: (u) => ({ projectId: u.text }), lands: "member_id" },
    acceptance: CONSTRUCT,
    provider: CONSTRUCT,
    region: { props: (u) => ({ region: u.text }), lands: "region" },
    dependsOn: CONSTRUCT,
  };
  const type = "openstack_images_image_access_v2";
  walk(table, propsOf("ImageMemberProps"), type, (stack, props) => {
    new ImageMember(stack, "Team", { image: { imageId: UUID }, projectId: PROJECT, ...props });
  });
});

describe("ImageMemberAcceptanceProps", () => {
  const table: Table<ImageMemberAcceptanceProps> = {
    image: { props: (u) => ({ image: { imageId: u.text } }), lands: "image_id" },
    projectId: { props: (u) => ({ projectId: u.text }), lands: "member_id" },
    member: CONSTRUCT,
    provider: CONSTRUCT,
    region: { props: (u) => ({ region: u.text }), lands: "region" },
    dependsOn: CONSTRUCT,
  };
  const type = "openstack_images_image_access_accept_v2";
  const props = propsOf("ImageMemberAcceptanceProps");
  walk(table, [...new Set(props)], type, (stack, given, { provider }) => {
    new ImageMemberAcceptance(stack, "Here", { image: { imageId: UUID }, projectId: PROJECT, provider, ...given });
  });
});
