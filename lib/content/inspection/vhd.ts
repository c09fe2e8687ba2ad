import { beginsWith, u64be } from "./bytes";
import { backingFinding, findingIf } from "./finding";
import { type Format, type Found, type Probe, present } from "./inspection";
import { bytesAt, type Parser } from "./parser";

const MAGIC = "conectix";
const FOOTER_BYTES = 512;
const TYPE_AT = 60;
const CHECKSUM_AT = 64;
const FIXED = 2;
const TYPES: Record<number, string> = { [FIXED]: "fixed", 3: "dynamic", 4: "differencing" };

/** Hyper-V's older format, also called VPC: blocks behind a copy of the footer. */
export const VHD: Format = {
  name: "vhd",
  matches: (probe) => footerOf(probe) !== undefined && !isPlain(probe),
  inspect,
};

/** Its fixed kind: a plain disk, which may be anything that a disk is, and the footer. */
export const FIXED_VHD: Format = { name: "vhd", matches: isPlain, inspect };

function isPlain(probe: Probe): boolean {
  return !beginsWith(probe.head, MAGIC) && footerOf(probe)?.readUInt32BE(TYPE_AT) === FIXED;
}

function* inspect(probe: Probe): Parser<Found> {
  const footer = footerOf(probe) ?? Buffer.alloc(FOOTER_BYTES);
  const type = footer.readUInt32BE(TYPE_AT);
  const parent = type === 4 ? yield* parentName(u64be(footer, 16)) : undefined;
  return {
    format: "vhd",
    diskFormat: "vhd",
    virtualSizeBytes: u64be(footer, 48),
    details: { subformat: TYPES[type] ?? `unknown (${type})`, ...present({ parent }) },
    findings: [
      ...backingFinding(parent),
      ...findingIf(!(type in TYPES), "UnknownFeature", `is of type ${type}, which the format does not have`),
      ...findingIf(
        footer.readUInt32BE(CHECKSUM_AT) !== checksum(footer),
        "HeaderBroken",
        "has a footer whose checksum is wrong: a broken download or copy, or changed by hand",
      ),
      ...findingIf(
        type !== FIXED && probe.tail !== undefined && !beginsWith(probe.tail.subarray(-FOOTER_BYTES), MAGIC),
        "Truncated",
        "lacks the footer at its end: a broken download or copy",
      ),
      ...findingIf(
        !beginsWith(probe.head, MAGIC),
        "FooterOnly",
        "is marked as vhd at its end only, where neither qemu-img nor a cloud looks: they take it for raw, and so refuse it as vhd; convert it",
      ),
    ],
  };
}

function footerOf({ head, tail }: Probe): Buffer | undefined {
  return [head, tail?.subarray(-FOOTER_BYTES)]
    .find((bytes) => bytes && beginsWith(bytes, MAGIC))
    ?.subarray(0, FOOTER_BYTES);
}

/** The complement of the sum of all bytes but its own. */
function checksum(footer: Buffer): number {
  const others = footer.filter((_, at) => at < CHECKSUM_AT || at >= CHECKSUM_AT + 4);
  return ~others.reduce((sum, byte) => sum + byte, 0) >>> 0;
}

/** Of the header that only files with blocks have. */
function* parentName(headerAt: number): Parser<string> {
  const header = yield* bytesAt(headerAt, 1024);
  if (!beginsWith(header, "cxsparse")) return "";
  return Buffer.from(header.subarray(64, 64 + 512))
    .swap16()
    .toString("utf16le")
    .split("\0", 1)[0];
}
