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
  if (!isUrl(location)) return location;
  const url = URL.canParse(location) ? new URL(location) : undefined;
  if (url === undefined || isOdd(url)) return maskedText(location);
  return `${url.protocol}//${shownUser(url)}${url.host}${url.pathname}${url.search === "" ? "" : "?..."}`;
}

/** A name alone may be a token. */
function shownUser({ username, password }: URL): string {
  if (username === "" && password === "") return "";
  return password === "" ? "...@" : `${username}:...@`;
}

/** Whether what looks like a host and a path may be the beginning of a password that has `/`, `?` or `#` in it. */
function isOdd({ username, password, port, pathname, search, hash }: URL): boolean {
  return `${username}${password}${port}` !== "" && `${pathname}${search}${hash}`.includes("@");
}

/** A URL that is not understood, without all that may be a password or a query. */
function maskedText(location: string): string {
  const start = location.slice(0, location.indexOf("://") + 3);
  const end = location.lastIndexOf("@");
  // what stands behind a question mark may be a query
  if (location.slice(0, Math.max(end, 0)).includes("?")) return `${start}...`;
  const rest = end < 0 ? location.slice(start.length) : `...@${location.slice(end + 1)}`;
  return `${start}${rest.replace(/\?.*$/s, "?...").replace(/#.*$/s, "")}`;
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
