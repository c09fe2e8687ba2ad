import { PROTECTION_LIFTED } from "../../../lib/rules/image/protection-lifted";
import { found, type Given } from "../subjects";

const ADDRESS = "openstack_images_image_v2.img";
const image = (before: object | undefined, after: object | undefined, more: Partial<Given> = {}) =>
  found(PROTECTION_LIFTED, [{ address: ADDRESS, actions: ["update"], before, after, ...more }]);
const lifted = [`${ADDRESS}: warn: it is no longer protected: whoever may delete it can, and so can the next apply`];

test("finds an image that loses its protection", () => {
  expect(image({ protected: true }, { protected: false })).toStrictEqual(lifted);
});

test("takes the provider's default for none", () => {
  expect(image({ protected: true }, { protected: null })).toStrictEqual(lifted);
});

test.each([
  ["that gets it", { protected: false }, { protected: true }, {}],
  ["that had none", { protected: false, name: "a" }, { protected: false, name: "b" }, {}],
  ["that keeps it", { protected: true, name: "a" }, { protected: true, name: "b" }, {}],
  ["of which it is not known", { protected: true }, {}, { unknown: { protected: true } }],
  ["that is replaced", { protected: true }, { protected: false }, { actions: ["delete", "create"] }],
  ["that goes", { protected: true }, undefined, { actions: ["delete"] }],
  ["that is new", undefined, { protected: false }, { actions: ["create"] }],
])("does not mind an image %s", (_, before, after, more) => {
  expect(image(before, after, more)).toStrictEqual([]);
});
