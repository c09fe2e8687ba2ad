import { listIn, objectIn, own, textIn } from "../rules/json";
import { IMAGE, type Policy, type Subject, type Use, VOLUME, type World } from "../rules/subject";
import type { Change, Plan } from "./plan";

/** Where resources have the ids of images and volumes, in their lists of blocks too. */
const IDS: Readonly<Record<string, readonly string[]>> = {
  [IMAGE]: ["image_id", "block_device", "kernel_id", "ramdisk_id"],
  [VOLUME]: ["volume_id", "source_vol_id", "block_device"],
};

/** The plans, and what in them refers to what. */
export function worldOf(plans: readonly Plan[], policy: Policy): World {
  const changes = plans.flatMap((plan) => plan.changes);
  const users = new Map<Subject, Use[]>();
  const used = new Map<Subject, { attribute: string; to: Subject }[]>();
  const link = (by: Subject, attribute: string, to: Subject) => {
    if (by === to || (used.get(by) ?? []).some((one) => one.to === to && one.attribute === attribute)) return;
    used.set(by, [...(used.get(by) ?? []), { attribute, to }]);
    users.set(to, [...(users.get(to) ?? []), { by, attribute }]);
  };
  for (const plan of plans) linkReferences(plan, link);
  linkIds(changes, link);
  return {
    subjects: [...changes, ...plans.flatMap(({ providers }) => providers)],
    drift: plans.flatMap(({ drift }) => drift),
    policy,
    usesOf: (subject) => users.get(subject) ?? [],
    usedBy: (subject, attribute) =>
      (used.get(subject) ?? []).flatMap((one) => (one.attribute === attribute ? one.to : [])),
  };
}

type Link = (by: Subject, attribute: string, to: Subject) => void;

function linkReferences({ changes, configuration }: Plan, link: Link): void {
  const byBlock = new Map<string, Change[]>();
  for (const change of changes) byBlock.set(change.block, [...(byBlock.get(change.block) ?? []), change]);
  for (const [block, instances] of byBlock) {
    for (const { attribute, to } of configuration.references(block)) {
      const targets = byBlock.get(to) ?? [];
      for (const by of instances) {
        // of two that are repeated alike, each means the one with its own key
        const alike = targets.filter(({ instance }) => instance !== undefined && instance === by.instance);
        for (const target of alike.length > 0 ? alike : targets) link(by, attribute, target);
      }
    }
  }
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
