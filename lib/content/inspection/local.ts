import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { inspect } from "./inspect";
import type { Inspection } from "./inspection";
import { parse } from "./parser";

/** Inspects a file. Throws what the operating system says, and when it is no file. */
export function inspectLocalFile(path: string): Inspection {
  // without waiting for the other end of a pipe
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stats = fstatSync(file);
    if (!stats.isFile()) throw new Error("it is not a regular file");
    return parse(inspect({ sizeBytes: stats.size }), ({ offset, length }) => {
      const bytes = Buffer.alloc(length);
      return bytes.subarray(0, readSync(file, bytes, 0, length, offset));
    });
  } finally {
    closeSync(file);
  }
}
