import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { LockedImage } from "../../content/lock-file";
import { evidence } from "./evidence";
import { type Found, found } from "./found";
import { secretIn, withoutSecrets } from "./secret";
import { Reading, readInto } from "./sink";
import type { Source } from "./source";
import { checkPublished, publishedFor } from "./upstream";
import type { Work } from "./work";

/** How an entry may change: not at all, where its source is known to have moved, or in any case. */
export type Renewal = "none" | "moving" | "named";

/** What the lock says of a source from now on; the entry that is there, where nothing else is to be said. */
export async function entryFor(
  source: Source,
  locked: LockedImage | undefined,
  renewal: Renewal,
  work: Work,
): Promise<LockedImage> {
  checkKey(source.key);
  if (locked === undefined) return entry(await found(source, work), 1, work);
  const isToChange = source.digests.some(({ algorithm, hex }) => locked[algorithm] !== hex);
  const mayChange = isToChange || renewal !== "none";
  if (!isToChange && !(await isRead(source, locked, renewal, work))) return withPublished(source, locked, work);

  const now = await found(source, work);
  if (now.sha512 === locked.sha512) return { ...locked, ...lacking(source, locked, now) };
  if (mayChange) return entry(now, locked.revision + 1, work);
  throw new Error(
    `HAS OTHER BYTES THAN ARE LOCKED: its sha512 is ${now.sha512}, and locked is ${locked.sha512}; put the right ones there, or run ` +
      `openstack-images lock --update ${source.key}`,
  );
}

function checkKey(key: string): void {
  const secret = secretIn(key);
  if (secret === undefined) return;
  throw new Error(`must not stand in a lock file, for its URL holds ${secret}; give the image's 'digest' in the code`);
}

function entry(now: Found, revision: number, { now: time }: Work): LockedImage {
  return {
    revision,
    resolvedAt: time()
      .toISOString()
      .replace(/\.\d+Z$/, "Z"),
    ...now,
  };
}

/** Whether the bytes have to be read. A file always is: it is here. */
async function isRead(source: Source, locked: LockedImage, renewal: Renewal, work: Work): Promise<boolean> {
  if (source.isFile || renewal === "named") return true;
  if ((source.unpacked && !locked.unpacked) || (source.raw && !locked.raw)) return true;
  if (work.mirror !== undefined && !(await isMirrored(locked, work.mirror, work.asking.signal))) return true;
  return renewal === "moving" && (await evidence(source, locked, work)).says !== "same";
}

/** Whether a mirror has the bytes, and they are whole. */
async function isMirrored({ sha512, sizeBytes }: LockedImage, mirror: string, signal: AbortSignal): Promise<boolean> {
  const file = join(mirror, sha512);
  if ((await stat(file).catch(() => undefined))?.size !== sizeBytes) return false;
  const reading = new Reading();
  try {
    await readInto(file, reading, signal);
    return (await reading.end()).bytes.sha512 === sha512;
  } finally {
    await reading.discard();
  }
}

/** The entry with a published digest, where the code has begun to ask for one. */
async function withPublished(source: Source, locked: LockedImage, work: Work): Promise<LockedImage> {
  if (isPublished(source, locked)) return locked;
  const upstream = await publishedFor(source, work);
  if (upstream === undefined) return locked;
  checkPublished(upstream, locked);
  return { ...locked, upstream };
}

/** Whether the lock has the published digest that the code asks for. */
function isPublished({ checksums, keyring }: Source, { upstream }: LockedImage): boolean {
  if (checksums !== undefined && upstream?.from !== withoutSecrets(checksums)) return false;
  return keyring === undefined || upstream?.signedBy !== undefined;
}

/** What an entry of the same bytes does not say yet. */
function lacking(source: Source, locked: LockedImage, now: Found): Partial<LockedImage> {
  return {
    ...(locked.unpacked === undefined && now.unpacked
      ? { unpacked: now.unpacked, diskFormat: now.diskFormat, virtualSizeBytes: now.virtualSizeBytes }
      : {}),
    ...(locked.raw === undefined && now.raw ? { raw: now.raw } : {}),
    ...(!isPublished(source, locked) && now.upstream ? { upstream: now.upstream } : {}),
  };
}
