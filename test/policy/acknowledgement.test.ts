import { Aspects, type TerraformStack } from "cdktf";
import { Image, ImagePolicy, ImageSource, ImageVisibility, PolicyLevel } from "cdktf-openstack-images";
import { Construct, type IConstruct } from "constructs";
import { URL_QCOW2 } from "../image/given";
import { failure, newStack } from "../support/synth";
import { annotated, annotatedApp, found } from "./annotated";

const RULE = "OSI-IMG-012";
const REASON = "built here, see #7";
const source = ImageSource.fromUrl(URL_QCOW2);

/** A shared image in a group, with what is acknowledged of it; the rules' ids that are left. */
function acknowledged(acknowledge: (image: Image, group: Construct, stack: TerraformStack) => void): string[] {
  return annotated((stack) => {
    const group = new Construct(stack, "Group");
    const image = new Image(group, "Golden", { source, visibility: ImageVisibility.SHARED });
    acknowledge(image, group, stack);
    Aspects.of(stack).add(new ImagePolicy());
  }).filter((one) => one.includes(": OSI-"));
}

test("turns a finding off, of the construct, of its resource, and of what holds it", () => {
  const of = (pick: (image: Image, group: Construct, stack: TerraformStack) => IConstruct) =>
    acknowledged((...all) => ImagePolicy.acknowledge(pick(...all), RULE, REASON));
  expect(found(acknowledged(() => {}))).toStrictEqual([`error test/Group/Golden: ${RULE}`]);
  expect(of((image) => image)).toStrictEqual([]);
  expect(of((image) => image.resource)).toStrictEqual([]);
  expect(of((_, group) => group)).toStrictEqual([]);
  expect(of((_, __, stack) => stack)).toStrictEqual([]);
});

test("leaves findings of other rules, and of other constructs", () => {
  const annotations = annotated((stack) => {
    const seen = new Image(stack, "Seen", { source, visibility: ImageVisibility.PUBLIC });
    new Image(stack, "Other", { source });
    ImagePolicy.acknowledge(seen, RULE, REASON);
    Aspects.of(stack).add(new ImagePolicy());
  });
  expect(found(annotations)).toStrictEqual(["warn test/Seen: OSI-IMG-004", `warn test/Other: ${RULE}`]);
});

test("keeps the reason in the metadata", () => {
  acknowledged((image) => {
    ImagePolicy.acknowledge(image, RULE, REASON);
    expect(image.node.metadata).toContainEqual(
      expect.objectContaining({ type: "cdktf-openstack-images/acknowledged", data: { rule: RULE, reason: REASON } }),
    );
  });
});

test("warns of one that is of no finding, at its construct", () => {
  expect(
    acknowledged((image, group) => {
      ImagePolicy.acknowledge(group, RULE, REASON);
      ImagePolicy.acknowledge(image, "OSI-IMG-006", REASON);
    }),
  ).toStrictEqual([
    `warn test/Group/Golden: OSI-ACK-001: the acknowledgement of OSI-IMG-006 (${REASON}) is of no finding of this construct; take it out`,
  ]);
});

test("warns of one in vain with the levels of failOn, and only where the policy is heard", () => {
  const build = (failOn?: PolicyLevel) =>
    found(
      annotated((stack) => {
        const [one, two] = ["One", "Two"].map((id) => new Construct(stack, id));
        for (const each of [one, two]) ImagePolicy.acknowledge(each, RULE, REASON);
        Aspects.of(one).add(new ImagePolicy({ failOn }));
      }),
    );
  expect(build()).toStrictEqual(["warn test/One: OSI-ACK-001"]);
  expect(build(PolicyLevel.WARN)).toStrictEqual(["error test/One: OSI-ACK-001"]);
});

test("is of its own stack, and not of one inside it", () => {
  const annotations = annotatedApp((app) => {
    const outer = newStack(app, "outer");
    new Image(newStack(outer, "inner"), "Golden", { source });
    ImagePolicy.acknowledge(outer, RULE, REASON);
    Aspects.of(app).add(new ImagePolicy());
  });
  expect([...new Set(found(annotations))].sort()).toStrictEqual([
    "warn outer/inner/Golden: OSI-IMG-012",
    "warn outer: OSI-ACK-001",
  ]);
});

test("fails when the rule does not exist", () => {
  expect(failure((stack) => ImagePolicy.acknowledge(stack, "OSI-IMG-999", REASON))).toBe(
    `'ruleId' must have the id of a rule, got "OSI-IMG-999"; docs/rules.md lists them [RuleUnknown at test]`,
  );
});

test.each(["", " \n"])("fails when the reason is %j", (reason) => {
  expect(failure((stack) => ImagePolicy.acknowledge(stack, RULE, reason))).toContain("[ReasonEmpty at test]");
});

test("fails when the construct is in no stack", () => {
  expect(failure((stack) => ImagePolicy.acknowledge(stack.node.root, RULE, REASON))).toContain(
    "to leave OSI-IMG-012 out everywhere, set its level to off [AcknowledgedOutsideStack at ]",
  );
});
