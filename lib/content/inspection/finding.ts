import { printable } from "./printable";

/** What a cloud refuses, or should; or what is worth knowing. */
export type Severity = "unsafe" | "notice";

/** Every finding there is. `docs/guide/inspect.md` says what to do about each. */
const SEVERITIES = {
  BackingFile: "unsafe",
  DescriptorBroken: "unsafe",
  ExternalData: "unsafe",
  FooterDiffers: "unsafe",
  FormatRefused: "unsafe",
  HeaderBroken: "unsafe",
  NotAnImage: "unsafe",
  PartitionTableBroken: "unsafe",
  SeveralFormats: "unsafe",
  SubformatRefused: "unsafe",
  Truncated: "unsafe",
  UnknownFeature: "unsafe",
  UnknownVersion: "unsafe",
  VirtualSizeTooLarge: "unsafe",
  Encrypted: "notice",
  FooterOnly: "notice",
  HeadOnly: "notice",
  InternalSnapshots: "notice",
  NameDiffers: "notice",
  NotLookedInto: "notice",
} as const satisfies Record<string, Severity>;

export type FindingCode = keyof typeof SEVERITIES;

export const FINDING_CODES = Object.keys(SEVERITIES) as FindingCode[];

/** One thing that the bytes say about the image. The message may hold text of the file, but nothing that steers a terminal. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly message: string;
}

export function finding(code: FindingCode, message: string): Finding {
  // JSON's quotes leave half of the control characters and what turns the direction of text
  return { code, severity: SEVERITIES[code], message: printable(message) };
}

/** The finding when the condition holds, to be spread into a list. */
export function findingIf(condition: boolean, code: FindingCode, message: string): Finding[] {
  return condition ? [finding(code, message)] : [];
}

/** Of every format that can have one. */
export function backingFinding(name: string | undefined, format?: string): Finding[] {
  const as = format === undefined ? "" : ` (${format})`;
  return findingIf(
    name !== undefined,
    "BackingFile",
    `reads what it does not hold from the backing file ${quoted(name ?? "")}${as}: a file of the machine that opens it`,
  );
}

/** Text of the file in a message: in quotes, and shortened when it is long. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 200 ? `${text.slice(0, 200)}...` : text);
}
