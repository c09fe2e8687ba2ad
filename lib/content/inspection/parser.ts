/** A piece of the content that a parser asks for. */
export interface Range {
  readonly offset: number;
  readonly length: number;
}

/**
 * Looks at content without knowing where it lies: asks for ranges, and gets their bytes, fewer where the content ends. So one
 * parser serves a file that is read at once and a URL that is read over the network.
 */
export type Parser<T> = Generator<Range, T, Buffer>;

/** The most that a parser asks for at once, and how often: what a hostile file can cost. */
export const MAX_RANGE_BYTES = 64 * 1024;
export const MAX_RANGES = 32;

/** Bytes at an offset that may come from the file, zeros where there are none, so that whatever reads them stays inside. */
export function* bytesAt(offset: number, length: number): Parser<Buffer> {
  if (length === 0 || !Number.isSafeInteger(offset + length)) return Buffer.alloc(length);
  return filled(yield { offset, length }, length);
}

/** Zeros behind what is too short. */
export function filled(bytes: Buffer, length: number): Buffer {
  return bytes.length < length ? Buffer.concat([bytes], length) : bytes;
}

/** The parser, for content that is a part of other content. */
export function* within<T>(
  parser: Parser<T>,
  part: { readonly offset: number; readonly sizeBytes: number },
): Parser<T> {
  let next = parser.next();
  while (!next.done) {
    const offset = part.offset + next.value.offset;
    const length = Math.min(next.value.length, part.sizeBytes - next.value.offset);
    const isThere = length > 0 && Number.isSafeInteger(offset + length);
    next = parser.next(isThere ? yield { offset, length } : Buffer.alloc(0));
  }
  return next.value;
}

/** Runs a parser on what can be read at once. */
export function parse<T>(parser: Parser<T>, read: (range: Range) => Buffer): T {
  const limited = limit(parser);
  let next = limited.next();
  while (!next.done) next = limited.next(read(next.value));
  return next.value;
}

/** Runs a parser on what takes its time. */
export async function parseSlowly<T>(parser: Parser<T>, read: (range: Range) => Promise<Buffer>): Promise<T> {
  const limited = limit(parser);
  let next = limited.next();
  while (!next.done) next = limited.next(await read(next.value));
  return next.value;
}

/** Holds a parser to its limits, whatever the content made of it. */
function* limit<T>(parser: Parser<T>): Parser<T> {
  let next = parser.next();
  for (let count = 1; !next.done; count++) {
    const { offset, length } = next.value;
    if (count > MAX_RANGES || length > MAX_RANGE_BYTES || !Number.isSafeInteger(offset) || offset < 0)
      throw new Error(`a parser must stay within its limits, got range ${count} of ${length} bytes at ${offset}`);
    next = parser.next((yield next.value).subarray(0, length));
  }
  return next.value;
}
