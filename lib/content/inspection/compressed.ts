import { constants, gunzipSync } from "node:zlib";
import { beginsWith } from "./bytes";
import { finding } from "./finding";
import { type Format, HEAD_BYTES, type Probe } from "./inspection";

/** What is unpacked of a gzip to look inside: the most that so little can become is 16 MiB. */
const PACKED_BYTES = 16 * 1024;
const MAX_UNPACKED_BYTES = 32 * 1024 * 1024;

const BY_PROVIDER = "give ImageSource.fromUrl decompress: true";
const BY_CLOUD = "give ImageSource.fromWebDownload decompressedByCloud: true where the cloud's Glance unpacks it";

interface Compression {
  readonly format: string;
  readonly matches: (head: Buffer) => boolean;
  /** How it gets unpacked on its way to Glance; undefined when nobody does. */
  readonly ways: readonly string[];
}

const begins = (magic: string) => (head: Buffer) => beginsWith(head, magic);

/** The ways are those of lib/image/compression.ts. */
const COMPRESSIONS: readonly Compression[] = [
  { format: "gz", matches: begins("\x1f\x8b\x08"), ways: [BY_PROVIDER, BY_CLOUD] },
  { format: "bz2", matches: (head) => /^BZh[1-9]1AY&SY/.test(head.toString("latin1", 0, 10)), ways: [BY_PROVIDER] },
  { format: "xz", matches: begins("\xfd7zXZ\0"), ways: [BY_PROVIDER] },
  { format: "zst", matches: begins("\x28\xb5\x2f\xfd"), ways: [BY_PROVIDER] },
  { format: "zip", matches: begins("PK\x03\x04"), ways: [BY_CLOUD] },
  { format: "lzma", matches: isLzma, ways: [] },
];

/** Files that are packed as a whole. Of gzip the first bytes are unpacked, the others are not looked into. */
export const COMPRESSED: readonly Format[] = COMPRESSIONS.map(({ format, matches, ways }) => ({
  name: format,
  matches: ({ head }) => matches(head),
  inspect(probe) {
    const firstBytes = format === "gz" ? unpacked(probe) : undefined;
    return {
      format,
      details: { unpack: ways.length === 0 ? "unpack it first" : `unpack it first, or ${ways.join(", or ")}` },
      findings: firstBytes
        ? []
        : [finding("NotLookedInto", `is packed (${format}), and what is in it was not looked at; unpack it to see`)],
      inside: firstBytes && { firstBytes },
    };
  },
}));

function unpacked({ head, headLength }: Probe): Buffer | undefined {
  try {
    const packed = head.subarray(0, Math.min(headLength, PACKED_BYTES));
    // what is cut off gives what there is
    const bytes = gunzipSync(packed, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: MAX_UNPACKED_BYTES });
    return bytes.length > 0 ? Buffer.from(bytes.subarray(0, HEAD_BYTES)) : undefined;
  } catch {
    return undefined;
  }
}

/** It has no magic: the usual properties, a dictionary of 2^n or 3 * 2^n bytes, and a size that is unknown or below 256 GiB. */
function isLzma(head: Buffer): boolean {
  const dictionary = head.readUInt32LE(1);
  const isRound = /^(1|11)0{12,}$/.test(dictionary.toString(2));
  const [low, high] = [head.readUInt32LE(5), head.readUInt32LE(9)];
  return head[0] === 0x5d && isRound && (high < 64 || (low === 0xffffffff && high === 0xffffffff));
}
