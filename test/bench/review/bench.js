const { execFileSync } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { aligned } = require("../table");
const { plan } = require("./plan");

/** What the review of 10,000 changes may take besides: three times JSON.parse of the same file, and a second. */
const [TIMES, MORE_MS] = [3, 1000];
/** Of the file's size. */
const MOST_MEMORY = 8;
const MB = 1024 ** 2;

exports.summary = "time and memory of a review of so many changes, against JSON.parse of the same plan";
exports.sizes = [100, 1000, 10000, 50000];
exports.runs = 3;

exports.run = (sizes, runs) => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "bench-review-"));
  try {
    const rows = sizes.map((n) => rowOf(n, runs, path.join(folder, `${n}.json`)));
    return rows.map((row, i) => (i === 0 ? row : { ...row, growth: growthOf(row, rows[i - 1]) }));
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
};

/** By turns, so that what else the machine does hits both alike; the least time and the most memory count. */
function rowOf(n, runs, file) {
  fs.writeFileSync(file, JSON.stringify(plan(n)));
  const least = { ms: Number.POSITIVE_INFINITY, parseMs: Number.POSITIVE_INFINITY };
  let mb = 0;
  for (let turn = 0; turn < runs; turn++) {
    const reviewed = child("review", file);
    least.ms = Math.min(least.ms, reviewed.ms);
    least.parseMs = Math.min(least.parseMs, child("parse", file).ms);
    mb = Math.max(mb, reviewed.mb);
  }
  const fileMb = fs.statSync(file).size / MB;
  return {
    bench: "review",
    n,
    ms: rounded(least.ms),
    parseMs: rounded(least.parseMs),
    fileMb: rounded(fileMb),
    mb: rounded(mb),
    isWithin: least.ms < TIMES * least.parseMs + MORE_MS && (n < 10000 || mb < MOST_MEMORY * fileMb),
  };
}

/** How the time for a change differs from that of the size before; 1 is linear. */
function growthOf(row, before) {
  return rounded(row.ms / row.n / (before.ms / before.n));
}

function child(what, file) {
  const words = ["--expose-gc", path.join(__dirname, "child.js"), what, file];
  return JSON.parse(execFileSync(process.execPath, words, { encoding: "utf8" }));
}

exports.table = (rows, runs) => [
  `review, best of ${runs}; ${TIMES} times JSON.parse and ${MORE_MS} ms are allowed, and ${MOST_MEMORY} times the file's size`,
  ...aligned(
    ["changes", "ms", "JSON.parse ms", "file MB", "memory MB", "growth", "within"],
    rows.map(({ n, ms, parseMs, fileMb, mb, growth, isWithin }) => [
      n,
      ms,
      parseMs,
      fileMb,
      mb,
      growth,
      isWithin ? "yes" : "no",
    ]),
  ),
];

function rounded(number) {
  return Number(number.toFixed(1));
}
