/** A 64-bit number, little end first; infinite when it is larger than a number holds exactly. */
export function u64le(bytes: Buffer, at: number): number {
  return exact(Number(bytes.readBigUInt64LE(at)));
}

/** A 64-bit number, big end first; infinite when it is larger than a number holds exactly. */
export function u64be(bytes: Buffer, at: number): number {
  return exact(Number(bytes.readBigUInt64BE(at)));
}

/** A count of units in bytes; infinite when it is larger than a number holds exactly. */
export function times(count: number, unit: number): number {
  return exact(count * unit);
}

function exact(value: number): number {
  return Number.isSafeInteger(value) ? value : Number.POSITIVE_INFINITY;
}

/** Text of at most `length` bytes, up to the first NUL. */
export function textAt(bytes: Buffer, at: number, length: number): string {
  return bytes
    .subarray(at, at + length)
    .toString("utf8")
    .split("\0", 1)[0];
}

export function beginsWith(bytes: Buffer, magic: string, at = 0): boolean {
  return bytes.toString("latin1", at, at + magic.length) === magic;
}
