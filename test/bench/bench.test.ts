import { spawnSync } from "node:child_process";
import { join } from "node:path";

const { firstDifference, parseDocument } = require("./documents");

function bench(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(__dirname, "run.js"), ...args], {
    encoding: "utf8",
  });
  return { status, stderr, lines: stdout.trimEnd().split("\n") };
}

test("lists the benches when none is named", () => {
  expect(bench()).toStrictEqual({ status: 0, stderr: "", lines: [expect.stringMatching(/^synth {2}/)] });
});

test("compares a synth of the same Terraform and ends in one JSON document", () => {
  const { status, stderr, lines } = bench("synth", "--n", "5,6", "--runs", "1", "--json");
  expect({ status, stderr }).toStrictEqual({ status: 0, stderr: "" });
  const number = expect.any(Number);
  const measured = {
    bench: "synth",
    ratio: number,
    libraryMs: number,
    rawMs: number,
    cpuRatio: number,
    memoryRatio: number,
    libraryMb: number,
    rawMb: number,
    equal: true,
  };
  expect(JSON.parse(lines.at(-1) ?? "")).toStrictEqual({
    rows: [
      { ...measured, n: 5 },
      { ...measured, n: 6, libraryGrowth: number, rawGrowth: number },
      { bench: "load", ratio: number, libraryMs: number, cdktfMs: number },
    ],
  });
}, 60_000);

test("finds the first place where two documents differ, metadata aside", () => {
  const left = parseDocument('{"a": {"//": 1, "b": [1, {"c": 2}]}}');
  expect(firstDifference(left, parseDocument('{"a": {"b": [1, {"c": 2}]}, "//": {}}'))).toBeUndefined();
  expect(firstDifference(left, parseDocument('{"a": {"b": [1, {"c": 3}]}}'))).toBe("a.b.1.c: 2 against 3");
  expect(firstDifference(left, parseDocument('{"a": {"b": [1, {}]}}'))).toBe("a.b.1.c: 2 against undefined");
});

test("fails when the bench is unknown or an option no number", () => {
  expect(bench("nap")).toMatchObject({ status: 1, stderr: "no bench nap; there is synth\n" });
  expect(bench("synth", "--n", "ten")).toMatchObject({ status: 1, stderr: expect.stringContaining('got "ten"') });
});
