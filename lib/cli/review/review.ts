import { readFileSync, writeFileSync } from "node:fs";
import { acknowledgementsIn } from "../../review/acknowledgement";
import { houseIn } from "../../review/house";
import { PlanUnusable, planIn } from "../../review/plan";
import { fails, type Review, review } from "../../review/review";
import { RULES } from "../../rules/rules";
import { ExitCode, type Output, type Verb } from "../verb";
import { FORMATS } from "./formats";
import { OPTIONS, type ReviewWords, reviewWords, USAGE } from "./options";

/** Says what plans will really do. */
export const REVIEW: Verb = {
  usage: USAGE,
  summary:
    "says what plans (terraform show -json) will really do to images, servers and volumes; ends with 3 for findings that block",
  options: OPTIONS,
  async run(words, output) {
    const asked = reviewWords(words);
    const result = reviewed(asked);
    if (asked.fingerprint) {
      output.line(result.fingerprint);
      return ExitCode.FINE;
    }
    for (const { format, file } of asked.out) writeFileSync(file, `${FORMATS[format](result, asked)}\n`);
    for (const line of FORMATS[asked.format](result, asked).split("\n")) output.line(line);
    return codeOf(result, asked, output);
  },
};

function reviewed({ plans, policy, ack, today }: ReviewWords): Review {
  try {
    return review(
      plans.map((file) => planIn(read(file), file === "-" ? "stdin" : file)),
      RULES,
      {
        house: policy === undefined ? undefined : houseIn(read(policy), policy, RULES),
        acknowledgements: ack === undefined ? [] : acknowledgementsIn(read(ack), ack),
        today: today ?? new Date().toISOString().slice(0, 10),
      },
    );
  } catch (error) {
    // what no plan does: values in values in values
    if (error instanceof RangeError) throw new PlanUnusable("a plan is nested deeper than any that Terraform writes");
    throw error;
  }
}

/** The text of a file, or of stdin. */
export function read(file: string): string {
  try {
    return readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (error) {
    throw new Error(`${file === "-" ? "stdin" : file} cannot be read: ${(error as Error).message}`);
  }
}

function codeOf(result: Review, { expect, failOn, detailed }: ReviewWords, output: Output): ExitCode {
  if (expect !== undefined && expect !== result.fingerprint) {
    output.error(
      `the plans do not mean what was reviewed: expected ${expect}, got ${result.fingerprint}; review them anew`,
    );
    return ExitCode.FAILED;
  }
  if (fails(result, failOn)) return ExitCode.FINDINGS;
  return detailed && result.hasChanges ? ExitCode.CHANGES : ExitCode.FINE;
}
