import { own } from "./json";
import type { Subject } from "./subject";

/** What says that an image holds other bytes than it did, though it is the same image. */
export function movedContent({ before, after }: Subject): string[] {
  if (!before || !after || before.text("id") !== after.text("id")) return [];
  const [was, is] = [before.map("properties"), after.map("properties")];
  const isComparable = own(was, "os_hash_algo") === own(is, "os_hash_algo");
  return [
    ...(isComparable && isMoved(own(was, "os_hash_value"), own(is, "os_hash_value")) ? ["os_hash_value"] : []),
    ...["checksum", "size_bytes"].filter((name) => isMoved(before.get(name), after.get(name))),
  ];
}

/** Whether a value is another: an image without bytes yet has none, or 0. */
function isMoved(was: unknown, is: unknown): boolean {
  return Boolean(was) && Boolean(is) && was !== is;
}

export function isOwnerMoved({ before, after }: Subject): boolean {
  return isMoved(before?.text("owner"), after?.text("owner"));
}
