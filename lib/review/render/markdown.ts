import type { Level } from "../../rules/rule";
import { type Card, type Finding, headline, type Review } from "../review";
import { bytesOf, code, markdown } from "./markdown-text";
import { counted, levelsOf, summaryOf } from "./summary";
import { byWeight, isMinor, withoutCard } from "./weight";

/** The first line: a bot finds its comment by it. Nothing else in a comment can look like it. */
export const MARKER = "<!-- openstack-images-review -->";

/** How much a comment may hold. */
export interface MarkdownOptions {
  /**
   * As many characters, and as many bytes of UTF-8, at most; 2000 or more.
   * @default 65000 - what GitHub takes; GitLab and Azure DevOps take more, Bitbucket Server 32768
   */
  readonly maxChars?: number;
}

const LEAST_CHARS = 2000;
const MOST_CHARS = 65_000;

/** In bytes: one finding does not crowd out all others. */
const LONGEST = { message: 500, fix: 400, plan: 60 };

/** Of one resource, and of one review. */
const MOST = { consequences: 6, rules: 6, plans: 3 };

type Section = "blocking" | "cards" | "other";

/** Lines that are there or not as a whole. */
interface Item {
  readonly section: Section;
  readonly lines: readonly string[];
  readonly finding?: Finding;
  readonly card?: Card;
}

/**
 * A review as a comment of GitHub, GitLab, Bitbucket or Azure DevOps. When it grows too long, the least important is left
 * out and counted: no card is there unless all blocking findings are.
 */
export function renderMarkdown(review: Review, { maxChars = MOST_CHARS }: MarkdownOptions = {}): string {
  if (!(maxChars >= LEAST_CHARS)) throw new RangeError(`'maxChars' must be ${LEAST_CHARS} or more, got ${maxChars}`);
  const head = [MARKER, `### ${headline(review)}`];
  const foot = footOf(review);
  const findings = new Set(review.findings);
  const cards = new Set(review.cards.filter((card) => !isMinor(card)));
  let room = maxChars - bytesOf([...head, ...foot, ...leftOut(findings, cards), ""].join("\n"));
  const shown: Item[] = [];
  for (const item of itemsOf(review)) {
    room -= bytesOf(`${item.lines.join("\n")}\n`);
    if (room < 0) break;
    shown.push(item);
    if (item.finding) findings.delete(item.finding);
    if (item.card) cards.delete(item.card);
  }
  const body = (["blocking", "cards", "other"] as const).flatMap((section) =>
    shown.filter((item) => item.section === section).flatMap(({ lines }) => lines),
  );
  return [...head, ...body, ...foot, ...leftOut(findings, cards), ""].join("\n");
}

/** The last line, when not all is there. */
function leftOut(findings: ReadonlySet<Finding>, cards: ReadonlySet<Card>): string[] {
  if (findings.size + cards.size === 0) return [];
  return [
    "",
    `**Left out, as this is too long for a comment**: ${levelsOf([...findings])}; ${counted(cards.size, "resource")}.`,
  ];
}

/** All that there is to say, the most important first. */
function* itemsOf(review: Review): Generator<Item> {
  const others = withoutCard(review);
  const ofLevel = (findings: readonly Finding[], level: Level) => findings.filter((finding) => finding.level === level);
  yield* listOf(ofLevel(review.findings, "block"), "blocking");
  yield* listOf(ofLevel(others, "warn"), "other");
  for (const card of byWeight(review.cards)) if (!isMinor(card)) yield* cardOf(card);
  yield* listOf(ofLevel(others, "info"), "other");
}

/** Findings under their rules, which say once what to do. Each begins with a blank line, which ends a list before it. */
function* listOf(findings: readonly Finding[], section: Section): Generator<Item> {
  let before = "";
  for (const finding of findings) {
    const title = `${titleOf(finding)}. Fix: ${markdown(finding.fix, LONGEST.fix)}`;
    const message = markdown(finding.message, LONGEST.message);
    yield {
      section,
      lines: [...(title === before ? [] : ["", title, ""]), `- ${code(finding.address)}: ${message}`],
      finding,
    };
    before = title;
  }
}

/** What becomes of a resource, and what rules say of it; those that block have said so above. */
function* cardOf(card: Card): Generator<Item> {
  const { change, consequences, findings } = card;
  const blocking = new Set(findings.filter(({ level }) => level === "block").map(({ rule }) => rule.id));
  const more = consequences.length - MOST.consequences;
  yield {
    section: "cards",
    lines: [
      ...["", `#### ${code(change.address)} (${change.action})`, ""],
      ...consequences.slice(0, MOST.consequences).map(({ message }) => `- ${markdown(message, LONGEST.message)}`),
      ...(more > 0 ? [`- and ${more} more`] : []),
      ...(blocking.size > 0 ? [`- **blocked by ${[...blocking].slice(0, MOST.rules).join(", ")}**, see above`] : []),
    ],
    card,
  };
  for (const finding of findings.filter(({ level }) => level !== "block")) {
    const [message, fix] = [markdown(finding.message, LONGEST.message), markdown(finding.fix, LONGEST.fix)];
    yield { section: "cards", lines: [`- ${titleOf(finding)}: ${message}. Fix: ${fix}`], finding };
  }
}

function titleOf({ level, rule }: Finding): string {
  return `**${level} ${rule.id} ${rule.name}**`;
}

function footOf(review: Review): string[] {
  const minor = review.cards.filter(isMinor).length;
  const plans = review.plans.slice(0, MOST.plans).map((plan) => code(plan, LONGEST.plan));
  const morePlans = review.plans.length - plans.length;
  const files = `${plans.join(", ")}${morePlans > 0 ? ` and ${morePlans} more` : ""}`;
  return [
    "",
    [
      ...summaryOf(review),
      ...(minor > 0 ? [`Besides: ${counted(minor, "change")} of other resources.`] : []),
      ...(plans.length > 0 ? [`Of ${files}.`] : []),
    ].join(" "),
  ];
}
