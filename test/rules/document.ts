import { resolve } from "node:path";
import type { Rule } from "../../lib/rules/rule";

export const DOCUMENT = resolve(__dirname, "../../docs/rules.md");

/** docs/rules.md: what each rule says of itself. */
export function document(rules: readonly Rule[]): string {
  return [
    "# Rules of the review",
    "",
    "Written by `npm run rules:docs` from `lib/rules`. The level is the heaviest that a rule gives; it gives less where less is at stake. A policy file",
    "sets other levels, or `off` ([the review of a plan](guide/review.md)). Ids are never used again.",
    "",
    "| rule | name | level |",
    "| --- | --- | --- |",
    ...rules.map(({ id, name, level }) => `| [${id}](#${id.toLowerCase()}) | \`${name}\` | ${level} |`),
    "",
    ...rules.flatMap(({ id, name, level, of, why, example, fix }) => [
      `## ${id}`,
      "",
      `**${name}**, ${level}${of === "drift" ? ", of what happened outside Terraform" : ""}. ${why}`,
      "",
      `- *Example*: ${example}`,
      `- *Way out*: ${fix}.`,
      "",
    ]),
  ].join("\n");
}
