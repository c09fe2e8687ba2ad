import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, inTheCloud } from "../support/app";
import { environment, run } from "../support/cloud";
import { failureOf, oneLine } from "../support/failure";
import { formatFiles } from "../support/format-files";
import { imageFile } from "../support/image-file";
import { imagesShown, madeBeforeDeleted } from "../support/images";
import { saw } from "../support/proof";
import { shellOf } from "../support/shell";
import { idsIn } from "../support/state";

const STACK = "surface-images";
const DISK_BYTES = 1024 * 1024;
const address = (id: string) => `openstack_images_image_v2.${id}`;

/** The formats that Glance looks into: it tells the size of the disk inside when it is as declared. */
const INSPECTED = { RAW: "raw", QCOW2: "qcow2", VMDK: "vmdk", VHD: "vhd", VHDX: "vhdx", VDI: "vdi", ISO: "iso" };
const FORMATS = { ...INSPECTED, PLOOP: "ploop", AKI: "aki", ARI: "ari", AMI: "ami" };
const CONTAINERS = {
  BARE: ["qcow2", "bare", "disk.qcow2"],
  OVF: ["vmdk", "ovf", "disk.vmdk"],
  OVA: ["vmdk", "ova", "appliance.ova"],
  DOCKER: ["raw", "docker", "container.tar"],
  COMPRESSED: ["raw", "compressed", "disk.raw.gz"],
} as const;
const REPLACED = [
  "OtherDisk",
  "OtherContainer",
  "x-OtherFile",
  "x-OtherId",
  "x-Replace-Changed",
  "x-Replace-Added",
  "x-Replace-Gone",
];
const UPDATED = ["x-Fields", "x-Opposite", "x-Keep-Added"];
const UPDATABLE = [
  "imageName",
  "description",
  "tags",
  "minDiskGb",
  "minRamMb",
  "properties",
  "hidden",
  "protected",
].concat(["visibility", "architecture"]);

const demo = shellOf("demo");

describe("what an image takes", () => {
  const folder = mkdtempSync(join(tmpdir(), "surface-images-"));
  const [FIXED_ID, OTHER_ID, TAKEN_ID] = [randomUUID(), randomUUID(), randomUUID()];
  const first = new App("test/acceptance/apps/surface-images", { FILES: folder, FIXED_ID, OTHER_ID, TAKEN_ID });
  const later = first.with({ STEP: "later" });
  const dropped = first.with({ STEP: "dropped" });
  const sizeOf = (file: string) => statSync(join(folder, file)).size;
  let before: Record<string, string> = {};
  let ids: Record<string, string> = {};

  beforeAll(() => {
    formatFiles(folder);
    for (const name of ["one", "two"]) imageFile(join(folder, `${name}.raw`), name);
  });
  afterAll(() => {
    dropped.destroy();
    rmSync(folder, { recursive: true });
  });

  test("every format is taken as declared, and every field", async () => {
    const log = oneLine(first.deploy());
    before = idsIn(first, STACK);
    const images = await imagesShown(demo, before);
    const expected: Record<string, object> = {
      CustomDisk: { disk_format: "vdi", container_format: "bare", virtual_size: DISK_BYTES },
      CustomContainer: { disk_format: "vmdk", container_format: "ovf" },
    };
    for (const [name, disk_format] of Object.entries(FORMATS)) {
      const container_format = /^a[kmr]i$/.test(disk_format) ? disk_format : "bare";
      expected[`Disk-${name}`] = { disk_format, container_format, size: sizeOf(`disk.${disk_format}`) };
    }
    for (const [name, [disk_format, container_format, file]] of Object.entries(CONTAINERS)) {
      expected[`Container-${name}`] = { disk_format, container_format, size: sizeOf(file) };
    }
    expect(images).toMatchObject(expected);
    expect(Object.values(images).filter(({ status }) => status !== "active")).toStrictEqual([]);
    for (const name of Object.keys(INSPECTED)) {
      expect(images[`Disk-${name}`]?.virtual_size).toBeGreaterThanOrEqual(DISK_BYTES);
    }
    expect(images["x-Fields"]).toMatchObject({
      name: "x-first",
      visibility: "private",
      min_disk: 1,
      min_ram: 64,
      protected: false,
      tags: expect.arrayContaining(["first", "x"]),
      properties: {
        os_hidden: true,
        description: "at first",
        architecture: "x86_64",
        kept: "yes",
        changed: "at first",
        gone: "yes",
      },
    });
    expect(images["x-Opposite"]).toMatchObject({
      name: "x-Opposite",
      protected: true,
      properties: { os_hidden: false },
    });
    expect(images["x-Keep-Changed"]?.properties).toMatchObject({
      os_type: "linux",
      os_distro: "tinylinux",
      os_version: "1",
      os_admin_user: "root",
    });
    expect(images["x-Replace-Changed"]?.properties).toMatchObject({
      os_type: "windows",
      os_distro: "windows",
      os_version: "2019",
      os_admin_user: "Administrator",
    });
    expect(before).toMatchObject({ "x-OtherId": FIXED_ID, "x-Taken": TAKEN_ID });
    const made = log.indexOf(`${address("x-Fields")}: Creation complete`);
    expect(made).toBeGreaterThan(0);
    expect(log.indexOf(`${address("x-Opposite")}: Creating...`)).toBeGreaterThan(made);
    const { actions, text } = first.plan(STACK);
    expect(actions).toStrictEqual({});
    expect(text).not.toContain("Warning");
    saw(
      [...Object.keys(FORMATS).map((name) => `DiskFormat.${name}`), "DiskFormat.custom", "ImageProps.diskFormat"],
      'a file of each format; custom("vdi")',
      `image show: active, disk_format ${Object.values(FORMATS).join(", ")}; the size of the disk inside for all that Glance looks into ` +
        `(vhd: ${images["Disk-VHD"]?.virtual_size}); second plan: no changes`,
    );
    saw(
      [
        ...[...Object.keys(CONTAINERS), "AKI", "ARI", "AMI"].map((name) => `ContainerFormat.${name}`),
        "ContainerFormat.custom",
        "ImageProps.containerFormat",
      ],
      'a disk, an appliance, a container and a packed disk; aki, ari and ami by their disk formats; custom("ovf")',
      `image show: active, container_format ${Object.values(CONTAINERS).map(([, container]) => container)}, aki, ari, ami; second plan: no changes`,
    );
    saw(
      ["OperatingSystem.linux", "OperatingSystem.windows", "ImageProps.operatingSystem"].concat(
        ["LinuxOptions.distro", "LinuxOptions.version", "LinuxOptions.adminUser"],
        ["WindowsOptions.version", "WindowsOptions.adminUser"],
      ),
      "a Linux and a Windows, with their administrators",
      "image show: os_type, os_distro, os_version and os_admin_user as declared; second plan: no changes, no warning",
    );
    saw("ImageProps.imageId", "two ids given", `image show: ${FIXED_ID}, ${TAKEN_ID}`);
    saw(
      "OpenstackProps.dependsOn",
      "an image after another one",
      "the log of the deployment: made after the other one was",
    );
  });

  test("every change is what its plan says", async () => {
    // what fails, the last of it, keeps nothing else from being done
    const withTaken = later.with({ TAKEN: "two.raw" });
    const { actions, text } = withTaken.plan(STACK);
    expect(inTheCloud(actions)).toStrictEqual({
      ...Object.fromEntries([...REPLACED, "x-Taken"].map((id) => [address(id), ["create", "delete"]])),
      ...Object.fromEntries(UPDATED.map((id) => [address(id), ["update"]])),
    });
    const mends = {
      "x-Keep-Changed": ["set", "'os_version=it'\\''s 2'"],
      "x-Keep-Added": ["set", "'os_admin_user=root'"],
      "x-Keep-Gone": ["unset", "'os_admin_user'"],
    };
    const warnings = Object.fromEntries(
      Object.entries(mends).map(([id, [verb, value]]) => [
        id,
        `Run: openstack image ${verb} --property ${value} ${before[id]}`,
      ]),
    );
    expect(oneLine(text)).toContain(warnings["x-Keep-Changed"]);
    expect(oneLine(text)).toContain(warnings["x-Keep-Gone"]);

    const log = failureOf(() => withTaken.terraform(STACK, "apply", "-auto-approve"));
    expect(log).toMatch(/already exists/);
    // the plan takes for done what it is about to add
    for (const warning of Object.values(warnings)) expect(log).toContain(warning);
    ids = idsIn(later, STACK);
    for (const [id, old] of Object.entries(before)) {
      if (REPLACED.includes(id)) {
        expect(ids[id]).not.toBe(old);
        expect(madeBeforeDeleted(log, address(id), old)).toBe(true);
      } else {
        expect(ids[id]).toBe(old);
      }
    }
    const images = await imagesShown(demo, ids);
    expect(images).toMatchObject({
      OtherDisk: { disk_format: "raw", status: "active" },
      OtherContainer: { container_format: "ovf", status: "active" },
      "x-OtherId": { id: OTHER_ID },
      "x-Taken": { id: TAKEN_ID, status: "active" },
      "x-Keep-Changed": { properties: { os_version: "1" } },
      "x-Replace-Changed": { properties: { os_version: "2022" } },
      "x-Replace-Added": { properties: { os_admin_user: "Administrator" } },
      "x-Fields": {
        name: "x-later",
        visibility: "shared",
        min_disk: 2,
        min_ram: 128,
        protected: true,
        tags: expect.arrayContaining(["later", "x"]),
        properties: { os_hidden: false, description: "later", architecture: "aarch64", changed: "later", added: "yes" },
      },
      "x-Opposite": { protected: false, properties: { os_hidden: true } },
    });
    for (const [id, key] of Object.entries({ "x-Fields": "gone", "x-Replace-Gone": "os_admin_user" })) {
      expect(images[id]?.properties).not.toHaveProperty(key);
    }
    expect(images["x-Fields"]?.tags).not.toContain("first");
    expect(images["x-Taken"]?.checksum).toBe(images["x-Fields"]?.checksum);
    expect(images["x-OtherFile"]?.checksum).not.toBe(images["x-Taken"]?.checksum);
    // each command as the warning says it
    const commands = log.match(/openstack image (?:un)?set --property .*? [0-9a-f-]{36}/g) ?? [];
    run("bash", ["-c", `${commands.join(" & ")} & wait`], { env: environment({ OS_CLOUD: "demo" }) });
    const after = later.plan(STACK);
    expect(after.actions).toStrictEqual({});
    expect(after.text).not.toContain("Warning");
    const became = (id: string) => `${before[id]} became ${ids[id]}`;
    saw(
      UPDATABLE.map((name) => `ImageProps.${name}`),
      "each with another value; hidden and protected both ways; a property changed, one added, one gone",
      "plan: update; image show: same id, the new values; second plan: no changes",
    );
    saw(
      ["ImageProps.source", "ImageProps.imageId", "ImageProps.diskFormat", "ImageProps.containerFormat"],
      "another file, another id, ploop to raw, bare to ovf; formats left out where the ending tells them, or given where they were left out",
      `plan: create, delete for these and no others; file: ${became("x-OtherFile")}; format: ${became("OtherDisk")}; each was made before ` +
        "the old one was deleted; second plan: no changes",
    );
    saw(
      "ImageProps.imageId",
      "another file for an image with a fixed id",
      `plan: create, delete; apply fails: already exists; image show: ${TAKEN_ID} active, with the old checksum`,
    );
    saw(
      ["OsPropertyChange.KEEP", "ImageProps.osPropertyChange", "ImageProps.operatingSystem"],
      "os_version changed, os_admin_user added, os_admin_user gone",
      `plan: nothing, update, nothing; image show: as before; warns ${commands.map((command) => `"${command}"`).join(", ")}; after these ` +
        "were run: no changes, no warning",
    );
    saw(
      ["OsPropertyChange.REPLACE", "ImageProps.osPropertyChange", "ImageProps.operatingSystem"],
      "os_version changed, os_admin_user added, os_admin_user gone",
      `plan: create, delete; ${became("x-Replace-Changed")}; image show: the new ones`,
    );
  });

  test("fails when a protected image would be replaced or destroyed, before anything is lost", async () => {
    const destroy = () => later.terraform(STACK, "destroy", "-auto-approve");
    for (const refused of [destroy, () => later.with({ SOURCE: "two.raw" }).plan(STACK)]) {
      expect(failureOf(refused)).toMatch(/Instance cannot be destroyed.*x-Fields/);
    }
    await expect(demo.text(`image delete ${ids["x-Fields"]}`)).rejects.toThrow("is protected and cannot be deleted");
    expect(idsIn(later, STACK)).toStrictEqual(ids);
    expect(await imagesShown(demo, ids)).toMatchObject(mapValues(ids, () => ({ status: "active" })));
    saw(
      "ImageProps.protected",
      "another file, and destroy, of a protected image among others; image delete",
      "plan and destroy: Instance cannot be destroyed; image delete: is protected and cannot be deleted; image show: all active",
    );
  });

  test("what is left out again goes back to its default, the last properties and the region apart", async () => {
    const { actions } = dropped.plan(STACK);
    expect(inTheCloud(actions)).toStrictEqual({
      [address("x-Fields")]: ["update"],
      [address("x-Opposite")]: ["update"],
    });
    dropped.terraform(STACK, "apply", "-auto-approve");
    expect(idsIn(dropped, STACK)).toStrictEqual(ids);
    const shown = await imagesShown(demo, { fields: ids["x-Fields"] ?? "", opposite: ids["x-Opposite"] ?? "" });
    expect(shown.fields).toMatchObject({
      name: "x-Fields",
      visibility: "private",
      // the disk in the file
      min_disk: 1,
      min_ram: 0,
      protected: false,
      tags: [],
      properties: { os_hidden: false, description: "later", architecture: "aarch64", kept: "yes" },
    });
    expect(shown.opposite.properties).toMatchObject({ kept: "yes" });
    expect(shown.opposite.properties).not.toHaveProperty("description");
    expect(shown.opposite.properties).not.toHaveProperty("architecture");
    expect(dropped.plan(STACK).actions).toStrictEqual({});
    saw(
      [...UPDATABLE.map((name) => `ImageProps.${name}`), "OpenstackProps.region"],
      "all left out; of another image all properties but one",
      "plan: update; image show: the construct's id as name, private, the least disk that of the file, the least memory 0, not protected, no tags; all properties at once stay, " +
        "description and architecture beside another go; second plan: no changes",
    );
    saw(
      ["OsPropertyChange.KEEP", "OsPropertyChange.REPLACE"],
      "KEEP to REPLACE",
      "plan: nothing for the images; same ids",
    );
  });

  test("fails when the provider does not know a format", () => {
    const message = failureOf(() => first.with({ STEP: "unknown" }).plan(STACK));
    const [disk] = /expected disk_format to be one of .*?, got gpt/.exec(message) ?? [];
    const [container] = /expected container_format to be one of .*?, got oci/.exec(message) ?? [];
    expect([disk, container]).toStrictEqual([expect.any(String), expect.any(String)]);
    saw(
      ["DiskFormat.custom", "ContainerFormat.custom"],
      'custom("gpt"), custom("oci")',
      `plan fails: ${disk}; ${container}`,
    );
  });
});

function mapValues<T, U>(map: Record<string, T>, value: (one: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(map).map(([key, one]) => [key, value(one)]));
}
