import { statfs } from "node:fs/promises";
import { join } from "node:path";
import { inspectLocalFile } from "../../content/inspection/local";
import { qemuName } from "../../content/inspection/qemu-names";
import type { LockedBytes } from "../../content/lock-file";
import { inTemp } from "../in-temp";
import { Reading, readInto } from "./sink";
import { Tool } from "./tool";
import type { Work } from "./work";

const GIB = 1024 ** 3;
const WAY_OUT = "install it (package qemu-utils) to lock images that the cloud converts to raw";
/** What is raw already. */
const AS_IT_IS = ["raw", "iso"];

/** The disk in a file as raw bytes, as a cloud makes them that converts what it imports. */
export async function rawForm(file: string, bytes: LockedBytes, { temp, asking }: Work): Promise<LockedBytes> {
  const { format, diskFormat = format, virtualSizeBytes, findings } = inspectLocalFile(file);
  if (AS_IT_IS.includes(diskFormat)) return bytes;
  // qemu-img would read what these refer to
  const unsafe = findings.find(({ severity }) => severity === "unsafe");
  if (unsafe) throw new Error(`must not be converted to raw: ${unsafe.message}`);
  if (virtualSizeBytes === undefined)
    throw new Error(`cannot be converted to raw: what it is (${diskFormat}) is no disk`);
  await checkSpace(temp, virtualSizeBytes);
  return inTemp(temp, async (folder) => {
    const raw = join(folder, "raw");
    const words = ["convert", "-f", qemuName(diskFormat) ?? diskFormat, "-O", "raw", file, raw];
    const tool = new Tool("qemu-img", words, WAY_OUT, asking);
    tool.process.stdout.resume();
    await tool.finished;
    const reading = new Reading();
    try {
      await readInto(raw, reading, asking.signal);
      return (await reading.end()).bytes;
    } finally {
      await reading.discard();
    }
  });
}

/** The raw form may become as large as the disk. */
async function checkSpace(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize >= bytes) return;
  const gib = (size: number) => (size / GIB).toFixed(1);
  throw new Error(
    `needs ${gib(bytes)} GiB to be converted to raw, and ${folder} has ${gib(bavail * bsize)} GiB; let TMPDIR name a larger place`,
  );
}
