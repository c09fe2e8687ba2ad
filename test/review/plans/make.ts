// npx ts-node -T test/review/plans/make.ts [--missing] [name...]: makes the plans of the cases anew, with Terraform and the real provider.
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { findKit } from "../../support/terraform";
import { madePlans, planFile } from ".";
import { CASES } from "./cases";
import { planOf } from "./planner";

process.env.OSI_TEST_PROVIDER = "real";

/** A line for each part and each change: short, and a difference shows where it is. */
function lines(plan: Record<string, unknown>): string {
  const parts = Object.entries(plan).map(([key, value]) => {
    const text = Array.isArray(value)
      ? `[\n${value.map((one) => JSON.stringify(one)).join(",\n")}\n]`
      : JSON.stringify(value);
    return `${JSON.stringify(key)}: ${text}`;
  });
  return `{\n${parts.join(",\n")}\n}\n`;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { missing: { type: "boolean" } } });
  const kit = findKit();
  if ("reason" in kit) throw new Error(kit.reason);
  const named = CASES.filter(({ name }) => positionals.length === 0 || positionals.some((one) => name.includes(one)));
  for (const one of named.filter(({ name }) => !values.missing || !existsSync(planFile(name)))) {
    try {
      writeFileSync(planFile(one.name), lines(await planOf(kit, one)));
      console.log(one.name);
    } catch (error) {
      console.error(`${one.name}: ${(error as Error).message}`);
      process.exitCode = 1;
    }
  }
  const names = new Set(CASES.map(({ name }) => name));
  for (const name of madePlans().filter((made) => !names.has(made))) rmSync(planFile(name));
}

void main();
