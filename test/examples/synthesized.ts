import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

export const ROOT = join(__dirname, "..", "..");
export const EXAMPLES = join(ROOT, "examples");

/** What the examples read of the environment: a developer's own settings must not reach the tests. */
const SETTINGS = ["BUILDS_FILE", "BY", "CATALOGUE_BASE_URL", "IMAGES", "IMAGE_FILE", "KEY_PAIR", "WAYS"];

/** `npm run synth`, but for the build, with the output out of the way of a developer's own. */
export function synthExamples(out: string, apps: string[] = [], env: NodeJS.ProcessEnv = {}) {
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !SETTINGS.includes(name)));
  return spawnSync(process.execPath, [join(ROOT, "scripts", "synth-examples.js"), "--out", out, ...apps], {
    cwd: ROOT,
    env: { ...own, ...env },
    encoding: "utf8",
  });
}

// biome-ignore lint/suspicious/noExplicitAny: a synthesized stack has as many shapes as Terraform
export function stackOf(out: string, example: string, name: string): any {
  return JSON.parse(readFileSync(join(out, example, "stacks", name, "cdk.tf.json"), "utf8"));
}

/** A row of a table, by its first cell, as its cells. */
export function rowOf(table: string, name: string): string[] | undefined {
  const line = table.split("\n").find((candidate) => candidate.startsWith(`  ${name} `));
  return line?.trim().split(/ {2,}/);
}
