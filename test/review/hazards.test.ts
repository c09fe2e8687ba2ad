import { PlanUnusable, planIn } from "../../lib/review/plan";
import { review } from "../../lib/review/review";
import { RULES } from "../../lib/rules/rules";
import { plans } from "./plans";

const ALL = plans();
const WHOLE = ALL.filter(({ incomplete }) => incomplete === undefined);
const of = (plan: unknown) => review([planIn(JSON.stringify(plan), "plan.json")], RULES);

/** By plans that the real provider made. */
test.each(WHOLE)("$name: $description", ({ plan, expects, blocks }) => {
  const { findings } = of(plan);
  const found = new Set(findings.map(({ rule }) => rule.id));
  expect(expects.filter((id) => !found.has(id))).toStrictEqual([]);
  expect(findings.some(({ level }) => level === "block")).toBe(blocks);
});

test.each(ALL.filter(({ incomplete }) => incomplete !== undefined))(
  "fails for $name, which is not whole: $description",
  ({ plan }) => {
    expect(() => of(plan)).toThrow(PlanUnusable);
  },
);
