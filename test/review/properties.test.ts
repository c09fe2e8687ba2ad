import * as fc from "fast-check";
import { PlanUnusable, planIn } from "../../lib/review/plan";
import { review } from "../../lib/review/review";
import { sanitized } from "../../lib/review/sanitize";
import { plain } from "../../lib/rules/message";
import { RULES } from "../../lib/rules/rules";
import { RUNS, SEED } from "../property/runs";
import { anyPlan, turned } from "./any-plan";

const OPTIONS = { numRuns: Math.ceil(RUNS / 4), seed: SEED };
const of = (plan: unknown) => review([planIn(JSON.stringify(plan), "plan.json")], RULES, { today: "2026-11-22" });

/** All that a review says. */
function said(plan: unknown) {
  const { findings, cards, counts, erased, noise, fingerprint, blast } = of(plan);
  return {
    findings: findings.map(({ rule, level, address, message, fix, fingerprint: of }) => [
      rule.id,
      level,
      address,
      plain(message),
      plain(fix),
      of,
    ]),
    cards: cards.map(({ change, consequences }) => [
      change.address,
      consequences.map(({ kind, message }) => [kind, plain(message)]),
    ]),
    ...{ counts, erased, noise, fingerprint, blast },
  };
}

test("no JSON is more than no plan", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (json) => {
      try {
        of(json);
      } catch (error) {
        expect(error).toBeInstanceOf(PlanUnusable);
      }
    }),
    OPTIONS,
  );
});

test("what has the form of a plan is reviewed, whatever stands in its places", () => {
  fc.assert(
    fc.property(anyPlan, (plan) => {
      expect(of(plan).findings).toBeDefined();
    }),
    OPTIONS,
  );
});

test("the order of keys says nothing, nor does that of changes for the findings", () => {
  fc.assert(
    fc.property(anyPlan, (plan) => {
      const first = said(plan);
      expect(said(turned(plan))).toStrictEqual(first);
      const { findings, fingerprint, erased } = said({
        ...plan,
        resource_changes: [...plan.resource_changes].reverse(),
      });
      expect({ findings, fingerprint, erased }).toStrictEqual({
        findings: first.findings,
        fingerprint: first.fingerprint,
        erased: first.erased,
      });
    }),
    OPTIONS,
  );
});

test("a plan that can be shown can be reviewed", () => {
  fc.assert(
    fc.property(anyPlan, (plan) => {
      expect(planIn(sanitized(JSON.stringify(plan), "plan.json"), "plan.json").changes).toHaveLength(
        plan.resource_changes.length,
      );
    }),
    OPTIONS,
  );
});
