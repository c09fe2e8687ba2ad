import { fingerprintOf } from "../../lib/review/fingerprint";
import { planIn } from "../../lib/review/plan";
import { type Given, planOf } from "../rules/subjects";

const print = (...changes: Given[]) => fingerprintOf([planIn(JSON.stringify(planOf(changes)), "plan.json")]);
const image = (before: object | undefined, after: object | undefined, more: Partial<Given> = {}): Given => ({
  address: "openstack_images_image_v2.img",
  actions: ["update"],
  before,
  after,
  ...more,
});
const RENAMED = image({ id: "i", name: "a", tags: null }, { id: "i", name: "b", tags: [] });

test.each<[string, Given[]]>([
  ["noise besides", [image({ name: "a", image_cache_path: "/one" }, { name: "b", image_cache_path: "/two" })]],
  ["what stays as it is", [image({ name: "a", visibility: "private" }, { name: "b", visibility: "private" })]],
  ["what is read", [RENAMED, { address: "data.openstack_images_image_v2.x", actions: ["read"], after: { name: "x" } }]],
  ["what nothing happens to", [{ address: "a.b", actions: ["no-op"], before: { x: 1 }, after: { x: 1 } }, RENAMED]],
  [
    "an update of noise alone",
    [image({ file: "1" }, { file: "2" }, { address: "openstack_images_image_v2.b" }), RENAMED],
  ],
])("does not mind %s", (_, changes) => {
  expect(print(...changes)).toBe(print(RENAMED));
});

test("does not mind the order, of changes and of keys", () => {
  const other = image({ x: { a: 1, b: 2 } }, { x: { b: 3, a: 1 } }, { address: "openstack_images_image_v2.other" });
  const turned = image({ x: { b: 2, a: 1 } }, { x: { a: 1, b: 3 } }, { address: "openstack_images_image_v2.other" });
  expect(print(RENAMED, other)).toBe(print(turned, RENAMED));
});

test.each<[string, Given]>([
  ["another value", image({ name: "a" }, { name: "c" })],
  ["another value before", image({ name: "z" }, { name: "b" })],
  ["a value that is not known yet", image({ name: "a" }, {}, { unknown: { name: true } })],
  ["another address", { ...RENAMED, address: "openstack_images_image_v2.other" }],
  ["another action", { ...RENAMED, actions: ["delete", "create"] }],
  ["another order of the action", { ...RENAMED, actions: ["create", "delete"] }],
  ["one attribute more", image({ name: "a", hidden: false }, { name: "b", hidden: true })],
  ["nothing at all", { ...RENAMED, actions: ["no-op"], after: RENAMED.before }],
])("is another one for %s", (_, change) => {
  expect(print(change)).not.toBe(print(RENAMED));
});

test("tells what is destroyed and created from each other", () => {
  const made = image(undefined, { name: "a" }, { actions: ["create"] });
  const gone = image({ name: "a" }, undefined, { actions: ["delete"] });
  expect(new Set([print(made), print(gone), print()]).size).toBe(3);
});

test("minds sensitive values, though nothing shows them", () => {
  const renamed = (name: string, before = "a") => image({ name: before }, { name }, { sensitive: { name: true } });
  expect(print(renamed("b"))).toBe(print(renamed("b")));
  expect(print(renamed("c"))).not.toBe(print(renamed("b")));
  expect(print(renamed("b", "z"))).not.toBe(print(renamed("b")));
});
