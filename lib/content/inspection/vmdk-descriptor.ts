import { times } from "./bytes";
import { backingFinding, type Finding, findingIf, quoted } from "./finding";

/** The variants that OpenStack takes: all in one file. */
const TAKEN = ["monolithicsparse", "streamoptimized"];
const NO_PARENT = "ffffffff";
const SECTOR_BYTES = 512;

/** A word of access, the sectors, the type, and the file that holds them. */
const EXTENT = /^(?:rw|rdonly|noaccess)\s+(\d+)\s+(\w+)(?:\s+"([^"]*)")?/i;
const IGNORED = /^($|#|ddb)/i;

/** What the text of a VMware disk says. */
export interface Descriptor {
  readonly createType: string;
  /** Whether clouds take such a subformat. */
  readonly isTaken: boolean;
  readonly parent?: string;
  /** The files that hold the data, as the text names them. */
  readonly extents: readonly string[];
  /** Of all extents. */
  readonly sizeBytes: number;
  readonly findings: readonly Finding[];
}

/** Whether bytes that begin like text are such a descriptor. */
export function isDescriptor(text: string): boolean {
  const first = text.split("\n").find((line) => !IGNORED.test(line.trim())) ?? "";
  return /^[ \t]*createType[ \t]*=[ \t]*"/im.test(text) || /^version=[123]\r?$/.test(first);
}

/** Reads a descriptor, up to the NUL that ends it. */
export function readDescriptor(bytes: Buffer): Descriptor {
  const end = bytes.indexOf(0);
  const text = bytes.toString("latin1", 0, end < 0 ? bytes.length : end);
  const lines = text.split("\n").map((line) => line.trim());
  const extents = lines.map((line) => EXTENT.exec(line)).filter((extent) => extent !== null);
  const files = extents.map(([, , , file]) => file ?? "").filter((file) => file !== "");
  const fields = new Map(lines.map(fieldOf).filter((field) => field !== undefined));
  const createType = fields.get("createtype") ?? "";
  const isTaken = TAKEN.includes(createType.toLowerCase());
  const parent = parentOf(text, fields);
  const outside = extents.map(({ input }) => input).find((line) => /[/\\]/.test(line));
  const strange = lines.find((line) => !IGNORED.test(line) && !fieldOf(line) && !EXTENT.test(line));
  return {
    createType,
    isTaken,
    parent,
    extents: files,
    sizeBytes: times(
      extents.reduce((sum, [, sectors]) => sum + Number(sectors), 0),
      SECTOR_BYTES,
    ),
    findings: [
      ...backingFinding(parent),
      ...findingIf(
        !isTaken,
        "SubformatRefused",
        `is of the subformat ${quoted(createType)}, and clouds take streamOptimized and monolithicSparse only; convert it`,
      ),
      ...findingIf(
        extents.length > 1 || outside !== undefined,
        "ExternalData",
        `has data in other files of the machine that opens it: ${quoted(outside ?? files.join(", "))}`,
      ),
      // who searches the text finds the first, also in a comment
      ...findingIf(
        (text.match(/createType\s*=/gi) ?? []).length > 1,
        "DescriptorBroken",
        "has a descriptor that says its subformat more than once",
      ),
      ...findingIf(extents.length === 0, "DescriptorBroken", "has a descriptor without extents"),
      ...findingIf(
        strange !== undefined,
        "DescriptorBroken",
        `has a line in its descriptor that means nothing: ${quoted(strange ?? "")}`,
      ),
      // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what is asked for
      ...findingIf(/[^\x00-\x7f]/.test(text), "DescriptorBroken", "has a descriptor that is not plain ASCII"),
    ],
  };
}

/** A line with a word, `=` and a value, which may be in quotes. */
function fieldOf(line: string): [string, string] | undefined {
  const at = line.indexOf("=");
  const key = line.slice(0, Math.max(at, 0)).trimEnd();
  return key === "" || /\s/.test(key)
    ? undefined
    : [
        key.toLowerCase(),
        line
          .slice(at + 1)
          .trim()
          .replace(/^"|"$/g, ""),
      ];
}

/** What the disk continues; qemu-img finds it wherever it stands in the text. */
function parentOf(text: string, fields: Map<string, string>): string | undefined {
  const hint = /parentFileNameHint\s*=?\s*"?([^"\n]*)/i.exec(text)?.[1];
  const id = fields.get("parentcid") ?? NO_PARENT;
  return hint ?? (id.toLowerCase() === NO_PARENT ? undefined : "");
}
