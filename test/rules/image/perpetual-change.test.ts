import { PERPETUAL_CHANGE } from "../../../lib/rules/image/perpetual-change";
import { found, type Given } from "../subjects";

const IMG = "openstack_images_image_v2.img";
const check = (from: object, to: object, more: Partial<Given> = {}, providers: object = {}) =>
  found(
    PERPETUAL_CHANGE,
    [{ address: IMG, actions: ["update"], before: { properties: from }, after: { properties: to }, ...more }],
    { providers },
  );
const said = (names: string) => [
  `${IMG}: info: provider 3.4.0 plans ${names} and does not send it: each plan has it again`,
];

test("finds new os_* properties", () => {
  expect(check({ foo: "1" }, { foo: "1", os_new: "1" })).toStrictEqual(said("os_new"));
  expect(check({}, { os_b: "1", os_a: "1", bar: "2" })).toStrictEqual(said("os_a, os_b"));
  expect(check({}, {}, { unknown: { properties: { os_new: true } } })).toStrictEqual(said("os_new"));
});

test.each([
  ["other new properties", {}, { foo: "1", xos_a: "1" }],
  ["Glance's own", {}, { os_hash_value: "1", os_glance_x: "1", os_hidden: "1" }],
  ["changed ones", { os_a: "1" }, { os_a: "2" }],
  ["removed ones", { os_a: "1" }, {}],
])("does not mind %s", (_, from, to) => {
  expect(check(from, to)).toStrictEqual([]);
});

test.each([[["create"]], [["delete", "create"]], [["no-op"]]])(
  "does not mind an image that is made (%s)",
  (actions) => {
    expect(check({}, { os_new: "1" }, { actions })).toStrictEqual([]);
  },
);

test.each([
  [undefined, true],
  ["", true],
  ["3.4.0", true],
  ["= 3.4.0", true],
  ["v3.4", true],
  ["~> 3.4", true],
  [">= 3.4.0", true],
  [">= 2.0, < 4.0", true],
  ["3.3.9", true],
  ["2.9.9", true],
  ["< 9.0.0", true],
  ["<= 9.0.0", true],
  ["!= 9.0.0", true],
  ["nonsense 9", true],
  ["> 3.4", false],
  ["> 3.4.0", false],
  ["> 3.3.0", true],
  [">= 3.4.1", false],
  [">= 2.0, ~> 3.5", false],
  ["~> 3.5", false],
  ["=3.5.0", false],
  ["v3.5.0", false],
  ["4", false],
  ["10.0.0", false],
  ["3.10", false],
  ["3.4.10", false],
  [" >=  4.0.0 ", false],
])("of provider %s it is so: %s", (version_constraint, isSo) => {
  const providers = { openstack: { name: "openstack", version_constraint } };
  expect(check({}, { os_new: "1" }, {}, providers)).toStrictEqual(isSo ? said("os_new") : []);
});

test("takes together what all modules ask for, and nothing of other providers", () => {
  const modules = (name: string) => ({
    openstack: { name: "openstack", version_constraint: ">= 1.0" },
    [`module.a:${name}`]: { name, version_constraint: ">= 3.5" },
  });
  expect(check({}, { os_new: "1" }, {}, modules("openstack"))).toStrictEqual([]);
  expect(check({}, { os_new: "1" }, {}, modules("other"))).toStrictEqual(said("os_new"));
});
