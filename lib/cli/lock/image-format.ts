import type { Inspection } from "../../content/inspection/inspection";
import { printable } from "../printable";
import type { Source } from "./source";
import type { Work } from "./work";

/** What no image is. */
const NO_IMAGE = ["text", "empty"];
const PACKED = ["gz", "bz2", "xz", "zst", "zip", "lzma"];
/** What bytes are that do not say it: synth asks for the format then. */
const UNKNOWN = "unknown";

/** What a lock says of the disk that a guest sees. */
export interface ImageFormat {
  /** Glance's word, or `unknown`. */
  readonly diskFormat: string;
  readonly virtualSizeBytes?: number;
  readonly unsafe?: readonly string[];
}

type Declared = Pick<Source, "shown" | "packed" | "isDisk">;

/** What an image's bytes are. */
export function imageFormat(source: Declared, whole: Inspection, { note }: Pick<Work, "note">): ImageFormat {
  checkImage(whole);
  checkWhole(whole);
  const disk = diskIn(source, whole);
  const unsafe = new Set([...whole.findings, ...disk.findings].flatMap(unsafeText));
  for (const text of unsafe) note(`${source.shown}: UNSAFE ${text}`);
  for (const { code, message } of whole.findings) if (code === "HeadOnly") note(`${source.shown}: ${message}`);
  return {
    diskFormat: formatOf(source, disk, whole.format === "ova"),
    ...(disk.virtualSizeBytes === undefined ? {} : { virtualSizeBytes: disk.virtualSizeBytes }),
    ...(unsafe.size === 0 ? {} : { unsafe: [...unsafe] }),
  };
}

/** Throws for what no image is, such as the page that a server shows instead of one. */
export function checkImage({ format, findings }: Inspection): void {
  const no = findings.find(({ code }) => code === "NotAnImage" && NO_IMAGE.includes(format));
  if (no) throw new Error(no.message);
}

function checkWhole({ findings }: Inspection): void {
  const broken = findings.find(({ code }) => code === "Truncated");
  if (broken) throw new Error(broken.message);
}

/** The disk inside, of what is stored as it is around it. */
function diskIn({ packed }: Declared, whole: Inspection): Inspection {
  const isAround = whole.format === "ova" || (packed && PACKED.includes(whole.format));
  return (isAround && whole.inside) || whole;
}

function unsafeText({ severity, code, message }: Inspection["findings"][number]): string[] {
  return severity === "unsafe" ? [printable(`${code}: ${message}`)] : [];
}

function formatOf({ packed, isDisk }: Declared, disk: Inspection, isAppliance: boolean): string {
  const { format, diskFormat, details } = disk;
  // raw because it is nothing else is a guess
  if (diskFormat === "raw" && details.partitionTable === "none") return UNKNOWN;
  if (isDisk && isAppliance)
    throw new Error(
      "is an appliance (ova), and not declared so; give the image containerFormat: ContainerFormat.OVA, or the disk that is in it",
    );
  if (diskFormat !== undefined) return diskFormat;
  const isPacked = PACKED.includes(format);
  if (!isDisk || (isPacked && packed)) return UNKNOWN;
  if (isPacked)
    throw new Error(
      `is packed (${format}), and not declared so; ${details.unpack}, or give the image containerFormat: ContainerFormat.COMPRESSED if it is to stay packed`,
    );
  throw new Error(
    `is ${format}, for which Glance has no word; give a disk that it has one for, such as qemu-img convert -O qcow2 makes`,
  );
}
