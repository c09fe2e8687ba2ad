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
  const lines = [/^synth {2}/, /^inspect {2}/, /^content {2}/, /^review {2}/].map((line) =>
    expect.stringMatching(line),
  );
  expect(bench()).toStrictEqual({ status: 0, stderr: "", lines });
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

test("measures the command inspect", () => {
  const { status, stderr, lines } = bench("inspect", "--n", "4", "--runs", "1", "--json");
  expect({ status, stderr }).toStrictEqual({ status: 0, stderr: "" });
  const [number, boolean] = [expect.any(Number), expect.any(Boolean)];
  const row = { bench: "inspect", n: 4, ms: number, nodeMs: number, isWithin: boolean };
  expect(JSON.parse(lines.at(-1) ?? "")).toStrictEqual({ rows: [row] });
});

test("measures a review against JSON.parse of its plan", () => {
  const { status, stderr, lines } = bench("review", "--n", "10,20", "--runs", "1", "--json");
  expect({ status, stderr }).toStrictEqual({ status: 0, stderr: "" });
  const number = expect.any(Number);
  const row = {
    bench: "review",
    ms: number,
    parseMs: number,
    fileMb: number,
    mb: number,
    isWithin: expect.any(Boolean),
  };
  expect(JSON.parse(lines.at(-1) ?? "")).toStrictEqual({
    rows: [
      { ...row, n: 10 },
      { ...row, n: 20, growth: number },
    ],
  });
}, 60_000);

test("compares all digests of a file in one pass with programs that compute one", () => {
  const { status, stderr, lines } = bench("content", "--n", "3", "--runs", "1", "--json");
  expect({ status, stderr }).toStrictEqual({ status: 0, stderr: "" });
  const number = expect.any(Number);
  const times = { ratio: number, allMs: number, sha256Ms: number, sha512Ms: number, md5Ms: number, mb: number };
  expect(JSON.parse(lines.at(-1) ?? "")).toStrictEqual({
    rows: [{ bench: "content", n: 3, slowest: expect.stringMatching(/^(sha256|sha512|md5)sum$/), ...times }],
  });
}, 60_000);

test("finds the first place where two documents differ, metadata aside", () => {
  const left = parseDocument('{"a": {"//": 1, "b": [1, {"c": 2}]}}');
  expect(firstDifference(left, parseDocument('{"a": {"b": [1, {"c": 2}]}, "//": {}}'))).toBeUndefined();
  expect(firstDifference(left, parseDocument('{"a": {"b": [1, {"c": 3}]}}'))).toBe("a.b.1.c: 2 against 3");
  expect(firstDifference(left, parseDocument('{"a": {"b": [1, {}]}}'))).toBe("a.b.1.c: 2 against undefined");
});

test("fails when the bench is unknown or an option no number", () => {
  expect(bench("nap")).toMatchObject({ status: 1, stderr: "no bench nap; there is synth, inspect, content, review\n" });
  expect(bench("synth", "--n", "ten")).toMatchObject({ status: 1, stderr: expect.stringContaining('got "ten"') });
});
