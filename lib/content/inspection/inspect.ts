import { ARCHIVE } from "./archive";
import { COMPRESSED } from "./compressed";
import { type Finding, findingIf } from "./finding";
import { type Format, HEAD_BYTES, type Inspection, type Packed, type Probe, present, TAIL_BYTES } from "./inspection";
import { ISO } from "./iso";
import { LUKS } from "./luks";
import { bytesAt, filled, type Parser, parse, type Range, within } from "./parser";
import { PARTITIONED } from "./partitions";
import { PLOOP } from "./ploop";
import { QCOW, QCOW2 } from "./qcow2";
import { QED } from "./qed";
import { EMPTY, TEXT } from "./text";
import { VDI } from "./vdi";
import { FIXED_VHD, VHD } from "./vhd";
import { VHDX } from "./vhdx";
import { VMDK } from "./vmdk";

/** The first that matches is what the bytes are. */
const FORMATS: readonly Format[] = [
  ...[EMPTY, QCOW2, QCOW, QED, VMDK, VHDX, VHD, FIXED_VHD, VDI, LUKS, PLOOP],
  ...[...COMPRESSED, ARCHIVE, ISO, PARTITIONED, TEXT],
];

/** What may be there besides: an ISO that also boots as a disk, the disk that a fixed vhd is, chance in packed bytes, a descriptor's text. */
const GOES_WITH = new Map<Format, readonly Format[]>([
  [ISO, [PARTITIONED]],
  [FIXED_VHD, [ISO, PARTITIONED]],
  [VMDK, [TEXT]],
  ...COMPRESSED.map((format): [Format, Format[]] => [format, [PARTITIONED]]),
]);

/** What is neither: the bytes of a disk. */
const RAW: Format = {
  name: "raw",
  matches: () => true,
  inspect({ sizeBytes }) {
    return {
      format: "raw",
      diskFormat: "raw",
      virtualSizeBytes: sizeBytes,
      details: { partitionTable: "none" },
      findings: [],
    };
  },
};

/** What is known before the first byte is read. */
export interface Content {
  readonly sizeBytes?: number;
  /** Why only the first bytes can be read; undefined when all can. */
  readonly headOnly?: string;
}

/** Says what content is, by its first bytes, and others where a format has something there. */
export function* inspect(content: Content): Parser<Inspection> {
  const [outer, packed] = yield* inspectOne(content);
  const inside = packed && (yield* inspectInside(packed, content));
  return inside ? { ...outer, inside } : outer;
}

/** What is packed in turn is not looked into. */
function* inspectInside(packed: Packed, { headOnly }: Content): Parser<Inspection | undefined> {
  if ("firstBytes" in packed) {
    const read = ({ offset, length }: Range) => packed.firstBytes.subarray(offset, offset + length);
    return parse(inspectOne({ headOnly: "the rest is still packed" }), read)[0];
  }
  if (headOnly !== undefined) return undefined;
  return (yield* within(inspectOne(packed), packed))[0];
}

function* inspectOne({ sizeBytes, headOnly }: Content): Parser<[Inspection, Packed | undefined]> {
  const start = yield { offset: 0, length: HEAD_BYTES };
  const tail = headOnly === undefined && sizeBytes !== undefined ? yield* tailOf(sizeBytes) : undefined;
  const probe: Probe = { head: filled(start, HEAD_BYTES), headLength: start.length, tail, sizeBytes };
  const matching = FORMATS.filter((each) => each.matches(probe));
  const result = (matching[0] ?? RAW).inspect(probe);
  const { inside, virtualSizeBytes = Number.NaN, ...found } = "next" in result ? yield* result : result;
  const findings = [...found.findings, ...generalFindings(probe, matching, virtualSizeBytes, headOnly)];
  return [
    {
      ...found,
      ...present({ sizeBytes, virtualSizeBytes: Number.isFinite(virtualSizeBytes) ? virtualSizeBytes : undefined }),
      // of what cannot be read nothing can be missed
      findings: headOnly === undefined ? findings : findings.filter(({ code }) => code !== "Truncated"),
    },
    inside,
  ];
}

function* tailOf(sizeBytes: number): Parser<Buffer> {
  const length = Math.min(sizeBytes, TAIL_BYTES);
  const bytes = yield* bytesAt(sizeBytes - length, length);
  return Buffer.concat([Buffer.alloc(TAIL_BYTES - length), bytes]);
}

/** What is asked of every format. */
function generalFindings(
  { headLength, sizeBytes = 0 }: Probe,
  [format, ...others]: readonly Format[],
  virtualSize: number,
  headOnly: string | undefined,
): Finding[] {
  const strange = others.filter((other) => !GOES_WITH.get(format)?.includes(other));
  const names = [format, ...strange].map((each) => each?.name);
  return [
    ...findingIf(
      strange.length > 0,
      "SeveralFormats",
      `is several formats at once (${names.join(", ")}): what one program checks is not what another one opens`,
    ),
    ...findingIf(
      virtualSize === Number.POSITIVE_INFINITY,
      "VirtualSizeTooLarge",
      "says that its disk is larger than any disk can be",
    ),
    ...findingIf(
      headLength < Math.min(sizeBytes, HEAD_BYTES),
      "Truncated",
      "ends before it should: a broken download or copy",
    ),
    ...findingIf(headOnly !== undefined, "HeadOnly", `was judged by its first bytes alone: ${headOnly}`),
  ];
}
