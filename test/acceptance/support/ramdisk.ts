import { readFileSync, writeFileSync } from "node:fs";

/** Writes a ramdisk that has all of another one, and whose first program says the text on the console and idles. */
export function ramdiskFile(file: string, from: string, text: string): void {
  const init = `#!/bin/busybox sh\n/bin/busybox echo ${text}\nwhile true; do /bin/busybox sleep 1; done\n`;
  // Linux unpacks one archive after the other, what comes later wins
  writeFileSync(file, Buffer.concat([padded(readFileSync(from)), entry("init", init), entry("TRAILER!!!", "")]));
}

/** A program in a cpio archive of the kind "newc". */
function entry(name: string, content: string): Buffer {
  const data = Buffer.from(content);
  const fields = { inode: 1, mode: 0o100755, uid: 0, gid: 0, links: 1, mtime: 0, size: data.length };
  const more = { devMajor: 0, devMinor: 0, rdevMajor: 0, rdevMinor: 0, nameSize: name.length + 1, check: 0 };
  const header = Object.values({ ...fields, ...more }).map((value) => value.toString(16).padStart(8, "0"));
  return Buffer.concat([padded(Buffer.from(`070701${header.join("")}${name}\0`)), padded(data)]);
}

/** Up to the next four bytes. */
function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
}
