// npm run bench -- NAME [--n 10,100] [--runs 7] [--json]; without a name it lists the names.
const fs = require("node:fs");
const path = require("node:path");
const { parseArgs } = require("node:util");

const BENCHES = {
  synth: require("./synth/bench"),
  inspect: require("./inspect/bench"),
  content: require("./content/bench"),
  review: require("./review/bench"),
};

function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { n: { type: "string" }, runs: { type: "string" }, json: { type: "boolean" } },
  });
  if (positionals.length === 0) {
    for (const [name, { summary }] of Object.entries(BENCHES)) {
      console.log(`${name}  ${summary}`);
    }
    return;
  }
  const [name] = positionals;
  if (positionals.length > 1 || !Object.hasOwn(BENCHES, name)) {
    throw new Error(`no bench ${positionals.join(" ")}; there is ${Object.keys(BENCHES).join(", ")}`);
  }
  if (!fs.existsSync(path.resolve(__dirname, "../../dist/index.js"))) {
    throw new Error("dist is measured, and there is none; npm run build");
  }
  const bench = BENCHES[name];
  const sizes = values.n === undefined ? bench.sizes : values.n.split(",").map((n) => amount("--n", n));
  const runs = values.runs === undefined ? bench.runs : amount("--runs", values.runs);
  const rows = bench.run(sizes, runs);
  for (const line of bench.table(rows, runs)) {
    console.log(line);
  }
  if (values.json) {
    console.log(JSON.stringify({ rows }));
  }
}

function amount(option, text) {
  if (!/^[1-9]\d*$/.test(text)) {
    throw new Error(`${option} takes whole numbers from 1, got ${JSON.stringify(text)}`);
  }
  return Number(text);
}

try {
  main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
