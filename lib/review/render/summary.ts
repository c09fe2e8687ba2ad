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
export function summaryOf(review: Review): readonly string[] {
  const { counts, noise, findings, acknowledged, blast, fingerprint, hasChanges } = review;
  const changes = `${counts.add} to add, ${counts.change} to change, ${counts.destroy} to destroy`;
  return [
    hasChanges ? `Terraform: ${changes}.` : "Terraform changes nothing.",
    ...(noise === 0 ? [] : [`Not shown: ${counted(noise, "change")} of nothing in the cloud.`]),
    `Findings: ${levelsOf(findings)}.`,
    ...(acknowledged.length === 0 ? [] : [`Acknowledged: ${counted(acknowledged.length, "finding")}.`]),
    ...(hasChanges ? [radiusOf(blast)] : []),
    `Fingerprint: ${fingerprint}.`,
  ];
}

function radiusOf({ inPlan, inSiblings, live }: Review["blast"]): string {
  const inCloud = live === undefined ? "nobody looked for others in the cloud" : `${live} more in the cloud`;
  return `Servers and volumes on images that change: ${inPlan} in the same plan, ${inSiblings} in the others; ${inCloud}.`;
}
