const { execFileSync } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { aligned } = require("../table");

const COMMAND = path.resolve(__dirname, "../../../dist/cli/main.js");
const GIB = 1024 ** 3;
/** What `inspect` of 4 GiB may take, the start of its process included. */
const ALLOWED_MS = 150;

exports.summary = "time of the command inspect on files of so many GiB, against a start of Node that does nothing";
exports.sizes = [1, 4, 64];
exports.runs = 9;

exports.run = (sizes, runs) => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "bench-inspect-"));
  try {
    return sizes.map((n) => rowOf(n, runs, path.join(folder, `${n}.raw`)));
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
};

/** By turns, so that what else the machine does hits both alike; the least of each counts. */
function rowOf(n, runs, file) {
  fs.writeFileSync(file, "");
  fs.truncateSync(file, n * GIB);
  const least = { ms: Number.POSITIVE_INFINITY, nodeMs: Number.POSITIVE_INFINITY };
  for (let turn = 0; turn < runs; turn++) {
    least.ms = Math.min(least.ms, timeOf(COMMAND, "inspect", file));
    least.nodeMs = Math.min(least.nodeMs, timeOf("-e", "0"));
  }
  return { bench: "inspect", n, ms: rounded(least.ms), nodeMs: rounded(least.nodeMs), isWithin: least.ms < ALLOWED_MS };
}

function timeOf(...words) {
  const begin = performance.now();
  execFileSync(process.execPath, words, { stdio: ["ignore", "ignore", "inherit"] });
  return performance.now() - begin;
}

exports.table = (rows, runs) => [
  `inspect, the least of ${runs} runs; ${ALLOWED_MS} ms are allowed`,
  ...aligned(
    ["GiB", "ms", "Node alone ms", "within"],
    rows.map(({ n, ms, nodeMs, isWithin }) => [n, ms, nodeMs, isWithin ? "yes" : "no"]),
  ),
];

function rounded(ms) {
  return Number(ms.toFixed(1));
}
