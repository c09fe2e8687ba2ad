import type { LockedImage } from "../../content/lock-file";
import { shownLocation } from "../file-name";
import { type Described, StatusError } from "../http/answer";
import { describe } from "../http/download";
import { checkPublic, letIn } from "./cannot-be-locked";
import type { Source } from "./source";
import { publishedIn, UselessError, WebPageError } from "./upstream";
import type { Work } from "./work";

/** What can be told of a URL without reading what lies there. */
export interface Evidence {
  readonly says: "same" | "changed" | "nothing";
  /** Of a change. */
  readonly why?: string;
}

/**
 * Whether a URL still holds what is locked, by its size, a published digest, ETag and Last-Modified. Of one that does not move only an ETag
 * says so, unless `quick`: whoever changes bytes may keep their day, and leave the checksum file. Throws a `StatusError` when it is gone.
 */
export async function evidence(source: Source, locked: LockedImage, work: Work): Promise<Evidence> {
  checkPublic(source);
  const described = await letIn(describe(new URL(source.location), work.asking));
  if (described.sizeBytes !== undefined && described.sizeBytes !== locked.sizeBytes)
    return { says: "changed", why: `it has ${described.sizeBytes} bytes, and locked are ${locked.sizeBytes}` };
  const published = await publishedAgain(source, locked, work);
  if (published?.says === "changed") return published;
  const agreement = [agrees("etag", locked, described), agrees("lastModified", locked, described)];
  const [isSameEtag] = agreement;
  if (!source.isMoving && !work.quick) return { says: isSameEtag && !isOfSize(locked) ? "same" : "nothing" };
  if (agreement.includes(true)) return { says: "same" };
  return published && !isContradicted(agreement, source) ? published : { says: "nothing" };
}

/** Whether the ETag is made of the size, and then of the day as well, as those of nginx and Apache are. */
function isOfSize({ etag = "", sizeBytes }: LockedImage): boolean {
  return etag.split(/["-]/).some((part) => Number(`0x${part}`) === sizeBytes);
}

/** Whether what the server says is a reason to read the bytes, though a checksum file says that they are the same. */
function isContradicted([isSameEtag, isSameDay]: readonly (boolean | undefined)[], { isMoving }: Source): boolean {
  // mirrors give ETags of their own; a checksum file may be left by whoever changes the bytes
  return isSameDay === false || (isSameEtag === false && !isMoving);
}

/** Whether the server says the same; undefined when that means nothing, as with an ETag that is weak. */
function agrees(key: "etag" | "lastModified", locked: LockedImage, described: Described): boolean | undefined {
  const [before, now] = [locked[key], described[key]];
  if (before === undefined || now === undefined || before.startsWith("W/") || now.startsWith("W/")) return undefined;
  return before === now;
}

/** What the checksum file says today; undefined when there is none any longer. */
async function publishedAgain(source: Source, locked: LockedImage, work: Work): Promise<Evidence | undefined> {
  const from = source.checksums ?? locked.upstream?.from;
  if (from === undefined) return undefined;
  try {
    const { algorithm, hex } = await publishedIn(new URL(from), source, work);
    if (hex === locked[algorithm]) return { says: "same" };
    return {
      says: "changed",
      why: `${shownLocation(from)} says ${algorithm} ${hex}, and locked is ${locked[algorithm]}`,
    };
  } catch (error) {
    const isUseless = error instanceof StatusError || error instanceof WebPageError || error instanceof UselessError;
    if (!isUseless) throw error;
    work.note(`${source.shown}: ${(error as Error).message}, so its digest is not known (${shownLocation(from)})`);
    return undefined;
  }
}
