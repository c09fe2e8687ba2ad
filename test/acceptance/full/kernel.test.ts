import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, inTheCloud } from "../support/app";
import { imageFile } from "../support/image-file";
import { imagesShown } from "../support/images";
import { saw } from "../support/proof";
import { ramdiskFile } from "../support/ramdisk";
import { shellOf } from "../support/shell";
import { idsIn } from "../support/state";

const STACK = "kernel";
const MACHINE = "openstack_images_image_v2.x-machine";
const SERVER = "openstack_compute_instance_v2";

const demo = shellOf("demo");

describe("an image in three parts", () => {
  const folder = mkdtempSync(join(tmpdir(), "kernel-"));
  const first = new App("test/acceptance/apps/kernel", { FILES: folder });
  const later = first.with({ STEP: "later" });
  let images: Record<string, string> = {};
  let servers: Record<string, string> = {};

  beforeAll(() => {
    const data = `${process.env.CLOUD}/data`;
    copyFileSync(`${data}/vmlinuz`, join(folder, "vmlinuz"));
    copyFileSync(`${data}/initrd.xz`, join(folder, "initrd"));
    ramdiskFile(join(folder, "other-initrd"), `${data}/initrd.xz`, "OTHER-RAMDISK");
    imageFile(join(folder, "disk.raw"), "the disk itself");
  });
  afterAll(() => {
    later.destroy();
    rmSync(folder, { recursive: true });
  });

  test("boots by its kernel", async () => {
    first.deploy();
    images = idsIn(first, STACK);
    servers = idsIn(first, STACK, SERVER);
    const { machine } = await imagesShown(demo, { machine: images["x-machine"] ?? "" });
    expect(machine).toMatchObject({
      disk_format: "ami",
      container_format: "ami",
      properties: { kernel_id: images["x-kernel"], ramdisk_id: images["x-ramdisk"] },
    });
    const id = servers["x-by-kernel"] ?? "";
    expect((await demo.consoles({ [id]: "TINYLINUX-READY" }))[id]).not.toContain("the disk itself");
    expect(first.plan(STACK).actions).toStrictEqual({});
    saw(
      ["ImageProps.kernelImage", "ImageProps.ramdiskImage", "DiskFormat.AMI", "DiskFormat.AKI", "DiskFormat.ARI"],
      "ami, aki and ari, and a server of them",
      `image show: kernel_id ${images["x-kernel"]}, ramdisk_id ${images["x-ramdisk"]}; console: what runs in the ramdisk is ready; second plan: no changes`,
    );
  });

  test("another kernel and ramdisk are for the servers to come", async () => {
    expect(inTheCloud(later.plan(STACK).actions)).toStrictEqual({
      [MACHINE]: ["update"],
      [`${SERVER}.x-by-other-kernel`]: ["create"],
    });
    const before = await demo.json(`server show ${servers["x-by-kernel"]}`);
    later.deploy();
    expect(idsIn(later, STACK)).toStrictEqual(images);
    const { "x-by-other-kernel": other = "", ...others } = idsIn(later, STACK, SERVER);
    expect(others).toStrictEqual(servers);
    const { machine } = await imagesShown(demo, { machine: images["x-machine"] ?? "" });
    expect(machine.properties).toMatchObject({
      kernel_id: images["x-other-kernel"],
      ramdisk_id: images["x-other-ramdisk"],
    });
    await demo.consoles({ [other]: "OTHER-RAMDISK" });
    expect(before).toMatchObject({ status: "ACTIVE" });
    expect(await demo.json(`server show ${servers["x-by-kernel"]}`)).toStrictEqual(before);
    expect(later.plan(STACK).actions).toStrictEqual({});
    saw(
      ["ImageProps.kernelImage", "ImageProps.ramdiskImage"],
      "another kernel and ramdisk, and another server",
      `plan: update, and create for the server; image show: same id, the new ids; console of the new server: what runs in the ` +
        "other ramdisk; server show of the old one: ACTIVE, all as before; second plan: no changes",
    );
  });
});
