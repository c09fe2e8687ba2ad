import { plain } from "../../rules/message";
import { type Finding, headline, type Review } from "../review";
import { document } from "./foreign";

/** Goes up when what is there changes its name or its meaning; more may come without. */
const SCHEMA_VERSION = 1;

/** A review for programs, by `docs/review.schema.json`. Its texts are as they are, and may be other people's. */
export function renderJson(review: Review): string {
  return document({
    schemaVersion: SCHEMA_VERSION,
    headline: headline(review),
    plans: review.plans,
    fingerprint: review.fingerprint,
    hasChanges: review.hasChanges,
    counts: { add: review.counts.add, change: review.counts.change, destroy: review.counts.destroy },
    erased: { rootDisks: review.erased.rootDisks, volumes: review.erased.volumes },
    noise: review.noise,
    blast: review.blast,
    findings: review.findings.map(finding),
    acknowledged: review.acknowledged.map((one) => ({ ...finding(one), reason: one.reason })),
    cards: review.cards.map(({ change, consequences }) => ({
      plan: change.plan,
      address: change.address,
      type: change.type,
      action: change.action,
      consequences: consequences.map(({ kind, message }) => ({ kind, message: plain(message) })),
    })),
  });
}

function finding({ rule, level, plan, address, message, fix, fingerprint }: Finding) {
  return {
    rule: rule.id,
    name: rule.name,
    level,
    plan,
    address,
    message: plain(message),
    fix: plain(fix),
    fingerprint,
  };
}
