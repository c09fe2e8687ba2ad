import {
  Architecture,
  ContainerFormat,
  Digest,
  DiskFormat,
  Image,
  type ImageProps,
  ImageSource,
  ImageVisibility,
  OperatingSystem,
  OsPropertyChange,
} from "cdktf-openstack-images";
import type { Construct } from "constructs";
import { FILE, HEX, OTHER_FILE, OTHER_HEX, OTHER_URL, secret, URL, uuid } from "../samples";
import { change, changesOf, type Details, KEPT, notOffered, OnChange, reached, type Table } from "../table";

const { IN_PLACE, REPLACES, NOTHING } = OnChange;

function newImage(scope: Construct, props: Partial<ImageProps>): void {
  new Image(scope, "Golden", { source: ImageSource.fromUrl(URL), ...props });
}

const prop = changesOf<ImageProps>("ImageProps", newImage);

/** A change of the source; `sources` are made in the scope of the image. */
function source(
  name: string,
  sources: readonly ((scope: Construct) => ImageSource)[],
  onChange: OnChange,
  details: Details & { readonly values: readonly [unknown, unknown] },
) {
  const apps = sources.map((make) => (scope: Construct) => {
    newImage(scope, { source: make(scope), diskFormat: DiskFormat.RAW });
  });
  return change(`ImageSource.${name}`, apps, onChange, details);
}

function withPassword(scope: Construct, username: string, id: string): ImageSource {
  return ImageSource.fromUrl(URL, { username, password: secret(scope, id) });
}

function verify(name: string, make: (verifyChecksum: boolean) => ImageSource) {
  return source(`${name} verifyChecksum`, [() => make(false), () => make(true)], IN_PLACE, {
    title: `${name}, false, then true`,
    values: [false, true],
    note: "reaches nothing: it is for the upload",
  });
}

function digest(hex: string): ImageSource {
  return ImageSource.fromUrl(URL, { digest: Digest.sha512(hex) });
}

const ubuntu = (version: string, adminUser?: string) => OperatingSystem.linux({ distro: "ubuntu", version, adminUser });
const os = (version: string) => ({ os_distro: "ubuntu", os_type: "linux", os_version: version });

export const IMAGE: Table = {
  type: "openstack_images_image_v2",
  madeBy: "`Image`",
  preface: "The new image is made before the old one is destroyed, but for one with an `imageId` of its own.",
  rows: [
    reached(
      "container_format",
      prop("containerFormat", [ContainerFormat.BARE, ContainerFormat.OVF], REPLACES, { values: ["bare", "ovf"] }),
    ),
    reached(
      "decompress",
      source(
        "fromUrl decompress",
        [() => ImageSource.fromUrl(URL), () => ImageSource.fromUrl(URL, { decompress: true })],
        REPLACES,
        { values: [undefined, true] },
      ),
    ),
    reached(
      "disk_format",
      prop("diskFormat", [DiskFormat.QCOW2, DiskFormat.RAW], REPLACES, { values: ["qcow2", "raw"] }),
    ),
    reached("hidden", prop("hidden", [undefined, true], IN_PLACE)),
    notOffered(
      "image_cache_path",
      "always `.terraform/image_cache`; the provider's default lies in the home directory, so that another machine plans a change",
    ),
    reached(
      "image_id",
      prop("imageId", [uuid("image 1"), uuid("image 2")], REPLACES, { title: "one id, then another" }),
      prop("imageId", [uuid("image 1"), undefined], NOTHING, { title: "an id, then none", ...KEPT }),
    ),
    reached(
      "image_source_password",
      source(
        "fromUrl password",
        [(scope) => withPassword(scope, "reader", "Old"), (scope) => withPassword(scope, "reader", "New")],
        IN_PLACE,
        {
          title: "one variable, then another",
          values: ["${var.Old}", "${var.New}"],
          note: "reaches nothing: it is for the download",
        },
      ),
    ),
    reached(
      "image_source_url",
      source("fromUrl", [() => ImageSource.fromUrl(URL), () => ImageSource.fromUrl(OTHER_URL)], REPLACES, {
        title: "one URL, then another",
        values: [URL, OTHER_URL],
      }),
      source(
        "fromWebDownload",
        [() => ImageSource.fromWebDownload(URL), () => ImageSource.fromWebDownload(OTHER_URL)],
        REPLACES,
        { title: "one URL that Glance downloads, then another", values: [URL, OTHER_URL] },
      ),
      source("fromUrl digest", [() => digest(HEX), () => digest(OTHER_HEX)], REPLACES, {
        title: "one digest, then another",
        values: [`${URL}#sha512=${HEX}`, `${URL}#sha512=${OTHER_HEX}`],
      }),
    ),
    reached(
      "image_source_username",
      source(
        "fromUrl username",
        [(scope) => withPassword(scope, "reader", "Secret"), (scope) => withPassword(scope, "writer", "Secret")],
        IN_PLACE,
        { values: ["reader", "writer"], note: "reaches nothing: it is for the download" },
      ),
    ),
    reached(
      "local_file_path",
      source("fromFile", [() => ImageSource.fromFile(FILE), () => ImageSource.fromFile(OTHER_FILE)], REPLACES, {
        title: "one file, then another",
        values: [FILE, OTHER_FILE],
      }),
    ),
    reached("min_disk_gb", prop("minDiskGb", [4, 8], IN_PLACE)),
    reached("min_ram_mb", prop("minRamMb", [512, 1024], IN_PLACE)),
    reached("name", prop("imageName", ["one", "other"], IN_PLACE)),
    reached(
      "properties",
      prop("properties", [{ hw_disk_bus: "scsi" }, { hw_disk_bus: "virtio" }], IN_PLACE),
      prop("properties", [{ hw_disk_bus: "scsi" }, undefined], NOTHING, KEPT),
      prop("properties", [{ hw_disk_bus: "scsi" }, { hw_disk_bus: "scsi" }], IN_PLACE, {
        title: "a key that somebody added",
        found: { properties: { hw_disk_bus: "scsi", added: "yes" } },
        note: "removes it",
      }),
      prop("properties", [{ hw_disk_bus: "scsi" }, { hw_disk_bus: "scsi" }], NOTHING, {
        title: "Glance's own keys",
        found: { properties: { hw_disk_bus: "scsi", os_hash_algo: "sha512", stores: "file" } },
        realOnly: true,
      }),
      prop("architecture", [Architecture.X86_64, Architecture.AARCH64], IN_PLACE, {
        values: [{ architecture: "x86_64" }, { architecture: "aarch64" }],
      }),
      prop("description", ["one", "other"], IN_PLACE, { values: [{ description: "one" }, { description: "other" }] }),
      prop("kernelImage", [{ imageId: uuid("kernel 1") }, { imageId: uuid("kernel 2") }], IN_PLACE, {
        title: "one kernel, then another",
        values: [{ kernel_id: uuid("kernel 1") }, { kernel_id: uuid("kernel 2") }],
      }),
      prop("ramdiskImage", [{ imageId: uuid("ramdisk 1") }, { imageId: uuid("ramdisk 2") }], IN_PLACE, {
        title: "one ramdisk, then another",
        values: [{ ramdisk_id: uuid("ramdisk 1") }, { ramdisk_id: uuid("ramdisk 2") }],
      }),
      prop("operatingSystem", [ubuntu("24.04"), ubuntu("26.04")], NOTHING, {
        title: "a changed os_ key",
        values: [os("24.04"), os("26.04")],
        realOnly: true,
      }),
      prop("operatingSystem", [ubuntu("24.04"), ubuntu("24.04", "ops")], IN_PLACE, {
        title: "a new os_ key",
        values: [os("24.04"), { os_admin_user: "ops", ...os("24.04") }],
        note: "reaches nothing, and is planned again every time",
      }),
      prop("operatingSystem", [ubuntu("24.04"), ubuntu("26.04")], REPLACES, {
        title: "a changed os_ key with OsPropertyChange.REPLACE",
        values: [os("24.04"), os("26.04")],
        beside: { osPropertyChange: OsPropertyChange.REPLACE },
      }),
    ),
    reached("protected", prop("protected", [undefined, true], IN_PLACE)),
    reached(
      "region",
      prop("region", ["RegionOne", "RegionTwo"], REPLACES),
      prop("region", ["RegionOne", undefined], NOTHING, KEPT),
    ),
    reached("tags", prop("tags", [["a"], ["a", "b"]], IN_PLACE)),
    reached(
      "verify_checksum",
      verify("fromUrl", (verifyChecksum) => ImageSource.fromUrl(URL, { verifyChecksum })),
      verify("fromFile", (verifyChecksum) => ImageSource.fromFile(FILE, { verifyChecksum })),
    ),
    reached("visibility", prop("visibility", [ImageVisibility.PRIVATE, ImageVisibility.SHARED], IN_PLACE)),
    reached(
      "web_download",
      source("fromWebDownload", [() => ImageSource.fromUrl(URL), () => ImageSource.fromWebDownload(URL)], IN_PLACE, {
        values: [undefined, true],
        note: "reaches nothing: the image has its bytes",
      }),
    ),
    reached(
      "timeouts.create",
      prop("createTimeoutMinutes", [45, 90], NOTHING, {
        values: ["45m", "90m"],
        note: "it holds for the next create",
        realOnly: true,
      }),
    ),
  ],
};
