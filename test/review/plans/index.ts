import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { PlanCase } from "./case";
import { CASES } from "./cases";

export const JSON_FOLDER = join(__dirname, "json");

export interface LabelledPlan extends Pick<PlanCase, "name" | "description" | "expects" | "blocks" | "incomplete"> {
  readonly plan: unknown;
}

/** Every case with the plan that was made of it. */
export function plans(): LabelledPlan[] {
  return CASES.map(({ name, description, expects, blocks, incomplete }) => {
    const plan = JSON.parse(readFileSync(planFile(name), "utf8"));
    return { name, description, expects, blocks, ...(incomplete ? { incomplete } : {}), plan };
  });
}

export const planFile = (name: string) => join(JSON_FOLDER, `${name}.json`);

/** The names of the plans that are there. */
export const madePlans = () => readdirSync(JSON_FOLDER).map((file) => file.replace(/\.json$/, ""));
