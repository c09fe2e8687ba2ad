import { createHash } from "node:crypto";
import {
  type BigIntStats,
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import type { DigestAlgorithm } from "./digest";
import { Progress } from "./progress";

const CHUNK_BYTES = 4 * 1024 * 1024;

/**
 * The digest of a file's bytes, from the cache while size, mtime and inode are what they were when it was read.
 * @param appFolder where the app runs; the cache lies in the nearest `node_modules/.cache`, or in `.cache` when there is none
 */
export function fileDigest(path: string, algorithm: DigestAlgorithm, appFolder: string): string {
  const cacheFile = join(cacheFolder(appFolder), "digests.json");
  const cache = readCache(cacheFile);
  const key = `${algorithm} ${path}`;
  const state = stateOf(statSync(path, { bigint: true }));
  const known = cache[key];
  if (known?.state === state && typeof known.hex === "string") return known.hex;

  const hex = hashFile(path, algorithm, state);
  // read again: another synth may have written meanwhile
  writeCache(cacheFile, { ...readCache(cacheFile), [key]: { state, hex } });
  return hex;
}

function hashFile(path: string, algorithm: DigestAlgorithm, state: string): string {
  const hash = createHash(algorithm);
  const file = openSync(path, "r");
  try {
    const progress = new Progress(path, fstatSync(file).size);
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    for (let length = readSync(file, chunk); length > 0; length = readSync(file, chunk)) {
      hash.update(chunk.subarray(0, length));
      progress.advance(length);
    }
    progress.end();
    if (stateOf(fstatSync(file, { bigint: true })) !== state) throw new Error("it changed while it was read");
  } finally {
    closeSync(file);
  }
  return hash.digest("hex");
}

function stateOf(stats: BigIntStats): string {
  return `${stats.size} ${stats.mtimeNs} ${stats.ino}`;
}

interface CacheEntry {
  readonly state: string;
  readonly hex: string;
}

type Cache = Record<string, CacheEntry | undefined>;

/** Below the nearest `node_modules`, which nobody commits; in the app's folder where there is none. */
function cacheFolder(appFolder: string): string {
  let folder = appFolder;
  while (!existsSync(join(folder, "node_modules")) && dirname(folder) !== folder) folder = dirname(folder);
  const modules = join(folder, "node_modules");
  return join(existsSync(modules) ? modules : appFolder, ".cache", "cdktf-openstack-images");
}

/** An unreadable cache is an empty one: the file is then read again. */
function readCache(cacheFile: string): Cache {
  try {
    const cache: unknown = JSON.parse(readFileSync(cacheFile, "utf8"));
    return typeof cache === "object" && cache !== null ? (cache as Cache) : {};
  } catch {
    return {};
  }
}

/** Written beside and renamed, so that a synth that is killed leaves no half of it. What cannot be written costs another reading only. */
function writeCache(cacheFile: string, cache: Cache): void {
  const draft = `${cacheFile}.${process.pid}`;
  const written = succeeds(() => {
    mkdirSync(dirname(cacheFile), { recursive: true });
    writeFileSync(draft, JSON.stringify(cache, null, 2));
    renameSync(draft, cacheFile);
  });
  if (!written) succeeds(() => rmSync(draft, { force: true }));
}

function succeeds(action: () => void): boolean {
  try {
    action();
    return true;
  } catch {
    return false;
  }
}
