import type { Message } from "./message";
import type { Subject, World } from "./subject";

/** How much a finding weighs, the heaviest first. */
export const LEVELS = ["block", "warn", "info"] as const;
export type Level = (typeof LEVELS)[number];

/** What a rule found of a subject. */
export interface Violation {
  /** Less than the rule's own, where less is at stake. */
  readonly level?: Level;
  readonly message: Message;
  /** What to do instead, where it is another thing than the rule's own. */
  readonly fix?: Message;
}

/** One rule: pure, of one resource at a time. */
export interface Rule {
  /** A contract: never changed, never used again. */
  readonly id: string;
  readonly name: string;
  /** The heaviest that it gives. */
  readonly level: Level;
  readonly why: string;
  readonly example: string;
  readonly fix: string;
  /** The types of resources that it looks at. */
  readonly types: readonly string[];
  /** Of `drift` it looks at what happened outside Terraform. */
  readonly of: "change" | "drift";
  check(subject: Subject, world: World): readonly Violation[];
}

/** Whether a level weighs as much as another, or more. */
export function isAtLeast(level: Level, other: Level): boolean {
  return LEVELS.indexOf(level) <= LEVELS.indexOf(other);
}
