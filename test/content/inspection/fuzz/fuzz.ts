import { createContext, Script } from "node:vm";
import * as fc from "fast-check";
import { textOf } from "../../../../lib/cli/report";
import { inspect } from "../../../../lib/content/inspection/inspect";
import type { Inspection } from "../../../../lib/content/inspection/inspection";
import { parse } from "../../../../lib/content/inspection/parser";

const MIB = 1024 ** 2;
const MAX_MS = 1000;
const MAX_GROWTH_MB = 64;

const guarded: { work?: () => void } = createContext({});
const WORK = new Script("work()");

/** Ends what does not end by itself. */
function inTime(work: () => void): void {
  guarded.work = work;
  WORK.runInContext(guarded, { timeout: MAX_MS });
}

/** What a run of many inputs came to. */
export interface FuzzReport {
  readonly inputs: number;
  readonly seconds: number;
  readonly slowestMs: number;
  readonly growthMb: number;
  /** The smallest input that broke a rule, and the rule. */
  readonly failure?: string;
}

/** A file as it is, but for some bytes and where it ends. */
interface Mutation {
  readonly seed: number;
  readonly patches: readonly { readonly at: number; readonly bytes: Uint8Array }[];
  /** How much is left, in thousandths. */
  readonly kept: number;
}

/** Numbers at which sums and shifts go wrong. */
const EDGES = [0n, 1n, 2n ** 31n, 2n ** 32n - 1n, 2n ** 53n - 1n, 2n ** 53n, 2n ** 63n, 2n ** 64n - 1n];

const edge = fc
  .tuple(fc.constantFrom(...EDGES), fc.constantFrom(2, 4, 8), fc.boolean())
  .map(([value, size, isLittle]) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64BE(value);
    const number = Uint8Array.from(bytes.subarray(8 - size));
    return isLittle ? number.reverse() : number;
  });

/** Mostly in headers, at a field as often as not. */
const place = fc.oneof(
  { weight: 4, arbitrary: fc.nat(127).map((field) => field * 4) },
  { weight: 2, arbitrary: fc.nat(1100) },
  { weight: 1, arbitrary: fc.nat(2 * MIB) },
  { weight: 1, arbitrary: fc.constantFrom(32768, 34816, 196608, 196616, 262144, -512, -1024, -1536) },
);

/** What makes an expression with two ways to match try all of them. */
const repeated = fc
  .tuple(
    fc.constantFrom("\n", " ", "\t", " \n", "#\n", "<!-- -->", "=", "a= ", "\r", '"'),
    fc.integer({ min: 1, max: 5000 }),
  )
  .map(([piece, count]) => Uint8Array.from(Buffer.from(piece.repeat(count))));

const content = fc.oneof(
  { weight: 1, arbitrary: repeated },
  { weight: 3, arbitrary: edge },
  { weight: 2, arbitrary: fc.uint8Array({ maxLength: 24 }) },
  { weight: 1, arbitrary: fc.string({ maxLength: 40 }).map((text) => Uint8Array.from(Buffer.from(text))) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(
        "QFI\xfb",
        "KDMV",
        "conectix",
        "vhdxfile",
        "\x1f\x8b\x08",
        "\x01CD001\x01",
        "ustar",
        "\x55\xaa",
        'createType="',
      )
      .map((magic) => Uint8Array.from(Buffer.from(magic, "latin1"))),
  },
);

/** What text parsers look for. */
const words = fc
  .constantFrom(
    "<html",
    "<!DOCTYPE html",
    "<!--",
    "-->",
    'createType="',
    "version=1",
    "RW 1 FLAT ",
    "parentFileNameHint=",
    "#",
    "ddb",
    "x",
  )
  .map((word) => Uint8Array.from(Buffer.from(word)));

function mutationOf(seeds: number): fc.Arbitrary<Mutation> {
  return fc.record({
    seed: fc.nat(seeds - 1),
    patches: fc.array(fc.record({ at: place, bytes: content }), { maxLength: 6 }),
    kept: fc.oneof({ weight: 3, arbitrary: fc.constant(1000) }, { weight: 1, arbitrary: fc.nat(1000) }),
  });
}

/** Reads a mutation without making a copy of the file. */
function readerOf(seed: Buffer, { patches, kept }: Mutation) {
  const size = Math.floor((seed.length * kept) / 1000);
  const read = ({ offset, length }: { offset: number; length: number }) => {
    const part = Buffer.from(seed.subarray(Math.min(offset, size), Math.min(offset + length, size)));
    for (const { at, bytes } of patches) {
      const start = (at < 0 ? size + at : at) - offset;
      bytes.forEach((byte, i) => {
        if (start + i >= 0 && start + i < part.length) part[start + i] = byte;
      });
    }
    return part;
  };
  return { size, read };
}

/** Throws when an inspection breaks a rule. */
function checkInspection({ sizeBytes, virtualSizeBytes, inside, ...rest }: Inspection): void {
  for (const size of [sizeBytes, virtualSizeBytes]) {
    if (size !== undefined && !(Number.isSafeInteger(size) && size >= 0)) throw new Error(`a size of ${size}`);
  }
  if (JSON.stringify(rest).length > MIB) throw new Error("an inspection of more than 1 MiB");
  if (inside) checkInspection(inside);
}

function failureOf<T>(result: fc.RunDetails<T>): string | undefined {
  return fc.defaultReportMessage(result);
}

/** Inspects as many mutations of the seeds, and bytes that are none, and reports the first that breaks a rule. */
export function fuzz(
  seeds: readonly Buffer[],
  inputs: number,
  seed: number,
  progress: (done: number) => void = () => {},
): FuzzReport {
  let done = 0;
  let slowestMs = 0;
  let growthMb = 0;
  const begin = performance.now();
  const heap = () => {
    global.gc?.();
    const { heapUsed, external } = process.memoryUsage();
    return (heapUsed + external) / MIB;
  };
  const before = heap();
  const tryOne = (size: number, read: ReturnType<typeof readerOf>["read"]) => {
    const start = performance.now();
    inTime(() => {
      const inspection = parse(inspect({ sizeBytes: size }), read);
      textOf("file", "file.img", inspection);
      checkInspection(inspection);
    });
    slowestMs = Math.max(slowestMs, performance.now() - start);
    if (++done % 10_000 !== 0) return;
    growthMb = Math.max(growthMb, heap() - before);
    if (growthMb > MAX_GROWTH_MB) throw new Error(`the heap grew by ${growthMb.toFixed()} MB`);
    progress(done);
  };
  const mutated = fc.property(mutationOf(seeds.length), (mutation) => {
    const { size, read } = readerOf(seeds[mutation.seed], mutation);
    tryOne(size, read);
  });
  const random = fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => {
    tryOne(bytes.length, ({ offset, length }) => Buffer.from(bytes.subarray(offset, offset + length)));
  });
  const text = fc.property(fc.array(fc.oneof(words, repeated), { maxLength: 8 }), (pieces) => {
    const bytes = Buffer.concat(pieces);
    tryOne(bytes.length, ({ offset, length }) => Buffer.from(bytes.subarray(offset, offset + length)));
  });
  const few = Math.floor(inputs / 20);
  const failure =
    failureOf(fc.check(mutated, { numRuns: inputs - 2 * few, seed })) ??
    failureOf(fc.check(random, { numRuns: few, seed })) ??
    failureOf(fc.check(text, { numRuns: few, seed }));
  growthMb = Math.max(growthMb, heap() - before);
  return {
    inputs: done,
    seconds: (performance.now() - begin) / 1000,
    slowestMs,
    growthMb,
    ...(failure === undefined ? {} : { failure }),
  };
}
