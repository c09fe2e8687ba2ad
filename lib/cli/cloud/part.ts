import { createHash } from "node:crypto";
import { lstatSync, renameSync, statfsSync, statSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { bytesShown } from "../bytes-shown";
import { inTemp } from "../in-temp";
import type { OpenstackCommand } from "../openstack-command";
import { Meter } from "./meter";
import type { StoredImage } from "./stored-image";

const POLL_MS = 200;
const CHUNK_BYTES = 4 * 1024 * 1024;

/** Digests by the names that Node has for the algorithms, and how many bytes they are of. */
export interface Measured {
  readonly sizeBytes: number;
  readonly digests: Readonly<Record<string, string>>;
}

/** Reads a file once. */
export async function measure(path: string, hashes: readonly string[], signal: AbortSignal): Promise<Measured> {
  const file = await open(path, "r");
  try {
    const meter = new Meter("checking", (await file.stat()).size);
    const all = hashes.map((name) => ({ name, hash: createHash(name) }));
    let sizeBytes = 0;
    for await (const bytes of chunksOf(file)) {
      signal.throwIfAborted();
      for (const { hash } of all) hash.update(bytes);
      sizeBytes += bytes.length;
      meter.show(sizeBytes);
    }
    meter.end();
    return { sizeBytes, digests: Object.fromEntries(all.map(({ name, hash }) => [name, hash.digest("hex")])) };
  } finally {
    await file.close();
  }
}

/** Whether there is a file; fails when there is something else. */
export function isThere(path: string): boolean {
  if (!lstatSync(path, { throwIfNoEntry: false })) return false;
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) throw new Error(`${path} is there, and is no file`);
  return true;
}

/**
 * Downloads an image into a folder of its own beside a file, lets it be judged, and gives it the file's name. Of one that
 * does not come or is refused, nothing is left. What an earlier run left is not gone on with: the `openstack` command begins at the first byte.
 */
export async function download<T>(
  openstack: OpenstackCommand,
  image: StoredImage,
  path: string,
  signal: AbortSignal,
  judge: (part: string) => Promise<T>,
): Promise<T> {
  needSpace(dirname(path), image.sizeBytes);
  return inTemp(dirname(path), async (folder) => {
    const part = join(folder, basename(path));
    await fetchTo(openstack, image, part, signal);
    const verdict = await judge(part);
    if (isThere(path)) throw new Error(`${path} has come while the image was downloaded; give another file with --to`);
    renameSync(part, path);
    return verdict;
  });
}

function needSpace(folder: string, sizeBytes = 0): void {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw new Error(`there is no folder ${folder}`);
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize < sizeBytes) {
    throw new Error(
      `the image has ${bytesShown(sizeBytes)}, and in ${folder} are ${bytesShown(bavail * bsize)} free; give a file elsewhere with --to`,
    );
  }
}

async function fetchTo(openstack: OpenstackCommand, image: StoredImage, part: string, signal: AbortSignal) {
  const { sizeBytes: most = Number.POSITIVE_INFINITY } = image;
  const ending = new AbortController();
  const stop = () => ending.abort(signal.reason);
  signal.addEventListener("abort", stop);
  const meter = new Meter("downloaded", image.sizeBytes);
  const timer = setInterval(() => {
    const sizeBytes = statSync(part, { throwIfNoEntry: false })?.size ?? 0;
    meter.show(sizeBytes);
    if (sizeBytes > most) ending.abort(new Error(`the cloud sends more than the ${most} bytes that it says there are`));
  }, POLL_MS);
  try {
    await openstack.run(["image", "save", `--file=${part}`, image.id], ending.signal);
  } finally {
    signal.removeEventListener("abort", stop);
    clearInterval(timer);
    meter.end();
  }
}

async function* chunksOf(file: FileHandle): AsyncGenerator<Buffer> {
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  for (;;) {
    const { bytesRead } = await file.read(chunk, 0, chunk.length, null);
    if (bytesRead === 0) return;
    yield chunk.subarray(0, bytesRead);
  }
}
