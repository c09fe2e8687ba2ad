import { beginsWith, textAt, u64be } from "./bytes";
import { backingFinding, type Finding, finding, findingIf, quoted } from "./finding";
import { type Format, type Probe, present } from "./inspection";
import { bytesAt, type Parser } from "./parser";

const MAGIC = "QFI\xfb";
const V2_BYTES = 72;
const V3_BYTES = 104;
const MAX_NAME_BYTES = 1023;

const ENCRYPTION = ["none", "aes", "luks"];
const COMPRESSION = ["zlib", "zstd"];

/** The incompatible feature bits that there are. */
const DIRTY = 1n << 0n;
const CORRUPT = 1n << 1n;
const DATA_FILE = 1n << 2n;
const COMPRESSION_TYPE = 1n << 3n;
const EXTENDED_L2 = 1n << 4n;
const KNOWN = DIRTY | CORRUPT | DATA_FILE | COMPRESSION_TYPE | EXTENDED_L2;

/** Header extensions that name something. */
const BACKING_FORMAT = 0xe2792aca;
const DATA_FILE_NAME = 0x44415441;

/** QEMU's copy-on-write format, versions 2 and 3. */
export const QCOW2: Format = {
  name: "qcow2",
  matches: ({ head }) => beginsWith(head, MAGIC) && head.readUInt32BE(4) !== 1,
  *inspect(probe) {
    const { head } = probe;
    const version = head.readUInt32BE(4);
    const isV3 = version === 3;
    const features = isV3 ? head.readBigUInt64BE(72) : 0n;
    const headerBytes = isV3 ? head.readUInt32BE(100) : V2_BYTES;
    const extensions = extensionsOf(head, headerBytes);
    const backingFile = yield* backingName(probe, 8, 16);
    const names = {
      backingFile,
      backingFormat: extensions.get(BACKING_FORMAT),
      dataFile: features & DATA_FILE ? (extensions.get(DATA_FILE_NAME) ?? "") : undefined,
    };
    const encryption = head.readUInt32BE(32);
    const compression = isV3 && headerBytes > V3_BYTES ? head[104] : 0;
    const snapshots = head.readUInt32BE(60);
    const clusterBits = head.readUInt32BE(20);
    return {
      format: "qcow2",
      diskFormat: "qcow2",
      virtualSizeBytes: u64be(head, 24),
      details: {
        version,
        clusterSizeBytes: 2 ** Math.min(clusterBits, 31),
        compression: COMPRESSION[compression] ?? `unknown (${compression})`,
        encryption: ENCRYPTION[encryption] ?? `unknown (${encryption})`,
        snapshots,
        ...present(names),
      },
      findings: [
        ...findingIf(
          version !== 2 && !isV3,
          "UnknownVersion",
          `version ${version} of qcow2 is none that a cloud knows`,
        ),
        ...backingFinding(names.backingFile, names.backingFormat),
        ...featureFindings(features, names.dataFile),
        ...findingIf(
          clusterBits < 9 || clusterBits > 21 || (isV3 && headerBytes < V3_BYTES) || compression > 1 || encryption > 2,
          "HeaderBroken",
          "its header holds values that the format does not allow",
        ),
        ...shortFindings(probe, isV3 ? V3_BYTES : V2_BYTES, u64be(head, 40), head.readUInt32BE(36)),
        ...encryptedFinding(encryption),
        ...findingIf(
          snapshots > 0,
          "InternalSnapshots",
          `holds ${snapshots} internal snapshots, which a cloud stores and never shows`,
        ),
      ],
    };
  },
};

/** QEMU's first such format. Glance has no word for it. */
export const QCOW: Format = {
  name: "qcow",
  matches: ({ head }) => beginsWith(head, MAGIC) && head.readUInt32BE(4) === 1,
  *inspect(probe) {
    const { head } = probe;
    const backingFile = yield* backingName(probe, 8, 16);
    const encryption = head.readUInt32BE(36);
    return {
      format: "qcow",
      virtualSizeBytes: u64be(head, 24),
      details: {
        version: 1,
        encryption: ENCRYPTION[encryption] ?? `unknown (${encryption})`,
        ...present({ backingFile }),
      },
      findings: [
        finding("FormatRefused", "qcow version 1 is taken by no cloud; convert it"),
        ...backingFinding(backingFile),
        ...encryptedFinding(encryption),
      ],
    };
  },
};

/** The backing file that two header fields, offset and length, lead to; undefined when there is none. */
function* backingName({ head }: Probe, offsetAt: number, lengthAt: number): Parser<string | undefined> {
  if (head.readBigUInt64BE(offsetAt) === 0n) return undefined;
  const offset = u64be(head, offsetAt);
  const length = Math.min(head.readUInt32BE(lengthAt), MAX_NAME_BYTES);
  const name = yield* bytesAt(offset, length);
  return textAt(name, 0, length);
}

/** The texts of the header's extensions, of which each is a type, a length and data filled up to 8 bytes. */
function extensionsOf(head: Buffer, start: number): Map<number, string> {
  const found = new Map<number, string>();
  let at = start;
  while (at + 8 <= head.length) {
    const [type, length] = [head.readUInt32BE(at), head.readUInt32BE(at + 4)];
    if (type === 0) break;
    found.set(type, textAt(head, at + 8, Math.min(length, MAX_NAME_BYTES)));
    at += 8 + Math.ceil(length / 8) * 8;
  }
  return found;
}

function featureFindings(features: bigint, dataFile: string | undefined): Finding[] {
  return [
    ...findingIf(
      dataFile !== undefined,
      "ExternalData",
      `holds no data itself but names the data file ${quoted(dataFile ?? "")}: a file of the machine that opens it`,
    ),
    ...findingIf(
      (features & ~KNOWN) !== 0n,
      "UnknownFeature",
      `has incompatible feature bits that nobody knows: 0x${(features & ~KNOWN).toString(16)}`,
    ),
    ...findingIf(
      (features & EXTENDED_L2) !== 0n,
      "UnknownFeature",
      "has extended L2 entries, which OpenStack's own inspection does not know; convert it with -o extended_l2=off",
    ),
    ...findingIf((features & CORRUPT) !== 0n, "HeaderBroken", "is marked as corrupt; qemu-img check -r all mends it"),
  ];
}

/** What the file is too short for: its header, or the table that its header leads to. */
function shortFindings(
  { headLength, sizeBytes }: Probe,
  headerBytes: number,
  table: number,
  entries: number,
): Finding[] {
  return findingIf(
    headLength < headerBytes || (sizeBytes !== undefined && table + entries * 8 > sizeBytes),
    "Truncated",
    "ends before its tables do: a broken download or copy",
  );
}

function encryptedFinding(method: number): Finding[] {
  return findingIf(
    method !== 0,
    "Encrypted",
    `is encrypted (${ENCRYPTION[method] ?? method}): a server boots from it only with the key`,
  );
}
