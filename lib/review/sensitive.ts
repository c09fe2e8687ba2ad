import { createHash } from "node:crypto";
import { canonical, isSameJson, type Json, type JsonObject, listIn, objectIn, own } from "../rules/json";

/** What stands for a value that Terraform calls sensitive, and for another one after it. */
const HIDDEN = "(sensitive)";
const CHANGED = "(sensitive, changed)";

/** The two sides of a change without what is sensitive in them: nothing that is made of them can show it. */
export function withoutSensitive(change: JsonObject): { before?: JsonObject; after?: JsonObject; sealed: string } {
  const [before, after] = [sideOf(change, "before"), sideOf(change, "after")];
  // what was sensitive may still be the same value
  const marks = [own(change, "before_sensitive"), own(change, "after_sensitive")];
  const secrets: string[] = [];
  const hide = (
    value: Json,
    masks: readonly (Json | undefined)[],
    other: Json | undefined,
    word: string,
    path: string,
  ): Json => {
    if (masks.includes(true)) {
      secrets.push(`${path} ${canonical(value)}`);
      if (value === null) return null;
      return isSameJson(value, other) ? HIDDEN : word;
    }
    if (Array.isArray(value)) {
      const inner = (i: number) => masks.map((mask) => listIn(mask)[i]);
      return value.map((each, i) => hide(each, inner(i), listIn(other)[i], word, `${path}/${i}`));
    }
    if (typeof value !== "object" || value === null) return value;
    const inner = (name: string) => masks.map((mask) => own(objectIn(mask), name));
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [
        name,
        hide(each, inner(name), own(objectIn(other), name), word, `${path}/${name}`),
      ]),
    );
  };
  const shown = {
    ...(before ? { before: objectIn(hide(before, marks, after, HIDDEN, "before")) } : {}),
    ...(after ? { after: objectIn(hide(after, marks, before, CHANGED, "after")) } : {}),
  };
  const sealed = secrets.length === 0 ? "" : createHash("sha256").update(secrets.sort().join("\n")).digest("hex");
  return { ...shown, sealed };
}

function sideOf(change: JsonObject, side: "before" | "after"): JsonObject | undefined {
  const value = own(change, side);
  return value === null || value === undefined ? undefined : objectIn(value);
}
