import { createHash } from "node:crypto";
import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./cloud";
import { imageFile } from "./image-file";

const PACKERS = { gz: "gzip", xz: "xz", bz2: "bzip2", zst: "zstd" };

/**
 * Writes what the suite of sources serves into a folder: disks, packed in each way, and some that are not what they seem. Returns the
 * SHA-512 of those that images are to hold.
 */
export function contentFiles(folder: string): Record<string, string> {
  const at = (name: string) => join(folder, name);
  imageFile(at("disk.qcow2"), "disk");
  imageFile(at("one.qcow2"), "one");
  imageFile(at("checked.qcow2"), "checked");
  imageFile(at("forged.qcow2"), "forged");
  imageFile(at("disk.raw"), "disk");
  for (const command of Object.values(PACKERS)) run(command, ["--quiet", "--keep", "--force", at("disk.raw")]);
  run("zip", ["--quiet", "--junk-paths", at("disk.raw.zip"), at("disk.raw")]);
  copyFileSync(at("disk.raw.gz"), at("packed.raw"));
  // one that is a second file to whoever reads it
  run("qemu-img", ["create", "-q", "-f", "qcow2", "-b", "disk.raw", "-F", "raw", at("backed.qcow2")]);
  imageFile(at("forged.raw"), "forged");
  run("gzip", ["--force", at("forged.raw")]);
  // none that Glance unpacks
  copyFileSync(at("disk.raw.xz"), at("sham.raw.gz"));
  return Object.fromEntries(
    ["disk.qcow2", "one.qcow2", "disk.raw", "disk.raw.gz"].map((name) => [name, sha512(at(name))]),
  );
}

function sha512(file: string): string {
  return createHash("sha512").update(readFileSync(file)).digest("hex");
}

/** Puts the right files where there were none or wrong ones. */
export function mendContentFiles(folder: string): void {
  const right = {
    "missing.qcow2": "disk.qcow2",
    "forged.qcow2": "disk.qcow2",
    "forged.raw.gz": "disk.raw.gz",
    "sham.raw.gz": "disk.raw.gz",
  };
  for (const [file, from] of Object.entries(right)) copyFileSync(join(folder, from), join(folder, file));
}
