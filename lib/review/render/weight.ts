import { LEVELS } from "../../rules/rule";
import { IMAGE, MEMBER, SERVER, VOLUME } from "../../rules/subject";
import type { Card, Finding, Review } from "../review";

/** What reviews are about; of other resources only what a rule has to say. */
const TYPES = [IMAGE, SERVER, VOLUME, MEMBER];

export function isMinor({ change, findings }: Card): boolean {
  return findings.length === 0 && !TYPES.includes(change.type);
}

/** Cards, the heaviest first: by the worst of their findings, by what they erase, by type, as the plan has them. */
export function byWeight(cards: readonly Card[]): readonly Card[] {
  const weights = new Map(cards.map((card) => [card, weightOf(card)]));
  return [...cards].sort((a, b) => (weights.get(a) ?? 0) - (weights.get(b) ?? 0));
}

function weightOf({ change, consequences, findings }: Card): number {
  const level = Math.min(LEVELS.length, ...findings.map((finding) => LEVELS.indexOf(finding.level)));
  const keeps = consequences.some(({ erases }) => erases !== undefined) ? 0 : 1;
  const type = TYPES.indexOf(change.type);
  return (level * 2 + keeps) * (TYPES.length + 1) + (type < 0 ? TYPES.length : type);
}

/** Findings of what has no card: of what happened outside Terraform, for one. */
export function withoutCard({ findings, cards }: Review): readonly Finding[] {
  const onCards = new Set(cards.flatMap((card) => card.findings));
  return findings.filter((finding) => !onCards.has(finding));
}
