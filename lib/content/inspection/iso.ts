import { beginsWith } from "./bytes";
import { findingIf } from "./finding";
import { type Format, type Probe, present } from "./inspection";

const FIRST_AT = 32 * 1024;
const SECTOR_BYTES = 2048;
const IDS = ["CD001", "BEA01", "NSR02", "NSR03", "TEA01", "BOOT2"];
const [BOOT_RECORD, PRIMARY] = [0, 1];

/** An optical disc, ISO 9660 or UDF: a guest sees the file as it is. */
export const ISO: Format = {
  name: "iso",
  matches: (probe) => descriptorsOf(probe).length > 0,
  inspect(probe) {
    const { sizeBytes } = probe;
    const descriptors = descriptorsOf(probe);
    const isType = (type: number) => (bytes: Buffer) => beginsWith(bytes, "CD001", 1) && bytes[0] === type;
    const primary = descriptors.find(isType(PRIMARY));
    const volumeSize = primary && primary.readUInt32LE(80) * primary.readUInt16LE(128);
    return {
      format: "iso",
      diskFormat: "iso",
      virtualSizeBytes: sizeBytes,
      details: {
        filesystems: [
          ...(primary ? ["iso9660"] : []),
          ...(descriptors.some((bytes) => beginsWith(bytes, "NSR0", 1)) ? ["udf"] : []),
        ],
        ...present({
          volumeId: primary?.toString("latin1", 40, 72).split("\0", 1)[0].trim(),
          volumeSizeBytes: volumeSize,
        }),
        boots: descriptors.filter(isType(BOOT_RECORD)).some((bytes) => beginsWith(bytes, "EL TORITO SPECIFICATION", 7)),
      },
      findings: findingIf(
        volumeSize !== undefined && sizeBytes !== undefined && volumeSize > sizeBytes,
        "Truncated",
        `holds a volume of ${volumeSize} bytes, and ends before it does: a broken download or copy`,
      ),
    };
  },
};

/** The volume's descriptors, one a sector, as far as the head goes. */
function descriptorsOf({ head }: Probe): Buffer[] {
  const found: Buffer[] = [];
  for (let at = FIRST_AT; at < head.length; at += SECTOR_BYTES) {
    if (!IDS.includes(head.toString("latin1", at + 1, at + 6))) break;
    found.push(head.subarray(at, at + SECTOR_BYTES));
  }
  return found;
}
