import { findKit, type TerraformKit } from "../../support/terraform";
import { madePlans, plans } from ".";
import { CASES } from "./cases";
import { planOf } from "./planner";

const numbered = (area: string, count: number) =>
  Array.from({ length: count }, (_, i) => `OSI-${area}-${String(i + 1).padStart(3, "0")}`);
const RULES = [...numbered("SRV", 5), ...numbered("VOL", 3), ...numbered("IMG", 28)];

/** Rules that only inform: what they alone say is harmless. `OSI-IMG-001` and `-013` do so where they do not block. */
const INFORMING = ["001", "007", "013", "019", "020", "028"].map((number) => `OSI-IMG-${number}`);

const isHarmless = ({ blocks, expects, incomplete }: (typeof CASES)[number]) =>
  !blocks && !incomplete && expects.every((rule) => INFORMING.includes(rule));

test("every case has a plan, and every plan a case of its own", () => {
  const names = CASES.map(({ name }) => name);
  expect(madePlans().sort()).toStrictEqual([...names].sort());
  expect(new Set(names).size).toBe(names.length);
});

test("every rule is expected somewhere, and no other", () => {
  const expected = new Set(CASES.flatMap(({ expects }) => expects));
  expect([...expected].sort()).toStrictEqual([...RULES].sort());
});

test("there are enough hazards and enough changes that may go on", () => {
  const harmless = CASES.filter(isHarmless);
  expect(harmless.length).toBeGreaterThanOrEqual(50);
  expect(CASES.filter(({ blocks }) => blocks).length).toBeGreaterThanOrEqual(50);
  expect(CASES.length - harmless.length).toBeGreaterThanOrEqual(100);
});

test("what blocks is found by a rule", () => {
  expect(CASES.filter(({ blocks, expects }) => blocks && expects.length === 0)).toStrictEqual([]);
});

test("every plan is whole unless its case says otherwise, and of no machine and no hour", () => {
  const seen = plans().map(({ name, plan }) => {
    const { format_version: version, errored, complete, timestamp } = plan as Record<string, unknown>;
    const isLocal = /\/root|\/tmp|127\.0\.0\.1/.test(JSON.stringify(plan));
    return { name, version, errored, complete, timestamp, isLocal };
  });
  const expected = CASES.map(({ name, incomplete }) => {
    const whole = { errored: incomplete === "errored", complete: !incomplete };
    return { name, version: "1.2", ...whole, timestamp: undefined, isLocal: false };
  });
  expect(seen).toStrictEqual(expected);
});

/** One of each kind: in place, in a module, with nothing planned, forgotten, with a canned cloud, and with an error. */
const ANEW = [
  "server-rebuilt-by-replaced-image",
  "server-rebuilt-in-module",
  "os-property-changed",
  "image-forgotten",
  "image-cache-path-of-another-home",
  "drift-content",
  "lookup-moved-server",
  "plan-errored-by-prevent-destroy",
];

/** Another version of Terraform plans the same. */
const unversioned = (plan: unknown) =>
  JSON.parse(JSON.stringify(plan, (key, value) => (key === "terraform_version" ? undefined : value)));

const kit = findKit();
const reason = "reason" in kit ? kit.reason : whyNot(kit);
const which = reason === undefined ? describe : describe.skip;
which(reason === undefined ? "made anew" : `made anew (skipped: ${reason})`, () => {
  test.each(CASES.filter(({ name }) => ANEW.includes(name)))(
    "$name is what was kept",
    async (one) => {
      const kept = plans().find(({ name }) => name === one.name)?.plan;
      expect(unversioned(await planOf(kit as TerraformKit, one))).toStrictEqual(unversioned(kept));
    },
    180_000,
  );
});

function whyNot({ kind, terraform }: TerraformKit): string | undefined {
  if (kind !== "real") return "the real provider is not installed";
  // its registry is another, which stands in every plan
  return terraform.product === "Terraform" ? undefined : `plans were made by Terraform, found ${terraform.product}`;
}
