import { HIDDEN } from "../../../lib/rules/image/hidden";
import { found } from "../subjects";

const check = (before: object | undefined, after: object | undefined, actions = ["update"], unknown: object = {}) =>
  found(HIDDEN, [{ address: "openstack_images_image_v2.img", actions, before, after, unknown }]);
const HID = [
  "openstack_images_image_v2.img: info: lists and lookups no longer have it; who has its id still boots from it",
];

test("finds an image that is hidden, and one that no longer is", () => {
  expect(check({ hidden: false }, { hidden: true })).toStrictEqual(HID);
  expect(check({ hidden: true }, { hidden: false })).toStrictEqual([
    "openstack_images_image_v2.img: info: lists and lookups have it again",
  ]);
  expect(check({ hidden: false }, { hidden: true }, ["delete", "create"])).toStrictEqual(HID);
});

test("does not mind one that stays as it is, is new, goes or is not known", () => {
  expect(check({ hidden: true, name: "a" }, { hidden: true, name: "b" })).toStrictEqual([]);
  expect(check({ hidden: false, name: "a" }, { hidden: false, name: "b" })).toStrictEqual([]);
  expect(check(undefined, { hidden: true }, ["create"])).toStrictEqual([]);
  expect(check({ hidden: true }, undefined, ["delete"])).toStrictEqual([]);
  expect(check({ name: "a" }, { hidden: true })).toStrictEqual([]);
  expect(check({ hidden: true }, {}, ["update"], { hidden: true })).toStrictEqual([]);
  expect(check({ hidden: false }, { hidden: true }, ["no-op"])).toStrictEqual([]);
});
