import { plain } from "../../rules/message";
import { type Finding, headline, type Review } from "../review";
import { document } from "./foreign";

/** Goes up when what is there changes its name or its meaning; more may come without. */
const SCHEMA_VERSION = 1;

/** What a document says besides the review. */
export interface JsonOptions {
  /** Of what the plans mean. */
  readonly fingerprint?: string;
}

/** A review for programs, by `docs/review.schema.json`. Its texts are as they are, and may be other people's. */
export function renderJson(review: Review, { fingerprint }: JsonOptions = {}): string {
  return document({
    schemaVersion: SCHEMA_VERSION,
    headline: headline(review),
    plans: review.plans,
    ...(fingerprint === undefined ? {} : { fingerprint }),
    hasChanges: review.hasChanges,
    counts: { add: review.counts.add, change: review.counts.change, destroy: review.counts.destroy },
    erased: { rootDisks: review.erased.rootDisks, volumes: review.erased.volumes },
    noise: review.noise,
    findings: review.findings.map(finding),
    cards: review.cards.map(({ change, consequences }) => ({
      address: change.address,
      type: change.type,
      action: change.action,
      consequences: consequences.map(({ kind, message }) => ({ kind, message: plain(message) })),
    })),
  });
}

function finding({ rule, level, address, message, fix }: Finding) {
  return { rule: rule.id, name: rule.name, level, address, message: plain(message), fix: plain(fix) };
}
