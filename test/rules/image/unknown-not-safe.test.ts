import { UNKNOWN_NOT_SAFE } from "../../../lib/rules/image/unknown-not-safe";
import { found } from "../subjects";

const IMG = "openstack_images_image_v2.img";
const MEMBER = "openstack_images_image_access_v2.m";
const check = (address: string, unknown: object, actions = ["create"], after: object | undefined = {}) =>
  found(UNKNOWN_NOT_SAFE, [{ address, actions, before: { name: "a" }, after, unknown }]);
const said = (address: string, name: string, unsaid: string) =>
  `${address}: warn: ${name} is not known before the apply: nobody can say now ${unsaid}`;

test.each([
  [IMG, "visibility", "who may see it"],
  [IMG, "protected", "whether it may be deleted"],
  [IMG, "image_source_url", "where it comes from"],
  [MEMBER, "member_id", "which project gets access"],
])("of %s finds that %s is not known", (address, name, unsaid) => {
  for (const actions of [["create"], ["update"], ["delete", "create"]])
    expect(check(address, { [name]: true }, actions)).toStrictEqual([said(address, name, unsaid)]);
});

test("tells all of them", () => {
  expect(check(IMG, { visibility: true, protected: true })).toStrictEqual([
    said(IMG, "visibility", "who may see it"),
    said(IMG, "protected", "whether it may be deleted"),
  ]);
});

test("does not mind what decides nothing, nor what is known", () => {
  expect(check(IMG, { id: true, checksum: true, member_id: true })).toStrictEqual([]);
  expect(check(MEMBER, { image_id: true, status: true, visibility: true })).toStrictEqual([]);
  expect(check(IMG, { visibility: false }, ["create"], { visibility: "private" })).toStrictEqual([]);
});

test.each([[["no-op"]], [["delete"]], [["forget"]]])("does not mind what is not made or changed (%s)", (actions) => {
  expect(check(IMG, { visibility: true }, actions)).toStrictEqual([]);
});
