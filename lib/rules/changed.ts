import { isSameJson } from "./json";
import { IMAGE, SERVER, type Subject, VOLUME } from "./subject";

/** Arguments that the provider itself changes, or that change nothing in the cloud. */
export const NOISE: Readonly<Record<string, readonly string[]>> = {
  [IMAGE]: [
    "image_cache_path",
    "updated_at",
    "file",
    "schema",
    "web_download",
    "verify_checksum",
    "image_source_username",
    "image_source_password",
    "timeouts",
  ],
  [SERVER]: ["updated", "timeouts"],
  [VOLUME]: ["timeouts"],
};

/** What an update of these does to a server's root disk: Nova rebuilds. */
export const REBUILDING = ["image_id", "image_name", "personality"];

/** The names of attributes that an update changes, but for noise. */
export function changedNames({ type, before, after }: Subject): string[] {
  if (!before || !after) return [];
  const noise = NOISE[type] ?? [];
  return [...new Set([...before.names, ...after.names])].sort().filter((name) => {
    if (noise.includes(name)) return false;
    if (after.isUnknown(name)) return true;
    const [one, other] = [before.get(name), after.get(name)];
    return !isSameJson(one, other) && !(isEmpty(one) && isEmpty(other));
  });
}

/** The provider makes an empty list of none, and back. */
function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === "object" && Object.keys(value).length === 0);
}
