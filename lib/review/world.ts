import { listIn, objectIn, own, textIn } from "../rules/json";
import { Links } from "../rules/links";
import { IMAGE, type Policy, type Subject, VOLUME, type World } from "../rules/subject";
import type { Change, Plan } from "./plan";

/** Where resources have the ids of images and volumes, in their lists of blocks too. */
const IDS: Readonly<Record<string, readonly string[]>> = {
  [IMAGE]: ["image_id", "block_device", "kernel_id", "ramdisk_id"],
  [VOLUME]: ["volume_id", "source_vol_id", "block_device"],
};

/** The plans, and what in them refers to what. */
export function worldOf(plans: readonly Plan[], policy: Policy, today?: string): World {
  const changes = plans.flatMap((plan) => plan.changes);
  const links = new Links();
  const link: Link = (by, attribute, to) => links.add(by, attribute, to);
  for (const plan of plans) linkReferences(plan, plans, link);
  linkIds(changes, link);
  return {
    subjects: [...changes, ...plans.flatMap(({ providers }) => providers)],
    drift: plans.flatMap(({ drift }) => drift),
    policy,
    today,
    usesOf: (subject) => links.usesOf(subject),
    usedBy: (subject, attribute) => links.usedBy(subject, attribute),
  };
}

type Link = (by: Subject, attribute: string, to: Subject) => void;

function linkReferences(plan: Plan, plans: readonly Plan[], link: Link): void {
  const byBlock = grouped(plan.changes);
  for (const [block, instances] of byBlock) {
    for (const { attribute, to } of plan.configuration.references(block)) {
      const targets = "block" in to ? (byBlock.get(to.block) ?? []) : published(to.output, plan, plans);
      for (const by of instances) {
        // of two that are repeated alike, each means the one with its own key
        const alike = targets.filter(({ instance }) => instance !== undefined && instance === by.instance);
        for (const target of alike.length > 0 ? alike : targets) link(by, attribute, target);
      }
    }
  }
}

/** What other plans give out by a name. */
function published(output: string, plan: Plan, plans: readonly Plan[]): Change[] {
  return plans
    .filter((other) => other !== plan)
    .flatMap((other) => {
      const blocks = other.configuration.output(output);
      return other.changes.filter(({ block }) => blocks.includes(block));
    });
}

function grouped(changes: readonly Change[]): ReadonlyMap<string, readonly Change[]> {
  const byBlock = new Map<string, Change[]>();
  for (const change of changes) {
    const same = byBlock.get(change.block);
    if (same) same.push(change);
    else byBlock.set(change.block, [change]);
  }
  return byBlock;
}

/** An id that stands in another resource, whoever wrote it there; in another plan too. */
function linkIds(changes: readonly Change[], link: Link): void {
  for (const [type, attributes] of Object.entries(IDS)) {
    const byId = new Map<string, Change>();
    for (const change of changes) {
      const id = change.type === type && !change.isData ? change.before?.text("id") : undefined;
      if (id !== undefined) byId.set(id, change);
    }
    if (byId.size === 0) continue;
    for (const by of changes) {
      for (const attribute of attributes) {
        for (const id of [...idsAt(by.before, attribute), ...idsAt(by.after, attribute)]) {
          const to = byId.get(id);
          if (to) link(by, attribute, to);
        }
      }
    }
  }
}

function idsAt(attributes: Subject["before"], attribute: string): string[] {
  const value = attributes?.get(attribute);
  if (typeof value === "string") return [value];
  return listIn(value).flatMap((block) => textIn(own(objectIn(block), "uuid")) ?? []);
}
