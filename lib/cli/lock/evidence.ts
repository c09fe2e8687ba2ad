import type { LockedImage } from "../../content/lock-file";
import { shownLocation } from "../file-name";
import { type Described, StatusError } from "../http/answer";
import { describe } from "../http/download";
import type { Source } from "./source";
import { publishedIn, UselessError, WebPageError } from "./upstream";
import type { Work } from "./work";

/** What can be told of a URL without reading what lies there. */
export interface Evidence {
  readonly says: "same" | "changed" | "nothing";
  /** Of a change. */
  readonly why?: string;
}

/** Whether a URL still holds what is locked, by its size, a published digest, ETag and Last-Modified. Throws a `StatusError` when it is gone. */
export async function evidence(source: Source, locked: LockedImage, work: Work): Promise<Evidence> {
  const described = await describe(new URL(source.location), work.asking);
  if (described.sizeBytes !== undefined && described.sizeBytes !== locked.sizeBytes)
    return { says: "changed", why: `it has ${described.sizeBytes} bytes, and locked are ${locked.sizeBytes}` };
  const published = await publishedAgain(source, locked, work);
  if (published?.says === "changed") return published;
  const agreement = [agrees("etag", locked, described), agrees("lastModified", locked, described)];
  if (agreement.includes(true)) return { says: "same" };
  // mirrors give ETags of their own, but the bytes with the day that they were made
  const isContradicted = agreement.every((one) => one === false);
  return published && !isContradicted ? published : { says: "nothing" };
}

function agrees(key: "etag" | "lastModified", locked: LockedImage, described: Described): boolean | undefined {
  return locked[key] === undefined || described[key] === undefined ? undefined : locked[key] === described[key];
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
