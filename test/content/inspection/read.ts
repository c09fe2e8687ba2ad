import { type Content, inspect } from "../../../lib/content/inspection/inspect";
import type { Inspection } from "../../../lib/content/inspection/inspection";
import { parse, type Range } from "../../../lib/content/inspection/parser";

/** Inspects bytes that are at hand. */
export function inspectBytes(bytes: Buffer, known: Content = { sizeBytes: bytes.length }): Inspection {
  return parse(inspect(known), ({ offset, length }) => bytes.subarray(offset, offset + length));
}

/** The same, and what was asked for. */
export function rangesFor(bytes: Buffer): Range[] {
  const ranges: Range[] = [];
  parse(inspect({ sizeBytes: bytes.length }), (range) => {
    ranges.push(range);
    return bytes.subarray(range.offset, range.offset + range.length);
  });
  return ranges;
}

/** The findings' codes, those of what is inside behind. */
export function codesOf({ findings, inside }: Inspection): string[] {
  return [...findings.map(({ code }) => code), ...(inside ? codesOf(inside) : [])];
}
