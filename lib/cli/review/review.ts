import { writeFileSync } from "node:fs";
import { acknowledgementsIn } from "../../review/acknowledgement";
import { houseIn } from "../../review/house";
import { planIn } from "../../review/plan";
import { fails, type Review, review } from "../../review/review";
import { RULES } from "../../rules/rules";
import { ExitCode, type Output, type Verb } from "../verb";
import { FORMATS } from "./formats";
import { OPTIONS, type ReviewWords, reviewWords, USAGE } from "./options";
import { nameOf, notTooDeep, read } from "./plan-file";

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
  return notTooDeep(() =>
    review(
      plans.map((file) => planIn(read(file), nameOf(file))),
      RULES,
      {
        house: policy === undefined ? undefined : houseIn(read(policy), policy, RULES),
        acknowledgements: ack === undefined ? [] : acknowledgementsIn(read(ack), ack),
        today: today ?? new Date().toISOString().slice(0, 10),
      },
    ),
  );
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
