import { isSameJson, own } from "./json";
import type { Subject } from "./subject";

/** What an update does to one property of an image. */
export interface PropertyChange {
  readonly key: string;
  readonly kind: "added" | "changed" | "removed";
}

/** The properties of an image that an update changes. Of a map that is not known as a whole nobody can say. */
export function propertyChanges({ before, after }: Subject): PropertyChange[] {
  if (!before || !after || after.isUnknown("properties")) return [];
  const [from, to] = [before.map("properties"), after.map("properties")];
  const unknown = after.unknownKeys("properties");
  return [...new Set([...Object.keys(from), ...Object.keys(to), ...unknown])]
    .sort()
    .flatMap((key): PropertyChange[] => {
      const [was, becomes] = [own(from, key), own(to, key)];
      if (was === undefined) return [{ key, kind: "added" }];
      if (unknown.includes(key)) return [{ key, kind: "changed" }];
      if (becomes === undefined) return [{ key, kind: "removed" }];
      return isSameJson(was, becomes) ? [] : [{ key, kind: "changed" }];
    });
}

/** Whether Glance sets the property itself, and the provider leaves it be. */
export function isGlances(key: string): boolean {
  return /^os_(hash_|glance)/.test(key) || ["os_hidden", "direct_url", "stores"].includes(key);
}

/** The last provider that sends no `os_*` property once an image is there. */
const DROPPING = [3, 4, 0];

/** Whether the provider may be one that sends no `os_*` property once an image is there, as far as the code says which. */
export function mayDropOsProperties({ providerConstraint = "" }: Subject): boolean {
  return !providerConstraint.split(",").some((part) => {
    const [, operator = "", ...digits] = /^\s*(>=|~>|>|=|)\s*v?(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(part) ?? [];
    if (digits.length === 0) return false;
    const order = compare(digits.map((digit) => Number(digit ?? 0)));
    return operator === ">" ? order >= 0 : order > 0;
  });
}

/** Where a version stands to the last that drops: below 0 before, above 0 after. */
function compare(version: readonly number[]): number {
  const place = DROPPING.findIndex((number, i) => number !== version[i]);
  return place < 0 ? 0 : (version[place] ?? 0) - (DROPPING[place] ?? 0);
}
