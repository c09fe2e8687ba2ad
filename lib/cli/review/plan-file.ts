import { readFileSync } from "node:fs";
import { PlanUnusable } from "../../review/plan";

/** The text of a file, or of stdin. */
export function read(file: string): string {
  try {
    return readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (error) {
    throw new Error(`${nameOf(file)} cannot be read: ${(error as Error).message}`);
  }
}

/** What a file is called in what is told of it. */
export function nameOf(file: string): string {
  return file === "-" ? "stdin" : file;
}

/** Does something with plans, and says so when one has values in values in values. */
export function notTooDeep<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof RangeError) throw new PlanUnusable("a plan is nested deeper than any that Terraform writes");
    throw error;
  }
}
