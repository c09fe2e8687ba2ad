import { stat } from "node:fs/promises";
import { join } from "node:path";
import { type LockedImage, updateCommand } from "../../content/lock-file";
import { CannotBeLockedError, checkNoSecret, isBoundWithout, noteLeftOut } from "./cannot-be-locked";
import { evidence } from "./evidence";
import { type Found, found } from "./found";
import { isPublished, missingForm, missingIn, otherDigest } from "./missing";
import { readKeys } from "./signature";
import { Reading, readInto } from "./sink";
import type { Source } from "./source";
import { checkPublished, publishedFor } from "./upstream";
import type { Work } from "./work";

/** How an entry may change: not at all, where its source is known to have moved, or in any case. */
export type Renewal = "none" | "moving" | "named";

/**
 * What the lock says of a source from now on; the entry that is there, where nothing else is to be said. Undefined when the source cannot
 * be locked and the code binds its images.
 */
export async function entryFor(
  source: Source,
  locked: LockedImage | undefined,
  renewal: Renewal,
  work: Work,
): Promise<LockedImage | undefined> {
  try {
    return await readEntry(source, locked, renewal, work);
  } catch (error) {
    if (!(error instanceof CannotBeLockedError)) throw error;
    // who names an image wants it read
    const isWanted = renewal === "named" && !source.isBound;
    if (isWanted || !isBoundWithout(source, locked, error)) throw error;
    const kept = missingIn(source, locked) === undefined ? locked : undefined;
    noteLeftOut(source, kept !== undefined, error, work);
    return kept;
  }
}

async function readEntry(
  source: Source,
  locked: LockedImage | undefined,
  renewal: Renewal,
  work: Work,
): Promise<LockedImage> {
  checkNoSecret(source);
  if (locked === undefined) return found(source, work, (now) => entry(now, 1, work));
  const isToChange = otherDigest(source, locked) !== undefined;
  if (!isToChange && !(await isRead(source, locked, renewal, work))) return withPublished(source, locked, work);

  return found(source, work, (now) => {
    if (now.sha512 === locked.sha512) return refreshed(source, locked, now);
    if (isToChange || renewal !== "none") return entry(now, locked.revision + 1, work);
    throw new Error(
      `HAS OTHER BYTES THAN ARE LOCKED: its sha512 is ${now.sha512}, and locked is ${locked.sha512}; put the right ones there, or run ` +
        updateCommand(source.key),
    );
  });
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
  if (missingForm(source, locked) !== undefined) return true;
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
  if (source.keyring !== undefined) await readKeys(source.keyring);
  if (isPublished(source, locked)) return locked;
  const upstream = await publishedFor(source, work);
  if (upstream === undefined) return locked;
  checkPublished(upstream, locked);
  return { ...locked, upstream };
}

/** The entry of bytes that are still the same, with what is known of them now. */
function refreshed(source: Source, locked: LockedImage, now: Found): LockedImage {
  const { unpacked, raw } = { ...locked, ...now };
  // what the unpacked bytes said is more than what the first packed ones do
  const { diskFormat, virtualSizeBytes, unsafe } = locked.unpacked && !now.unpacked ? locked : now;
  const upstream = isPublished(source, locked) ? (locked.upstream ?? now.upstream) : now.upstream;
  const { revision, resolvedAt } = locked;
  return { ...now, revision, resolvedAt, upstream, unpacked, raw, diskFormat, virtualSizeBytes, unsafe };
}
