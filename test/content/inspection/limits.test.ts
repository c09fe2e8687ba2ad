import { MAX_RANGE_BYTES, MAX_RANGES, type Parser, parse, parseSlowly } from "../../../lib/content/inspection/parser";
import { CONTENTS, le, member, ova, qcow2, vmdk } from "./contents";
import { inspectBytes, rangesFor } from "./read";

const bytesOf = (ranges: readonly { readonly length: number }[]) => ranges.reduce((sum, { length }) => sum + length, 0);

test.each(Object.entries(CONTENTS))("asks for a few small ranges of %s", (_, bytes) => {
  const ranges = rangesFor(bytes);
  expect(ranges.length).toBeLessThanOrEqual(8);
  expect(Math.max(...ranges.map(({ length }) => length))).toBeLessThanOrEqual(MAX_RANGE_BYTES);
});

test("asks for two ranges of most disks: the first 64 KiB and the last sectors", () => {
  expect(rangesFor(qcow2())).toStrictEqual([
    { offset: 0, length: 65536 },
    { offset: 262144 - 1536, length: 1536 },
  ]);
});

test("stops counting the members of an archive", () => {
  const archive = Buffer.concat([
    member("a.ovf", Buffer.from("x")),
    ...Array(1000).fill(member("b.xml", Buffer.from("x"))),
  ]);
  const ranges = rangesFor(archive);
  expect(ranges.length).toBeLessThanOrEqual(MAX_RANGES);
  expect(bytesOf(ranges)).toBeLessThan(100_000);
  expect(inspectBytes(archive).details.members).toHaveLength(16);
});

test("unpacks no more of a bomb than its first bytes", () => {
  const { gzipSync } = jest.requireActual<typeof import("node:zlib")>("node:zlib");
  const bomb = gzipSync(Buffer.alloc(256 * 1024 * 1024), { level: 9 });
  const before = process.memoryUsage().rss;
  expect(inspectBytes(bomb).inside).toMatchObject({ format: "raw" });
  expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
});

test("reads nothing within an appliance that is not its member's", () => {
  const archive = ova(Buffer.from("short"), "disk.vmdk");
  expect(inspectBytes(archive).inside).toMatchObject({ format: "text", sizeBytes: 5 });
});

/** Asks for what no parser may ask for. */
function* greedy(range: { offset: number; length: number }, count: number): Parser<number> {
  for (let i = 0; i < count; i++) yield range;
  return count;
}

test.each([
  ["too much at once", { offset: 0, length: MAX_RANGE_BYTES + 1 }, 1],
  ["too often", { offset: 0, length: 1 }, MAX_RANGES + 1],
  ["before the beginning", { offset: -1, length: 1 }, 1],
  ["where no number leads", { offset: 2 ** 60, length: 1 }, 1],
])("fails when a parser asks for %s", async (_, range, count) => {
  const message = /^a parser must stay within its limits, got range \d+ of \d+ bytes at -?\d+$/;
  expect(() => parse(greedy(range, count), () => Buffer.alloc(0))).toThrow(message);
  await expect(parseSlowly(greedy(range, count), async () => Buffer.alloc(0))).rejects.toThrow(message);
});

test("hands a parser no more than it asked for", () => {
  function* one(): Parser<number> {
    return (yield { offset: 0, length: 3 }).length;
  }
  expect(parse(one(), () => Buffer.alloc(100))).toBe(3);
});

test("gives the same over a slow reader", async () => {
  const { inspect } = await import("../../../lib/content/inspection/inspect");
  for (const bytes of Object.values(CONTENTS)) {
    const read = async ({ offset, length }: { offset: number; length: number }) =>
      bytes.subarray(offset, offset + length);
    expect(await parseSlowly(inspect({ sizeBytes: bytes.length }), read)).toStrictEqual(inspectBytes(bytes));
  }
});

test.each(["\n", " ", "a=   ", "#\n", "<!-- -->", "RW 1 ", "createType = "])(
  "does not try all ways to read %j over and over",
  (piece) => {
    const begin = performance.now();
    inspectBytes(Buffer.from(`${piece.repeat(20_000).slice(0, 60_000)}\rx`));
    inspectBytes(vmdk({}, `createType="monolithicSparse"\n${piece.repeat(20_000).slice(0, 60_000)}\rx`));
    expect(performance.now() - begin).toBeLessThan(1000);
  },
);

test("follows no offset that a header gives beyond what numbers hold", () => {
  const bytes = qcow2({ 8: le(8, 2n ** 64n - 1n), 16: Buffer.alloc(4, 0xff) });
  expect(rangesFor(bytes)).toHaveLength(2);
});
