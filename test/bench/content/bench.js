const crypto = require("node:crypto");
const { execFileSync } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { aligned } = require("../table");

const MIB = 1024 ** 2;
const PROGRAMS = { sha256: "sha256sum", sha512: "sha512sum", md5: "md5sum" };

exports.summary =
  "time and memory of all digests of a file in one pass, against the slowest of sha256sum, sha512sum and md5sum (--n: MiB)";
exports.sizes = [4096];
exports.runs = 3;

/** A row for each size. */
exports.run = (sizes, runs) => sizes.map((n) => contentRow(n, runs));

function contentRow(n, runs) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "bench-content-"));
  try {
    const file = path.join(folder, "disk");
    fill(file, n);
    const least = {};
    for (let turn = 0; turn < runs; turn++) {
      // by turns, so that what else the machine does hits all alike
      for (const [algorithm, program] of Object.entries(PROGRAMS)) {
        keep(least, algorithm, child("sum.js", program, file));
      }
      keep(least, "all", child("hashing.js", file));
    }
    requireSame(least);
    const slowest = Object.keys(PROGRAMS).reduce((a, b) => (least[a].ms > least[b].ms ? a : b));
    return {
      bench: "content",
      n,
      ratio: rounded(least.all.ms / least[slowest].ms, 3),
      slowest: PROGRAMS[slowest],
      ...Object.fromEntries(
        Object.keys({ all: 0, ...PROGRAMS }).map((name) => [`${name}Ms`, rounded(least[name].ms, 0)]),
      ),
      mb: rounded(least.all.mb, 1),
    };
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** With bytes that no file system leaves out. */
function fill(file, mib) {
  const handle = fs.openSync(file, "w");
  for (let written = 0; written < mib; written++) {
    fs.writeSync(handle, crypto.randomBytes(MIB));
  }
  fs.closeSync(handle);
}

function child(script, ...words) {
  return JSON.parse(execFileSync(process.execPath, [path.join(__dirname, script), ...words], { encoding: "utf8" }));
}

/** The least time, and the most memory that any of the runs took. */
function keep(least, name, result) {
  const { ms = result.ms, mb = 0 } = least[name] ?? {};
  least[name] = { ...result, ms: Math.min(ms, result.ms), mb: Math.max(mb, result.mb ?? 0) };
}

/** A ratio says nothing when one side does something else. */
function requireSame({ all, ...programs }) {
  for (const [algorithm, { hex }] of Object.entries(programs)) {
    if (all[algorithm] !== hex) {
      throw new Error(`${algorithm} is ${all[algorithm]} by Hashing and ${hex} by ${PROGRAMS[algorithm]}`);
    }
  }
}

exports.table = (rows, runs) => [
  `one pass over a file, best of ${runs}, against ${Object.values(PROGRAMS).join(", ")} alone`,
  ...aligned(
    ["MiB", "ratio", "slowest", "all ms", "sha256 ms", "sha512 ms", "md5 ms", "MB"],
    rows.map((row) => [row.n, row.ratio, row.slowest, row.allMs, row.sha256Ms, row.sha512Ms, row.md5Ms, row.mb]),
  ),
];

function rounded(value, digits) {
  return Number(value.toFixed(digits));
}
