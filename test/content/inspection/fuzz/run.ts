// npm run fuzz:inspection -- [--n 1000000] [--seed 7]: inspects that many inputs, made of files that qemu-img writes where it is there.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { CONTENTS } from "../contents";
import { makeCorpus } from "../corpus";
import { whyNoQemuImg } from "../oracle/oracles";
import { fuzz } from "./fuzz";

const MAX_SEED_BYTES = 5 * 1024 ** 2;

function realFiles(): Buffer[] {
  const reason = whyNoQemuImg();
  if (reason) {
    console.log(`only files made by hand: ${reason}`);
    return [];
  }
  const folder = mkdtempSync(join(tmpdir(), "fuzz-"));
  try {
    const all = [...makeCorpus(folder).values()].map((path) => readFileSync(path));
    return all.filter(({ length }) => length > 0 && length <= MAX_SEED_BYTES);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const { values } = parseArgs({ options: { n: { type: "string", default: "1000000" }, seed: { type: "string" } } });
const seed = Number(values.seed ?? Date.now() % 2 ** 31);
const seeds = [...Object.values(CONTENTS), ...realFiles()];
console.log(`${values.n} inputs of ${seeds.length} files, seed ${seed}`);
const report = fuzz(seeds, Number(values.n), seed, (done) => done % 100_000 === 0 && console.log(`${done} inputs`));
console.log(
  `${report.inputs} inputs in ${report.seconds.toFixed()} s; slowest ${report.slowestMs.toFixed()} ms, heap grew by ${report.growthMb.toFixed(1)} MB`,
);
if (report.failure) {
  console.error(report.failure);
  process.exitCode = 1;
}
