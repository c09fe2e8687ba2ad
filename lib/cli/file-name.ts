import { basename } from "node:path";
import { type Finding, finding } from "../content/inspection/finding";
import type { Inspection } from "../content/inspection/inspection";

/** What a name ends in, and the format that this says. `.img` says nothing: Ubuntu's and CirrOS's are qcow2. */
const ENDINGS = new Map([
  ...["qcow2", "raw", "iso", "vmdk", "vhd", "vhdx", "vdi", "qed", "luks", "ova", "tar"].map(
    (same) => [same, same] as const,
  ),
  ...["gz", "bz2", "xz", "zst", "zip", "lzma"].map((same) => [same, same] as const),
  ["vpc", "vhd"],
  ["hds", "ploop"],
]);

export function isUrl(location: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(location);
}

/** A location to print: a password and a query, which may hold a signature, stay secret. */
export function shownLocation(location: string): string {
  if (!isUrl(location) || !URL.canParse(location)) return location;
  const url = new URL(location);
  const user = url.username === "" ? "" : `${url.username}:...@`;
  return `${url.protocol}//${user}${url.host}${url.pathname}${url.search === "" ? "" : "?..."}`;
}

/** The name of the file, without folders. */
export function lastName(location: string): string {
  if (!isUrl(location)) return basename(location);
  const last = new URL(location).pathname.split("/").at(-1) ?? "";
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

/** The finding for a name that says another format than the bytes. */
export function nameFindings(name: string, { format, diskFormat }: Inspection): Finding[] {
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1].toLowerCase() ?? "";
  const said = ENDINGS.get(ending);
  if (said === undefined || [format, diskFormat].includes(said)) return [];
  return [
    finding(
      "NameDiffers",
      `is ${format}, though its name ends in .${ending}: a new name converts nothing, and neither does a copy with dd`,
    ),
  ];
}
