import { Progress } from "../../lib/content/progress";

const GIB = 1024 ** 3;

function shown(sizeBytes: number, isTTY: boolean | undefined, steps: number[]): string {
  let text = "";
  const output = { isTTY, write: (part: string) => (text += part) } as unknown as NodeJS.WriteStream;
  const progress = new Progress("disk.raw", sizeBytes, output);
  for (const step of steps) progress.advance(step);
  progress.end();
  return text;
}

test("a terminal shows how far the reading of a large file is, once a percent", () => {
  expect(shown(2 * GIB, true, [GIB / 2, 1, GIB / 2, GIB - 1])).toBe(
    "\rreading disk.raw (2.0 GiB): 25 %\rreading disk.raw (2.0 GiB): 50 %\rreading disk.raw (2.0 GiB): 100 %\n",
  );
});

test("a file of just over 1 GiB is shown", () => {
  expect(shown(GIB + 1, true, [GIB + 1])).toBe("\rreading disk.raw (1.0 GiB): 100 %\n");
});

test.each([
  ["a file of 1 GiB", GIB, true],
  ["an empty file", 0, true],
  ["output that is no terminal", 2 * GIB, false],
  ["output that does not say what it is", 2 * GIB, undefined],
])("nothing is shown for %s", (_, size, isTTY) => {
  expect(shown(size, isTTY, [size])).toBe("");
});

test("standard error is what it shows on", () => {
  const write = jest.spyOn(process.stderr, "write").mockReturnValue(true);
  const before = process.stderr.isTTY;
  process.stderr.isTTY = true;
  try {
    const progress = new Progress("disk.raw", 2 * GIB);
    progress.advance(GIB);
    progress.end();
    expect(write.mock.calls.map(([text]) => text)).toStrictEqual(["\rreading disk.raw (2.0 GiB): 50 %", "\n"]);
  } finally {
    process.stderr.isTTY = before;
    write.mockRestore();
  }
});
