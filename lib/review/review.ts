import type { Message } from "../rules/message";
import { isAtLeast, LEVELS, type Level, type Rule } from "../rules/rule";
import type { Policy, World } from "../rules/subject";
import { type Consequence, consequencesOf } from "./consequence";
import type { Change, Plan } from "./plan";
import { worldOf } from "./world";

/** What a rule found in a plan. */
export interface Finding {
  readonly rule: Rule;
  readonly level: Level;
  readonly address: string;
  readonly message: Message;
  readonly fix: Message;
}

/** A resource, and what becomes of it. */
export interface Card {
  readonly change: Change;
  readonly consequences: readonly Consequence[];
  readonly findings: readonly Finding[];
}

/** What a review comes to. */
export interface Review {
  readonly plans: readonly string[];
  /** As Terraform counts. */
  readonly counts: { readonly add: number; readonly change: number; readonly destroy: number };
  /** What cannot be had back. */
  readonly erased: { readonly rootDisks: number; readonly volumes: number };
  /** The heaviest first. */
  readonly findings: readonly Finding[];
  readonly cards: readonly Card[];
  /** Changes that change nothing, and are not shown. */
  readonly noise: number;
  readonly hasChanges: boolean;
}

/** Reviews plans that are applied together. */
export function review(plans: readonly Plan[], rules: readonly Rule[], policy: Policy): Review {
  const world = worldOf(plans, policy);
  const findings = findingsOf(world, rules);
  const changes = plans.flatMap((plan) => plan.changes).filter(({ isData }) => !isData);
  const cards = changes.flatMap((change): Card[] => {
    const consequences = consequencesOf(change, world);
    const own = findings.filter(({ address }) => address === change.address);
    return consequences.length + own.length === 0 ? [] : [{ change, consequences, findings: own }];
  });
  const shown = cards.filter(
    ({ consequences, findings: own }) => own.length > 0 || consequences.some(({ kind }) => kind !== "nothing"),
  );
  return {
    plans: plans.map(({ name }) => name),
    counts: countsOf(changes),
    erased: erasedBy(cards),
    findings,
    cards: shown,
    noise: cards.length - shown.length,
    hasChanges:
      changes.some(({ action, movedFrom, isImported }) => action !== "none" || movedFrom !== undefined || isImported) ||
      plans.some(({ changedOutputs }) => changedOutputs > 0),
  };
}

function findingsOf(world: World, rules: readonly Rule[]): Finding[] {
  const findings = rules.flatMap((rule) => {
    const subjects = rule.of === "drift" ? world.drift : world.subjects;
    return subjects
      .filter(({ type }) => rule.types.includes(type))
      .flatMap((subject) =>
        rule.check(subject, world).map(({ level = rule.level, message, fix = [rule.fix] }) => ({
          rule,
          level,
          address: subject.address,
          message,
          fix,
        })),
      );
  });
  return findings.sort(
    (a, b) =>
      LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) ||
      compare(a.rule.id, b.rule.id) ||
      compare(a.address, b.address),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** As Terraform's last line has them. */
function countsOf(changes: readonly Change[]): Review["counts"] {
  const count = (...actions: Change["action"][]) => changes.filter(({ action }) => actions.includes(action)).length;
  return { add: count("create", "replace"), change: count("update"), destroy: count("delete", "replace") };
}

function erasedBy(cards: readonly Card[]): Review["erased"] {
  const kinds = cards.flatMap(({ consequences }) => consequences.map(({ kind }) => kind));
  const count = (...wanted: Consequence["kind"][]) => kinds.filter((kind) => wanted.includes(kind)).length;
  return {
    rootDisks: count("server-rebuilt", "server-replaced", "server-destroyed"),
    volumes: count("volume-replaced", "volume-destroyed"),
  };
}

/** Whether any finding weighs as much as that. */
export function fails({ findings }: Review, level: Level): boolean {
  return findings.some((finding) => isAtLeast(finding.level, level));
}

/** The first line for people. */
export function headline({ counts, erased }: Review): string {
  const parts = [
    ...(erased.rootDisks > 0 ? [`${erased.rootDisks} root ${erased.rootDisks === 1 ? "disk" : "disks"}`] : []),
    ...(erased.volumes > 0 ? [`${erased.volumes} ${erased.volumes === 1 ? "volume" : "volumes"}`] : []),
  ];
  const lost = parts.length === 0 ? "no root disk and no volume" : parts.join(" and ");
  return `Terraform says ${counts.destroy} to destroy; ${lost} will be erased.`;
}
