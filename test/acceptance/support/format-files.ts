import { copyFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./cloud";
import { imageFile } from "./image-file";

/** Writes `disk.raw` into a folder, and the same disk in each format and container that Glance takes, named by their endings. */
export function formatFiles(folder: string): void {
  const at = (name: string) => join(folder, name);
  const disk = at("disk.raw");
  imageFile(disk, "formats");
  const convert = (ending: string, format = ending, ...options: string[]) =>
    run("qemu-img", ["convert", "-O", format, ...options, disk, at(`disk.${ending}`)]);
  convert("qcow2");
  convert("vmdk", "vmdk", "-o", "subformat=streamOptimized");
  convert("vhd", "vpc");
  convert("vhdx");
  convert("vdi");
  run("genisoimage", ["-quiet", "-r", "-o", at("disk.iso"), disk]);
  writeFileSync(at("disk.ploop"), ploop());
  run("gzip", ["--keep", "--force", disk]);
  writeFileSync(at("disk.aki"), kernel());
  copyFileSync(`${disk}.gz`, at("disk.ari"));
  copyFileSync(disk, at("disk.ami"));
  writeFileSync(at("appliance.ovf"), '<?xml version="1.0"?><Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1"/>');
  run("tar", ["-cf", at("appliance.ova"), "-C", folder, "appliance.ovf", "disk.vmdk"]);
  rmSync(at("appliance.ovf"));
  writeFileSync(at("manifest.json"), '[{"Config":"config.json","RepoTags":["x"],"Layers":[]}]');
  run("tar", ["-cf", at("container.tar"), "-C", folder, "manifest.json"]);
  rmSync(at("manifest.json"));
}

/** What begins as a Linux kernel does: like a disk with a partition table that is none. */
function kernel(): Buffer {
  const file = Buffer.alloc(64 * 1024);
  file.writeUInt16LE(0xaa55, 510);
  file.write("HdrS", 514, "latin1");
  return file;
}

/** Virtuozzo's format, which no tool at hand writes: the header, a table of one block, the block. */
function ploop(): Buffer {
  const BLOCK = 1024 * 1024;
  const file = Buffer.alloc(2 * BLOCK);
  file.write("WithouFreSpacExt", 0, "latin1");
  const header = { version: 2, heads: 16, cylinders: 4, sectorsPerBlock: BLOCK / 512, blocks: 1 };
  for (const [i, value] of Object.values(header).entries()) file.writeUInt32LE(value, 16 + 4 * i);
  file.writeBigUInt64LE(BigInt(BLOCK / 512), 36);
  file.writeUInt32LE(BLOCK / 512, 48);
  file.writeUInt32LE(1, 64);
  return file;
}
