import type { Finding } from "./finding";
import type { Parser } from "./parser";

export type Detail = string | number | boolean | readonly string[];

/** What the bytes are. */
export interface Inspection {
  /** The format: Glance's word where it has one, else `qcow`, `qed`, `luks`, `ova`, `tar`, `gz`, `bz2`, `xz`, `zst`, `zip`, `lzma`, `text` or `empty`. */
  readonly format: string;
  /** What to declare as `disk_format`; undefined when no word of Glance's is right. */
  readonly diskFormat?: string;
  /** Of the file. */
  readonly sizeBytes?: number;
  /** Of the disk that a guest sees; undefined when it is not known. */
  readonly virtualSizeBytes?: number;
  /** What else the format says of itself; the keys depend on the format. */
  readonly details: Readonly<Record<string, Detail>>;
  readonly findings: readonly Finding[];
  /** The disk in what is packed. Its findings stand here and count. */
  readonly inside?: Inspection;
}

/** What every format is recognized by. */
export interface Probe {
  /** The first `HEAD_BYTES`, filled with zeros. */
  readonly head: Buffer;
  /** The last `TAIL_BYTES`, with zeros in front; undefined when they cannot be read. */
  readonly tail?: Buffer;
  /** How many bytes of the head there are. */
  readonly headLength: number;
  readonly sizeBytes?: number;
}

export const HEAD_BYTES = 64 * 1024;
export const TAIL_BYTES = 3 * 512;

/** Where a packed disk lies, or its first bytes when they had to be unpacked. */
export type Packed = { readonly offset: number; readonly sizeBytes: number } | { readonly firstBytes: Buffer };

/** What one format's parser finds. */
export interface Found extends Omit<Inspection, "inside" | "sizeBytes"> {
  /** Infinite when the format says more than a number holds exactly. */
  readonly virtualSizeBytes?: number;
  readonly inside?: Packed;
}

export interface Format {
  /** What it is called when several are recognized. */
  readonly name: string;
  matches(probe: Probe): boolean;
  /** Asks for ranges where head and tail are not enough. */
  inspect(probe: Probe): Found | Parser<Found>;
}

/** The entries that have a value. */
export function present<T>(entries: Record<string, T | undefined>): Record<string, T> {
  return Object.fromEntries(Object.entries(entries).filter((entry): entry is [string, T] => entry[1] !== undefined));
}
