import type { LockedImage } from "../../content/lock-file";
import { withoutSecrets } from "./secret";
import type { Source } from "./source";

/** What an entry lacks that the code wants of it; undefined when nothing. */
export function missingIn(source: Source, locked?: LockedImage): string | undefined {
  if (locked === undefined) return "not locked yet";
  const other = otherDigest(source, locked);
  if (other) return `locked with another ${other} than the code gives`;
  const form = missingForm(source, locked);
  if (form) return `locked without its ${form} form`;
  return isPublished(source, locked) ? undefined : "locked without the published digest that the code asks for";
}

/** The algorithm of a digest that the code gives, and the lock otherwise. */
export function otherDigest({ digests }: Source, locked: LockedImage): string | undefined {
  return digests.find(({ algorithm, hex }) => locked[algorithm] !== hex)?.algorithm;
}

/** A form of the bytes that the lock does not know. */
export function missingForm({ unpacked, raw }: Source, locked: LockedImage): "unpacked" | "raw" | undefined {
  if (unpacked && !locked.unpacked) return "unpacked";
  return raw && !locked.raw ? "raw" : undefined;
}

/** Whether the lock has the published digest that the code asks for. */
export function isPublished({ checksums, keyring }: Source, { upstream }: LockedImage): boolean {
  // as it is written down
  if (checksums !== undefined && upstream?.from !== withoutSecrets(new URL(checksums).href)) return false;
  return keyring === undefined || upstream?.signedBy !== undefined;
}
