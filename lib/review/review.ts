import { type Message, plain, say } from "../rules/message";
import { isAtLeast, LEVELS, type Level, type Rule } from "../rules/rule";
import type { World } from "../rules/subject";
import type { Acknowledgement } from "./acknowledgement";
import { type Blast, blastOf } from "./blast";
import { type Consequence, consequencesOf } from "./consequence";
import { findingFingerprint, fingerprintOf } from "./fingerprint";
import { type House, NO_HOUSE } from "./house";
import type { Change, Plan } from "./plan";
import { worldOf } from "./world";

/** What a rule found in a plan. */
export interface Finding {
  readonly rule: Pick<Rule, "id" | "name" | "why" | "fix">;
  readonly level: Level;
  /** The plan that it is in. */
  readonly plan: string;
  readonly address: string;
  readonly message: Message;
  readonly fix: Message;
  /** What an acknowledgement names it by. */
  readonly fingerprint: string;
}

/** A finding that somebody has seen, and why it may be. */
export interface Acknowledged extends Finding {
  readonly reason: string;
}

/** What a review goes by besides the rules. */
export interface ReviewOptions {
  readonly house?: House;
  readonly acknowledgements?: readonly Acknowledgement[];
  /** The day of the review, as 2027-01-31. */
  readonly today?: string;
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
  readonly acknowledged: readonly Acknowledged[];
  readonly cards: readonly Card[];
  /** Changes that change nothing, and are not shown. */
  readonly noise: number;
  readonly blast: Blast;
  /** Of what the plans mean. */
  readonly fingerprint: string;
  readonly hasChanges: boolean;
}

/** Reviews plans that are applied together. */
export function review(plans: readonly Plan[], rules: readonly Rule[], options: ReviewOptions = {}): Review {
  const { house = NO_HOUSE, acknowledgements = [], today = "" } = options;
  const world = worldOf(plans, house.policy, options.today);
  const all = findingsOf(world, rules, house);
  const isSeen = (finding: Finding) => (one: Acknowledgement) => isOf(one, finding) && one.expires >= today;
  const findings = [
    ...all.filter((finding) => !acknowledgements.some(isSeen(finding))),
    ...acknowledgements.flatMap((one) => spent(one, all, today)),
  ].sort(byWeight);
  const changes = plans.flatMap((plan) => plan.changes).filter(({ isData }) => !isData);
  const ofAddress = grouped(findings);
  const cards = changes.flatMap((change): Card[] => {
    const consequences = consequencesOf(change, world);
    const own = ofAddress.get(placeOf(change)) ?? [];
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
    acknowledged: all.flatMap((finding) => {
      const seen = acknowledgements.find(isSeen(finding));
      return seen ? [{ ...finding, reason: seen.reason }] : [];
    }),
    cards: shown,
    noise: cards.length - shown.length,
    blast: blastOf(world, changes),
    fingerprint: fingerprintOf(plans),
    hasChanges:
      changes.some(({ action, movedFrom, isImported }) => action !== "none" || movedFrom !== undefined || isImported) ||
      plans.some(({ changedOutputs }) => changedOutputs.size > 0),
  };
}

/** Two plans may have the same addresses. */
function placeOf({ plan, address }: { readonly plan: string; readonly address: string }): string {
  return `${plan}\n${address}`;
}

function grouped(findings: readonly Finding[]): ReadonlyMap<string, Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const group = groups.get(placeOf(finding));
    if (group) group.push(finding);
    else groups.set(placeOf(finding), [finding]);
  }
  return groups;
}

function findingsOf(world: World, rules: readonly Rule[], { levels }: House): Finding[] {
  return rules.flatMap((rule) => {
    const set = levels.get(rule.id);
    if (set === "off") return [];
    const subjects = rule.of === "drift" ? world.drift : world.subjects;
    return subjects
      .filter(({ type }) => rule.types.includes(type))
      .flatMap((subject) =>
        rule.check(subject, world).map(({ level = rule.level, message, fix = [rule.fix] }) => ({
          rule,
          level: set ?? level,
          plan: (subject as Change).plan,
          address: subject.address,
          message,
          fix,
          fingerprint: findingFingerprint(rule.id, subject as Change, subject.address),
        })),
      );
  });
}

function byWeight(a: Finding, b: Finding): number {
  return (
    LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) ||
    compare(a.rule.id, b.rule.id) ||
    compare(a.address, b.address) ||
    compare(plain(a.message), plain(b.message))
  );
}

function isOf({ rule, address, fingerprint }: Acknowledgement, finding: Finding): boolean {
  return rule === finding.rule.id && address === finding.address && fingerprint === finding.fingerprint;
}

const SPENT = {
  id: "OSI-ACK-001",
  name: "AcknowledgementSpent",
  why: "An acknowledgement counts for one finding until a day. One that is left behind would let the next such change pass.",
  fix: "take it out of the file; where the change is still meant, acknowledge its finding anew",
};

/** An acknowledgement that counts no longer is a finding itself. */
function spent(one: Acknowledgement, findings: readonly Finding[], today: string): Finding[] {
  const isThere = findings.some((finding) => isOf(one, finding));
  if (isThere && one.expires >= today) return [];
  const { rule, address, fingerprint, expires } = one;
  const message = isThere
    ? say`the acknowledgement of ${rule} counted until ${expires}`
    : say`the acknowledgement of ${rule} is of no finding of this plan: the change is gone, or is another one`;
  return [{ rule: SPENT, level: "warn", plan: "", address, message, fix: [SPENT.fix], fingerprint }];
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
  const all = cards.flatMap(({ consequences }) => consequences.map(({ erases }) => erases));
  return {
    rootDisks: all.filter((what) => what === "root disk").length,
    volumes: all.filter((what) => what === "volume").length,
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
