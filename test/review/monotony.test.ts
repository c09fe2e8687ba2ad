import * as fc from "fast-check";
import { planIn } from "../../lib/review/plan";
import { review } from "../../lib/review/review";
import { LEVELS } from "../../lib/rules/rule";
import { RULES } from "../../lib/rules/rules";
import { VISIBILITIES } from "../../lib/rules/visibility";
import { RUNS, SEED } from "../property/runs";
import { planOf } from "../rules/subjects";

/** The rules that ask who may see an image. */
const ASKING = RULES.filter(({ id }) => ["OSI-IMG-001", "OSI-IMG-004", "OSI-IMG-012"].includes(id));

/** How much is found: 0 is most. */
function weight(actions: string[], before: object | undefined, after: object): number {
  const plan = planOf([{ address: "openstack_images_image_v2.img", actions, before, after }]);
  const { findings } = review([planIn(JSON.stringify(plan), "plan.json")], ASKING);
  return Math.min(LEVELS.length, ...findings.map(({ level }) => LEVELS.indexOf(level)));
}

const index = fc.nat(VISIBILITIES.length - 1);

test("the more may see an image in the end, the more a change of it weighs", () => {
  fc.assert(
    fc.property(
      fc.constantFrom<string[]>(["create"], ["update"], ["delete", "create"], ["create", "delete"]),
      fc.record({
        name: fc.constantFrom("a", "b"),
        image_source_url: fc.constantFrom("https://a.test/x", "https://a.test/y"),
      }),
      fc.record({
        name: fc.constantFrom("a", "b"),
        image_source_url: fc.constantFrom("https://a.test/x", "https://a.test/y"),
      }),
      index,
      index,
      index,
      (actions, before, after, was, one, other) => {
        const [less, more] = [Math.min(one, other), Math.max(one, other)];
        const first =
          actions.includes("create") && actions.length === 1 ? undefined : { ...before, visibility: VISIBILITIES[was] };
        const of = (visibility: number) => weight(actions, first, { ...after, visibility: VISIBILITIES[visibility] });
        expect(of(more)).toBeLessThanOrEqual(of(less));
      },
    ),
    { numRuns: RUNS, seed: SEED },
  );
});
