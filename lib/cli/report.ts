import { existsSync } from "node:fs";
import type { Detail, Inspection } from "../content/inspection/inspection";
import { qemuName } from "../content/inspection/qemu-names";
import { fileWord, shellWord } from "../content/shell-word";
import { bytesShown } from "./bytes-shown";

const GIB = 1024 ** 3;

/** The finding whose way out the conversion is, and that leads qemu-img into no other file. */
const MENDED = ["FormatRefused"];
/** What clouds rarely boot. */
const CONVERTED = ["vmdk", "vhd", "vhdx", "vdi", "qed", "qcow"];

/** The smallest root disk that holds the disk, in GiB; undefined when its size is not known. */
export function minDiskGb({ virtualSizeBytes }: Inspection): number | undefined {
  return virtualSizeBytes ? Math.ceil(virtualSizeBytes / GIB) : undefined;
}

/** An inspection as lines for people. The details may hold control characters of the file: whoever prints them escapes them. */
export function textOf(location: string, name: string | undefined, inspection: Inspection): string[] {
  const { format, sizeBytes, virtualSizeBytes, details, findings, inside } = inspection;
  const commands = conversion(name, inspection);
  const rows: [string, string | undefined][] = [
    ["format", format],
    ["size", size(sizeBytes)],
    ["virtual size", size(virtualSizeBytes)],
    ...Object.entries(details).map(([key, value]): [string, string | undefined] => [words(key), shown(key, value)]),
    ...declared(inspection).map((line): [string, string] => ["write", line]),
    ...commands.map((line): [string, string] => ["convert", line]),
    ["", commands.length > 0 ? caution(name, inspection) : undefined],
  ];
  return [
    location,
    ...rows.flatMap(([key, value]) => (value === undefined ? [] : [`  ${key.padEnd(16)} ${value}`])),
    ...findings.map(({ code, severity, message }) => `  ${severity.padEnd(16)} ${code}: ${message}`),
    ...(inside ? textOf("inside", insideName(name, inspection), inside).map((line) => `  ${line}`) : []),
  ];
}

/** The lines for the app, of what is to be uploaded. */
function declared(inspection: Inspection): string[] {
  const { diskFormat, findings } = inspection;
  const disk = minDiskGb(inspection);
  // a cloud would take it for another format than it says
  if (diskFormat === undefined || findings.some(({ code }) => code === "FooterOnly")) return [];
  return [
    `diskFormat: DiskFormat.${diskFormat.toUpperCase()},`,
    ...(disk === undefined ? [] : [`minDiskGb: ${disk},`]),
  ];
}

/** The commands that make qcow2 of a format that clouds rarely boot; none for what is unsafe, since qemu-img believes it and follows it into other files. */
function conversion(name: string | undefined, inspection: Inspection): string[] {
  if (name === undefined) return [];
  const { format } = inspection;
  const disk = unpackedDisk(inspection);
  // of two members of one name the first was looked at, and a file that is here already was not
  if (disk !== undefined) return [`tar -xkf ${fileWord(name)} -- ${shellWord(disk)}`];
  if (!CONVERTED.includes(format) || misleadsTools(inspection)) return [];
  return [
    `qemu-img convert -f ${qemuName(format)} -O qcow2 ${fileWord(name)} ${fileWord(otherThan(name, stem(name)))}`,
  ];
}

/** For whoever takes a disk with a name like `disk.img` for a raw one; a name that says another format is a finding. */
function caution(name = "", { format, findings }: Inspection): string | undefined {
  const isSaid = name.toLowerCase().endsWith(`.${format}`) || findings.some(({ code }) => code === "NameDiffers");
  return isSaid ? undefined : "a new name converts nothing, and neither does a copy with dd";
}

/** A file that is not there: qemu-img overwrites. */
function otherThan(name: string, otherStem: string): string {
  const other = `${otherStem}.qcow2`;
  return other === name || existsSync(other) ? otherThan(name, `${otherStem}-converted`) : other;
}

function misleadsTools({ findings }: Inspection): boolean {
  return findings.some(({ code, severity }) => severity === "unsafe" && !MENDED.includes(code));
}

/** The disk that is taken out of an archive; what a path in one leads to is left alone. */
function unpackedDisk(archive: Inspection): string | undefined {
  const { disk } = archive.details;
  return typeof disk !== "string" || disk.includes("/") || misleadsTools(archive) ? undefined : disk;
}

/** What is in it is called so once it is unpacked; undefined where it stays packed: a file here of that name is another one. */
function insideName(name: string | undefined, packed: Inspection): string | undefined {
  return packed.format === "ova" ? unpackedDisk(packed) : name && stem(name);
}

function stem(name: string): string {
  return name.replace(/\.[^./]*$/, "");
}

function size(bytes: number | undefined): string | undefined {
  if (bytes === undefined) return undefined;
  return bytes < 1024 ? bytesShown(bytes) : `${bytesShown(bytes)} (${bytes} bytes)`;
}

/** `clusterSizeBytes` as words. */
function words(key: string): string {
  return key.replace(/Bytes$/, "").replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function shown(key: string, value: Detail): string | undefined {
  if (key.endsWith("Bytes")) return size(Number(value));
  if (typeof value === "object") return value.length === 0 ? undefined : value.join(", ");
  return typeof value === "boolean" ? (value ? "yes" : "no") : String(value);
}
