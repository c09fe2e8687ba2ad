import { planIn } from "../../lib/review/plan";
import { review } from "../../lib/review/review";
import { sanitized } from "../../lib/review/sanitize";
import { RULES } from "../../lib/rules/rules";
import { type Given, literal, planOf, reference } from "../rules/subjects";

const IMAGE = "openstack_images_image_v2.img";
const DIGEST = `#sha512=${"a".repeat(128)}`;
const CHANGES: Given[] = [
  {
    address: IMAGE,
    actions: ["create"],
    after: {
      name: "golden",
      image_source_url: `https://me:SECRET1@images.test/a.qcow2?X-Amz-Signature=SECRET2${DIGEST}`,
      image_source_password: "SECRET3",
    },
    code: { image_source_password: literal("SECRET4"), name: literal("SECRET5") },
  },
  {
    address: "openstack_compute_instance_v2.web",
    actions: ["update"],
    before: { name: "web", image_id: "1", user_data: "SECRET6", metadata: { key: "SECRET7" } },
    after: {
      name: "SECRET8",
      image_id: "2",
      admin_pass: "SECRET9",
      personality: [{ file: "/a", content: "SECRET10" }],
    },
    sensitive: { name: true },
    code: { image_id: reference(IMAGE), admin_pass: literal("SECRET11") },
  },
  { address: "random_password.x", actions: ["create"], after: { result: "SECRET12" } },
];
const PLAN = {
  ...planOf(CHANGES, CHANGES),
  variables: { password: { value: "SECRET13" } },
  planned_values: { outputs: { x: { value: "SECRET14" } } },
  prior_state: { values: "SECRET15" },
  output_changes: { x: { actions: ["create"], after: "SECRET16" } },
  relevant_attributes: ["SECRET17"],
};
const withProvider = {
  ...PLAN,
  configuration: {
    ...PLAN.configuration,
    provider_config: { openstack: { expressions: { password: literal("SECRET18") } } },
    root_module: {
      ...PLAN.configuration.root_module,
      variables: { a: { default: "SECRET19" } },
      outputs: { o: { expression: { ...reference(IMAGE), constant_value: "SECRET20" } } },
      module_calls: {
        m: {
          source: "SECRET21",
          expressions: { x: literal("SECRET22") },
          module: { variables: { y: { default: "SECRET23" } } },
        },
      },
    },
  },
  checks: [{ address: { kind: "resource", to_display: IMAGE }, instances: [{ problems: [{ message: "SECRET24" }] }] }],
};

test("holds no value but those that are known to be harmless", () => {
  const text = sanitized(JSON.stringify(withProvider), "plan.json");
  expect(text.match(/SECRET\d+/g)).toBeNull();
  expect(text).toContain(`https://images.test/a.qcow2${DIGEST}`);
});

test("is reviewed as the plan itself, but for its secrets", () => {
  const of = (text: string) => {
    const { findings, counts, erased } = review([planIn(text, "plan.json")], RULES);
    // secrets are gone
    const others = findings.filter(({ rule }) => !["OSI-SRV-005", "OSI-IMG-013"].includes(rule.id));
    return { findings: others.map(({ rule, level, address }) => `${rule.id} ${level} ${address}`), counts, erased };
  };
  const text = JSON.stringify(withProvider);
  expect(of(sanitized(text, "plan.json"))).toStrictEqual(of(text));
  expect(of(text).erased.rootDisks).toBe(1);
});

test("fails when it is no plan", () => {
  expect(() => sanitized("{}", "plan.json")).toThrow("plan.json is no plan");
});
