const BY_PROP = new Map(
  Object.entries({
    container_format: "give 'containerFormat'",
    disk_format: "give 'diskFormat'",
    id: "give 'imageId'",
    min_disk: "give 'minDiskGb'",
    min_ram: "give 'minRamMb'",
    name: "give 'imageName'",
    os_hidden: "give 'hidden'",
    protected: "give 'protected'",
    tags: "give 'tags'",
    visibility: "give 'visibility'",
  }),
);

/** What Glance keeps for itself: a body with one is refused, or the value is dropped and every plan wants to set it again. */
const GLANCES_OWN = new Set([
  "checksum",
  "created_at",
  "deleted",
  "deleted_at",
  "direct_url",
  "file",
  "location",
  "locations",
  "metadata",
  "os_hash_algo",
  "os_hash_value",
  "owner",
  "schema",
  "self",
  "size",
  "status",
  "stores",
  "updated_at",
  "virtual_size",
]);

/** What to do instead of a property by this key, when it is none of the user's. */
export function insteadOfProperty(key: string): string | undefined {
  if (key.trim() === "" || key.length > 255) return "give it another";
  return BY_PROP.get(key) ?? (GLANCES_OWN.has(key) || key.startsWith("os_glance") ? "drop it" : undefined);
}
