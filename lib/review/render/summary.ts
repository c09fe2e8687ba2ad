import { LEVELS, type Level } from "../../rules/rule";
import type { Finding, Review } from "../review";

/** `1 change`, `2 changes`. */
export function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? "" : "s"}`;
}

/** How many findings weigh how much: `1 block, 0 warn, 2 info`. */
export function levelsOf(findings: readonly Finding[]): string {
  const count = (level: Level) => findings.filter((finding) => finding.level === level).length;
  return LEVELS.map((level) => `${count(level)} ${level}`).join(", ");
}

/** What Terraform counts, what is not shown, and how much was found. */
export function summaryOf({ counts, noise, findings, hasChanges }: Review): readonly string[] {
  const changes = `${counts.add} to add, ${counts.change} to change, ${counts.destroy} to destroy`;
  return [
    hasChanges ? `Terraform: ${changes}.` : "Terraform changes nothing.",
    ...(noise === 0 ? [] : [`Not shown: ${counted(noise, "change")} of nothing in the cloud.`]),
    `Findings: ${levelsOf(findings)}.`,
  ];
}
