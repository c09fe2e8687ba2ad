import { beginsWith, times, u64le } from "./bytes";
import { type Finding, finding, findingIf, quoted } from "./finding";
import { type Format, type Found, type Probe, present } from "./inspection";
import { type Descriptor, isDescriptor, readDescriptor } from "./vmdk-descriptor";

const SECTOR_BYTES = 512;
/** Where a sparse file has its descriptor. */
const DESCRIPTOR_AT = 512;
/** What the head holds of it. Descriptors have 20 sectors, unless somebody wants to hide something. */
const MAX_DESCRIPTOR_BYTES = 63 * 1024;
const AT_END = 2n ** 64n - 1n;
const FOOTER_MARKER = 3;

/** The fields of a sparse header that a footer must repeat, by their place. */
const REPEATED = { version: [4, 8], capacity: [12, 20], grain: [20, 28], descriptor: [28, 44] } as const;

/** VMware's format, in its three shapes: sparse with a descriptor inside, the descriptor alone, and ESX's old one. */
export const VMDK: Format = {
  name: "vmdk",
  matches: ({ head }) => beginsWith(head, "KDMV") || beginsWith(head, "COWD") || isDescriptor(startOf(head)),
  inspect(probe) {
    const { head } = probe;
    if (beginsWith(head, "KDMV")) return sparse(probe);
    if (beginsWith(head, "COWD")) return oldSparse(head);
    const descriptor = readDescriptor(head);
    return { ...found(descriptor, descriptor.sizeBytes), findings: aloneFindings(descriptor) };
  },
};

/** A descriptor without a disk behind it has its data elsewhere, whatever it calls that. */
function aloneFindings({ findings, extents }: Descriptor): Finding[] {
  const isSaid = findings.some(({ code }) => code === "ExternalData");
  const files = extents.length > 0 ? `: ${quoted(extents.join(", "))}` : "";
  return [
    ...findings,
    ...findingIf(!isSaid, "ExternalData", `is a descriptor alone, and its data lies in other files${files}`),
  ];
}

/** As far as it is text. */
function startOf(head: Buffer): string {
  const end = head.indexOf(0);
  return head.toString("latin1", 0, Math.min(end < 0 ? head.length : end, 4096));
}

function found({ createType, parent, extents }: Descriptor, virtualSizeBytes: number): Omit<Found, "findings"> {
  return {
    format: "vmdk",
    diskFormat: "vmdk",
    virtualSizeBytes,
    details: { subformat: createType, extents, ...present({ parent }) },
  };
}

function sparse(probe: Probe): Found {
  const { head } = probe;
  const version = head.readUInt32LE(4);
  const isThere = u64le(head, 28) === DESCRIPTOR_AT / SECTOR_BYTES;
  const descriptorBytes = times(u64le(head, 36), SECTOR_BYTES);
  const descriptor = readDescriptor(
    head.subarray(
      DESCRIPTOR_AT,
      isThere ? DESCRIPTOR_AT + Math.min(descriptorBytes, MAX_DESCRIPTOR_BYTES) : DESCRIPTOR_AT,
    ),
  );
  return {
    ...found(descriptor, times(u64le(head, 12), SECTOR_BYTES)),
    findings: [
      ...findingIf(
        version < 1 || version > 3,
        "UnknownVersion",
        `version ${version} of vmdk is none that a cloud knows`,
      ),
      ...findingIf(!isThere, "DescriptorBroken", "has its descriptor where none is looked for, or none at all"),
      ...findingIf(
        isThere && descriptorBytes > MAX_DESCRIPTOR_BYTES,
        "DescriptorBroken",
        "has a descriptor that is too large to be one",
      ),
      ...descriptor.findings,
      ...findingIf(
        times(u64le(head, 64), SECTOR_BYTES) > (probe.sizeBytes ?? Number.POSITIVE_INFINITY),
        "Truncated",
        "ends before its tables do: a broken download or copy",
      ),
      ...footerFindings(probe),
    ],
  };
}

/** A file that was written in one go has its header again at the end, and that one counts. */
function footerFindings({ head, tail }: Probe): Finding[] {
  if (head.readBigUInt64LE(56) !== AT_END) return [];
  if (tail === undefined) return [finding("FooterDiffers", "has a footer that counts, and it cannot be read")];
  const [marker, footer, end] = [0, 1, 2].map((i) => tail.subarray(i * SECTOR_BYTES, (i + 1) * SECTOR_BYTES));
  const isMarked =
    marker.readUInt32LE(8) === 0 &&
    marker.readUInt32LE(12) === FOOTER_MARKER &&
    isZero(marker.subarray(16)) &&
    isZero(end);
  if (!isMarked || !beginsWith(footer, "KDMV") || footer.readBigUInt64LE(56) === AT_END)
    return [finding("FooterDiffers", "has no proper footer where its header says that there is one")];
  const other = Object.entries(REPEATED).filter(([, [from, to]]) => head.compare(footer, from, to, from, to) !== 0);
  return findingIf(
    other.length > 0,
    "FooterDiffers",
    `says one thing in its header and another in its footer: ${other.map(([name]) => name).join(", ")}`,
  );
}

function isZero(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0);
}

function oldSparse(head: Buffer): Found {
  return {
    format: "vmdk",
    diskFormat: "vmdk",
    virtualSizeBytes: times(head.readUInt32LE(12), SECTOR_BYTES),
    details: { subformat: "vmfsSparse", extents: [] },
    findings: [
      finding(
        "SubformatRefused",
        "is of a subformat of ESX, and clouds take streamOptimized and monolithicSparse only; convert it",
      ),
    ],
  };
}
