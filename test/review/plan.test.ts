import { blockOf, planIn } from "../../lib/review/plan";
import { planOf } from "../rules/subjects";

const PLAN = planOf([{ address: "openstack_images_image_v2.img", actions: ["create"], after: { name: "a" } }]);
const read = (change: object) => planIn(JSON.stringify({ ...PLAN, ...change }), "plan.json");
const action = (actions: string[], more: object = {}) =>
  planIn(JSON.stringify(planOf([{ address: "a.b", actions, ...more }])), "plan.json").changes[0]?.action;

test.each([
  [["no-op"], "none"],
  [["create"], "create"],
  [["read"], "read"],
  [["update"], "update"],
  [["delete"], "delete"],
  [["delete", "create"], "replace"],
  [["create", "delete"], "replace"],
  [["forget"], "forget"],
  [["create", "forget"], "forget"],
  [["open"], "strange"],
  [["delete", "create", "delete"], "strange"],
  [[], "strange"],
])("%j is %s", (actions, expected) => {
  expect(action(actions, { before: { a: 1 }, after: { a: 2 } })).toBe(expected);
});

test("an update of nothing is none, unless something is unknown", () => {
  expect(action(["update"], { before: { a: 1, b: [] }, after: { b: [], a: 1 } })).toBe("none");
  expect(action(["update"], { before: { a: 1 }, after: { a: 1 }, unknown: { b: { c: true } } })).toBe("update");
});

test.each([
  ["no JSON", "{", "plan.json is no JSON; write it with terraform show -json PLANFILE"],
  ["no plan", "[]", "plan.json is no plan of Terraform or OpenTofu; write it with terraform show -json PLANFILE"],
  ["a state", '{"format_version": "1.0", "values": {}}', "plan.json is no plan of Terraform or OpenTofu"],
])("fails when it is %s, and shows nothing of it", (_, text, said) => {
  expect(() => planIn(text, "plan.json")).toThrow(said);
});

test("reads other minors of the format, and fails for another major", () => {
  expect(read({ format_version: "1.99" }).changes).toHaveLength(1);
  expect(() => read({ format_version: "2.0" })).toThrow(
    "plan.json is of a format that is not known here (1.x is); update cdktf-openstack-images",
  );
});

test.each([
  [{ errored: true }, "ended with an error"],
  [{ complete: false }, "is not complete (-target, or changes that Terraform defers)"],
  [{ deferred_changes: [{}] }, "defers changes to another plan"],
])("fails when it is not whole: %j", (change, said) => {
  expect(() => read(change)).toThrow(`plan.json ${said}, so nobody can say what else happens; plan again, and whole`);
});

test("an address is told from its instance's keys", () => {
  expect(blockOf('module.a["x.y[0]"].module.b[3].type.name["\\"]"]')).toBe("module.a.module.b.type.name");
});

test("what every object has is no attribute", () => {
  const [change] = planIn(
    '{"format_version": "1.2", "resource_changes": [{"address": "a.b", "type": "a", "change": {"actions": ["create"], "after": {"__proto__": {"name": "x"}, "constructor": null}}}]}',
    "plan.json",
  ).changes;
  expect(change?.after?.get("name")).toBeUndefined();
  expect(change?.after?.get("constructor")).toBeUndefined();
  expect(change?.after?.get("toString")).toBeUndefined();
  expect(change?.after?.get("__proto__")).toStrictEqual({ name: "x" });
});
