import { beginsWith, u64le } from "./bytes";
import { backingFinding, finding } from "./finding";
import type { Format, Found } from "./inspection";
import { bytesAt, MAX_RANGE_BYTES, type Parser } from "./parser";

const REGION_TABLE_AT = 192 * 1024;
const MAX_ENTRIES = 2047;
const ENTRY_BYTES = 32;

/** Microsoft's ids, as their bytes are in the file. */
const METADATA_REGION = guid("8B7CA206-4790-4B9A-B8FE-575F050F886E");
const FILE_PARAMETERS = guid("CAA16737-FA36-4D43-B3B6-33F0AA44E76B");
const VIRTUAL_DISK_SIZE = guid("2FA54224-CD1B-4876-B211-5DBED83BF4B8");
const LEAVES_BLOCKS = 1;
const HAS_PARENT = 2;

/** Hyper-V's newer format: a table of regions leads to one of metadata, and that one's table to the values. */
export const VHDX: Format = {
  name: "vhdx",
  matches: ({ head }) => beginsWith(head, "vhdxfile"),
  *inspect(): Parser<Found> {
    const regions = yield* bytesAt(REGION_TABLE_AT, MAX_RANGE_BYTES);
    const region = beginsWith(regions, "regi")
      ? entryOf(regions, METADATA_REGION, 16, regions.readUInt32LE(8))
      : undefined;
    const metadataAt = region ? u64le(region, 16) : Number.POSITIVE_INFINITY;
    const metadata = yield* bytesAt(metadataAt, MAX_RANGE_BYTES);
    const parameters = yield* itemOf(metadata, metadataAt, FILE_PARAMETERS);
    const size = yield* itemOf(metadata, metadataAt, VIRTUAL_DISK_SIZE);
    const base = { format: "vhdx", diskFormat: "vhdx" };
    if (!parameters || !size)
      return {
        ...base,
        details: {},
        findings: [finding("Truncated", "has no metadata where its header leads to: a broken download or copy")],
      };
    const flags = parameters.readUInt32LE(4);
    return {
      ...base,
      virtualSizeBytes: u64le(size, 0),
      details: {
        subformat: flags & HAS_PARENT ? "differencing" : flags & LEAVES_BLOCKS ? "fixed" : "dynamic",
        blockSizeBytes: parameters.readUInt32LE(0),
      },
      findings: [...backingFinding(flags & HAS_PARENT ? "" : undefined)],
    };
  },
};

/** An entry of a table, by the id that it begins with. */
function entryOf(table: Buffer, id: Buffer, firstAt: number, count: number): Buffer | undefined {
  if (count > MAX_ENTRIES) return undefined;
  for (let i = 0; i < count; i++) {
    const entry = table.subarray(firstAt + i * ENTRY_BYTES, firstAt + (i + 1) * ENTRY_BYTES);
    if (entry.length === ENTRY_BYTES && entry.subarray(0, 16).equals(id)) return entry;
  }
  return undefined;
}

/** The 8 bytes of an item of the metadata. */
function* itemOf(metadata: Buffer, metadataAt: number, id: Buffer): Parser<Buffer | undefined> {
  const entry = beginsWith(metadata, "metadata") ? entryOf(metadata, id, 32, metadata.readUInt16LE(10)) : undefined;
  return entry ? yield* bytesAt(metadataAt + entry.readUInt32LE(16), 8) : undefined;
}

/** The first three parts of an id are numbers, little end first. */
function guid(text: string): Buffer {
  const bytes = Buffer.from(text.replace(/-/g, ""), "hex");
  bytes.subarray(0, 4).swap32();
  bytes.subarray(4, 8).swap16();
  return bytes;
}
