import { createHash } from "node:crypto";
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "./support/app";
import { consoleWith, forgetDeletedImages, openstack, requireCloud, run } from "./support/cloud";
import { FileServer } from "./support/file-server";
import { imageFile } from "./support/image-file";
import { saw } from "./support/proof";

const STACK = "surface-images";
const FIXED_ID = "0c2f8ed2-2ae4-4a5e-8ff6-53dbf1e7a0cd";
const UNPACKED = ["From-gz", "From-xz"];
const address = (id: string) => `openstack_images_image_v2.${id}`;

interface ImageShown {
  id: string;
  name: string;
  checksum: string;
  created_at: string;
  owner: string;
  size: number;
  tags: string[];
  status: string;
  properties: Record<string, string>;
}

interface Outputs {
  list: string[];
  found: Omit<ImageShown, "tags" | "status">;
}

describe("what images take, and what a lookup tells", () => {
  const folder = mkdtempSync(join(tmpdir(), "surface-images-"));
  const base = new App("test/acceptance/apps/surface-images", { FIXED_ID });
  const ids: Record<string, string> = {};
  let server: FileServer;
  let stored: string;
  let first: App;
  const show = (id: string) => openstack<ImageShown>("demo", "image", "show", ids[id] ?? "");

  beforeAll(async () => {
    requireCloud();
    // Glance gives an id once: an earlier run had it
    forgetDeletedImages();
    stored = imageFile(join(folder, "disk.raw"), "unpacked");
    const packed: Record<string, string> = {};
    for (const [ending, command] of Object.entries({ gz: "gzip", xz: "xz" })) {
      run(command, ["--keep", join(folder, "disk.raw")]);
      packed[ending] = sha512(join(folder, `disk.raw.${ending}`));
    }
    for (const [name, file] of Object.entries({ vmlinuz: "vmlinuz", initrd: "initrd.xz" })) {
      copyFileSync(`${process.env.CLOUD}/data/${file}`, join(folder, name));
    }
    for (const name of ["one", "two"]) imageFile(join(folder, `${name}.raw`), name);
    server = await FileServer.start(folder);
    first = base.with({
      FILES: folder,
      URL_BASE: server.url,
      STORED: stored,
      GZ: packed.gz ?? "",
      XZ: packed.xz ?? "",
    });
  });
  afterAll(() => {
    first.destroy();
    server.stop();
    rmSync(folder, { recursive: true });
  });

  test("packed images are unpacked on their way, and hold what was declared", () => {
    first.deploy();
    for (const id of [...UNPACKED, "Kernel", "Ramdisk", "Machine", "Fixed"])
      ids[id] = first.resourceId(STACK, address(id));
    for (const id of UNPACKED) {
      expect(show(id)).toMatchObject({
        status: "active",
        size: 1024 * 1024,
        tags: ["x"],
        properties: { os_hash_value: stored, description: "at first", architecture: "x86_64" },
      });
    }
    const { actions, text } = first.plan(STACK);
    expect(actions).toStrictEqual({});
    expect(text).not.toContain("Warning");
    saw(
      "ImageSource.fromUrl",
      "disk.raw.gz and disk.raw.xz with decompress, digest and storedDigest",
      "image show: active, 1 MiB, os_hash_value is that of disk.raw; second plan: no changes, no warning",
    );
  });

  test("a lookup tells what Glance does, and a list has the newest first", () => {
    const { found, list } = first.outputs<Outputs>(STACK);
    const shown = show("From-xz");
    const { os_hidden: _, ...properties } = shown.properties;
    const { id, name, checksum, owner, created_at, size } = shown;
    expect(found).toStrictEqual({ id, name, checksum, owner, created_at, size, properties });
    const times = UNPACKED.map((image) => [show(image).created_at, ids[image] ?? ""] as const);
    expect(new Set(list)).toStrictEqual(new Set(times.map(([, image]) => image)));
    const order = new Map(times.map(([time, image]) => [image, time]));
    expect(list.map((image) => order.get(image))).toStrictEqual(
      times
        .map(([time]) => time)
        .sort()
        .reverse(),
    );
    saw(
      "Image.fromLookup",
      "name, owner, disk format, size and property given",
      `name, checksum, owner, time, size and properties are those of image show`,
    );
    saw("Image.listFromLookup", "by name, owner, format and tag, created_at:desc", "both images, the newest first");
  });

  test("an image in three parts boots by its kernel", async () => {
    expect(openstack("demo", "image", "show", ids.Machine ?? "")).toMatchObject({
      disk_format: "ami",
      container_format: "ami",
      properties: { kernel_id: ids.Kernel, ramdisk_id: ids.Ramdisk },
    });
    await consoleWith("demo", first.resourceId(STACK, "openstack_compute_instance_v2.ByKernel"), "TINYLINUX-READY");
    saw(
      "kernelImage, ramdiskImage",
      "ami, aki and ari, and a server of them",
      "console: what runs in the ramdisk is ready",
    );
  });

  test("description and tags change in place", () => {
    const later = first.with({ STEP: "later" });
    expect(later.plan(STACK).actions).toStrictEqual(
      Object.fromEntries(UNPACKED.map((id) => [address(id), ["update"]])),
    );
    later.deploy();
    for (const id of UNPACKED) {
      const { tags, properties } = show(id);
      expect([...tags].sort()).toStrictEqual(["later", "x"]);
      expect(properties.description).toBe("later");
    }
    expect(later.plan(STACK).actions).toStrictEqual({});
    saw("Image", "description, tags", "plan: update; image show: the new ones; second plan: no changes");
  });

  test("fails when an image with a fixed id would be replaced, and loses nothing", () => {
    const other = first.with({ STEP: "later", FIXED_FILE: "two.raw" });
    const before = show("Fixed");
    expect(other.plan(STACK).actions).toStrictEqual({ [address("Fixed")]: ["create", "delete"] });
    expect(() => other.deploy()).toThrow(/already exists/);
    expect(show("Fixed")).toStrictEqual(before);
    expect(first.with({ STEP: "later" }).plan(STACK).actions).toStrictEqual({});
    saw(
      "imageId",
      "another file",
      "plan: create, delete; apply fails: already exists; image show: as before; the plan with the old file: no changes",
    );
  });

  test("fails when the project that owns an image is to be its member", () => {
    const owned = first.with({ STEP: "later", OWNER: show("Fixed").owner });
    expect(() => owned.deploy()).toThrow(/MemberIsOwner/);
    saw("ImageMember", "the project that owns the image", "apply fails: MemberIsOwner");
  });

  test("leaves nothing when it is destroyed", () => {
    first.destroy();
    const names = openstack<{ Name: string }[]>("demo", "image", "list", "--all").map(({ Name }) => Name);
    expect(names.filter((name) => name.startsWith("x-"))).toStrictEqual([]);
    saw("images", "destroyed", "no image left");
  });
});

function sha512(file: string): string {
  return createHash("sha512").update(readFileSync(file)).digest("hex");
}
