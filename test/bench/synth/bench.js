const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { firstDifference, parseDocument } = require("../documents");
const { interleaved } = require("../interleaved");
const { aligned } = require("../table");
const { STACK } = require("./values");

exports.summary = "time and memory of a synth, and of loading the package, against the same Terraform by raw bindings";
exports.sizes = [10, 100, 1000, 5000];
exports.runs = 7;

/** A row for each size, and one for loading the package. */
exports.run = (sizes, runs) => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "bench-synth-"));
  try {
    const rows = [];
    for (const n of sizes) {
      rows.push(synthRow(n, runs, folder, rows.at(-1)));
    }
    return [...rows, loadRow(2 * runs + 1)];
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
};

function synthRow(n, runs, folder, previous) {
  const outdir = (side) => path.join(folder, `${side}-${n}`);
  const command = (side) => [path.join(__dirname, "child.js"), side, String(n), outdir(side)];
  const { library, raw } = interleaved({ library: command("library"), raw: command("raw") }, runs, () => {
    requireEqual(n, outdir("library"), outdir("raw"));
    for (const side of ["library", "raw"]) {
      fs.rmSync(outdir(side), { recursive: true });
    }
  });
  return {
    bench: "synth",
    n,
    ratio: rounded(library.ms / raw.ms, 3),
    libraryMs: rounded(library.ms, 1),
    rawMs: rounded(raw.ms, 1),
    cpuRatio: rounded(library.cpuMs / raw.cpuMs, 3),
    memoryRatio: rounded(library.mb / raw.mb, 3),
    libraryMb: rounded(library.mb, 1),
    rawMb: rounded(raw.mb, 1),
    libraryGrowth: previous && rounded(library.ms / previous.libraryMs, 2),
    rawGrowth: previous && rounded(raw.ms / previous.rawMs, 2),
    equal: true,
  };
}

/** A ratio says nothing when one side makes less. */
function requireEqual(n, libraryOut, rawOut) {
  const [library, raw] = [libraryOut, rawOut].map((outdir) =>
    parseDocument(fs.readFileSync(path.join(outdir, "stacks", STACK, "cdk.tf.json"), "utf8")),
  );
  const images = Object.keys(library.resource.openstack_images_image_v2).length;
  if (images !== n) {
    throw new Error(`${n} images must come out, got ${images}`);
  }
  const difference = firstDifference(library, raw);
  if (difference !== undefined) {
    throw new Error(
      `the library and test/bench/synth/raw.js make different Terraform, so no ratio; at ${difference} (library against raw)`,
    );
  }
}

function loadRow(runs) {
  const script = path.join(__dirname, "load.js");
  const { library, cdktf } = interleaved(
    { library: [script, "cdktf-openstack-images"], cdktf: [script, "cdktf"] },
    runs,
  );
  return {
    bench: "load",
    ratio: rounded(library.ms / cdktf.ms, 3),
    libraryMs: rounded(library.ms, 1),
    cdktfMs: rounded(cdktf.ms, 1),
  };
}

function rounded(value, digits) {
  return Number(value.toFixed(digits));
}

/** The rows for people. */
exports.table = (rows, runs) => {
  const sizes = rows.filter(({ bench }) => bench === "synth");
  const load = rows.find(({ bench }) => bench === "load");
  return [
    `n images, each with a member and a server: this library against raw bindings, equal Terraform, least of ${runs} runs each`,
    ...aligned(
      [
        "n",
        "library ms",
        "raw ms",
        "ratio",
        "CPU ratio",
        "library MB",
        "raw MB",
        "memory ratio",
        "library growth",
        "raw growth",
      ],
      sizes.map((row) => [
        row.n,
        row.libraryMs.toFixed(1),
        row.rawMs.toFixed(1),
        row.ratio.toFixed(2),
        row.cpuRatio.toFixed(2),
        row.libraryMb.toFixed(1),
        row.rawMb.toFixed(1),
        row.memoryRatio.toFixed(2),
        row.libraryGrowth?.toFixed(2),
        row.rawGrowth?.toFixed(2),
      ]),
    ),
    `require("cdktf-openstack-images") ${load.libraryMs.toFixed(1)} ms, require("cdktf") ${load.cdktfMs.toFixed(1)} ms, ratio ${load.ratio.toFixed(2)}`,
    "targets: time ratio 1.3 at 1000 and 5000, memory ratio 1.3, growth no more than raw, load ratio 1.25",
  ];
};
