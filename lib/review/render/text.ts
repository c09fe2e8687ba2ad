import type { Level } from "../../rules/rule";
import { type Card, type Finding, headline, type Review } from "../review";
import { line, quoted } from "./foreign";
import { summaryOf } from "./summary";
import { byWeight, withoutCard } from "./weight";

/** How a review looks in a terminal. */
export interface TextOptions {
  /** Whether colours are wanted: by a terminal that shows them, and by whoever reads it. */
  readonly isColored?: boolean;
}

type Style = "bold" | "red" | Level;

/** SGR codes. */
const CODES: Record<Style, string> = { bold: "1", red: "31", block: "1;31", warn: "33", info: "36" };

/** A review for a terminal, and for the log of a job. */
export function renderText(review: Review, { isColored = false }: TextOptions = {}): string {
  const styled = (style: Style, text: string) => (isColored ? `\x1b[${CODES[style]}m${text}\x1b[0m` : text);
  const finding = ({ level, rule, message, fix }: Finding) => [
    `  ${styled(level, level)} ${rule.id} ${rule.name}: ${line(message)}`,
    `    fix: ${line(fix)}`,
  ];
  const card = ({ change, consequences, findings }: Card) => [
    `${styled("bold", quoted(change.address))} (${change.action})`,
    ...consequences.map(({ erases, message }) => `  ${erases ? styled("red", line(message)) : line(message)}`),
    ...findings.flatMap(finding),
    "",
  ];
  return [
    styled("bold", headline(review)),
    "",
    ...byWeight(review.cards).flatMap(card),
    ...withoutCard(review).flatMap((one) => [styled("bold", quoted(one.address)), ...finding(one), ""]),
    ...summaryOf(review),
    "",
  ].join("\n");
}
