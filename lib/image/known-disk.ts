import type { Inspection } from "../content/inspection/inspection";
import { qemuName } from "../content/inspection/qemu-names";
import { LOCK_FILE, type LockedImage } from "../content/lock-file";
import { fileWord } from "../content/shell-word";
import { warn } from "../core/checks";
import { InvalidInput, shown } from "../core/errors";
import { isKnown } from "../core/known";
import type { IConstruct } from "../framework";
import { withoutCompression } from "./compression";
import { ContainerFormat } from "./container-format";
import { DiskFormat } from "./disk-format";

/** What the bytes of a source are known to be: by a look at the file, or by the lock. */
export interface KnownDisk {
  /** Glance's word where it has one, else the inspection's. */
  readonly format: string;
  /** Who says it, when it is not the file at hand. */
  readonly by?: string;
  /** Whether the bytes say so themselves, and not only nothing else. */
  readonly isCertain: boolean;
  /** Of the disk that a guest sees. */
  readonly virtualSizeBytes?: number;
  /** What clouds refuse of it, or should. */
  readonly unsafe: readonly string[];
}

/** What a boot loader takes: bytes that say little of themselves. */
const PARTS = [DiskFormat.AMI, DiskFormat.AKI, DiskFormat.ARI].map(({ value }) => value);
const GIB = 1024 ** 3;

/** What is known of a file, or of the disk in it when it stays packed. */
export function knownByBytes({ inside, ...whole }: Inspection, isPacked: boolean): KnownDisk {
  const { format, diskFormat, details, virtualSizeBytes, findings } = (isPacked && inside) || whole;
  const isCertain = diskFormat !== undefined && (diskFormat !== "raw" || details.partitionTable !== "none");
  const unsafe = findings
    .filter(({ severity }) => severity === "unsafe")
    .map(({ code, message }) => `${code}: ${message}`);
  return { format: diskFormat ?? format, isCertain, virtualSizeBytes, unsafe };
}

/** What the lock knows, which looked at the bytes. What it could not tell may be raw. */
export function knownByLock({ diskFormat, virtualSizeBytes, unsafe = [] }: LockedImage): KnownDisk {
  const isCertain = diskFormat !== "unknown";
  return { format: isCertain ? diskFormat : "raw", by: LOCK_FILE, isCertain, virtualSizeBytes, unsafe };
}

/** The format: the one declared, which must be that of the bytes, else what bytes or ending say. Nothing is raw because it is unknown. */
export function diskFormatOf(scope: IConstruct, location: string, given?: DiskFormat, known?: KnownDisk): DiskFormat {
  const declared = given ?? formatByEnding(location);
  if (declared) return declared;
  if (known?.isCertain) return DiskFormat.custom(known.format);
  throw new InvalidInput(
    "DiskFormatMissing",
    scope,
    `'diskFormat' must be given when neither the source's bytes nor its ending tell it, got ${shown(location)}; ` +
      "for the .img of Ubuntu or CirrOS it is DiskFormat.QCOW2; npx openstack-images inspect says it of any, and npx openstack-images lock " +
      "notes it",
  );
}

/** Refuses bytes that are something else than declared, and warns of what clouds refuse. */
export function checkBytes(
  scope: IConstruct,
  location: string,
  disk: DiskFormat,
  container: ContainerFormat,
  known: KnownDisk,
  isGiven: boolean,
): void {
  if (!describesDisk(disk, container)) return;
  const { format, by, unsafe } = known;
  if (format !== disk.value && !mayBeRaw(disk, known)) {
    throw new InvalidInput(
      "DiskFormatWrong",
      scope,
      `'diskFormat' must say what the bytes are, got ${shown(disk.value)} ${isGiven ? "for" : "by the ending of"} ${shown(location)}, which are ` +
        `${format}${by ? ` by ${by}` : ""} (a new name or dd converts nothing); ${wayOut(location, disk, known)}`,
    );
  }
  for (const finding of unsafe)
    warn(scope, "ImageUnsafe", `${shown(location)}: ${finding}; clouds refuse it, or should`);
}

/** The smallest root disk for it, in GiB; undefined when that is not known. */
export function minDiskGbOf(disk: DiskFormat, container: ContainerFormat, known?: KnownDisk): number | undefined {
  if (!known?.virtualSizeBytes || !describesDisk(disk, container)) return undefined;
  return Math.ceil(known.virtualSizeBytes / GIB);
}

/** Whether the format says what a disk is: not of an appliance, nor of what boots one. */
function describesDisk(disk: DiskFormat, container: ContainerFormat): boolean {
  if (!isKnown(disk.value) || !isKnown(container.value) || PARTS.includes(disk.value)) return false;
  return [ContainerFormat.BARE, ContainerFormat.COMPRESSED].some(({ value }) => value === container.value);
}

/** Raw bytes may be anything that no format claims: an encrypted disk, even a text. */
function mayBeRaw(disk: DiskFormat, { format }: KnownDisk): boolean {
  return disk.value === "raw" && ["luks", "text"].includes(format);
}

function wayOut(location: string, disk: DiskFormat, { format, isCertain, unsafe }: KnownDisk): string {
  const [from, to] = [qemuName(format), qemuName(disk.value)];
  const isHere = !/^https?:/i.test(location) && withoutCompression(location) === location;
  const command = isHere
    ? `: qemu-img convert -f ${from} -O ${to} ${fileWord(location)} ${fileWord(`${location}.${disk.value}`)}`
    : "";
  // which might read other files of this machine
  const converted = from && to && unsafe.length === 0 && `convert it${command}`;
  const declared = isCertain ? `use DiskFormat.${format.toUpperCase()}` : undefined;
  if (!isCertain && format !== "raw") return "give the image itself";
  return [declared, converted].filter(Boolean).join(", or ") || "leave 'diskFormat' out";
}

function formatByEnding(location: string): DiskFormat | undefined {
  if (!isKnown(location)) return undefined;
  const ending = /\.(qcow2|raw|iso|vmdk|vhdx?|vdi)(?:\?.*)?$/i.exec(withoutCompression(location))?.[1];
  return ending === undefined ? undefined : DiskFormat.custom(ending.toLowerCase());
}
