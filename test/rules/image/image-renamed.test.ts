import { IMAGE_RENAMED } from "../../../lib/rules/image/image-renamed";
import { found, type Given } from "../subjects";

const image = (before: object | undefined, after: object | undefined, more: Partial<Given> = {}) =>
  found(IMAGE_RENAMED, [{ address: "openstack_images_image_v2.img", actions: ["update"], before, after, ...more }]);
const ADDRESS = "openstack_images_image_v2.img";
const blocked = `${ADDRESS}: block: it is renamed from a to b: other projects that look for a find it no longer`;
const told = `${ADDRESS}: info: it is renamed from a to b: what looks for a in its own project finds it no longer`;

test.each(["public", "community", "shared"])("finds another name of an image that is %s", (visibility) => {
  expect(image({ name: "a", visibility }, { name: "b", visibility })).toStrictEqual([blocked]);
});

test("tells another name of a private image", () => {
  expect(image({ name: "a", visibility: "private" }, { name: "b", visibility: "private" })).toStrictEqual([told]);
  expect(image({ name: "a" }, { name: "b" })).toStrictEqual([told]);
});

test("minds what an image was, and what it becomes", () => {
  expect(image({ name: "a", visibility: "shared" }, { name: "b", visibility: "private" })).toStrictEqual([blocked]);
  expect(image({ name: "a", visibility: "private" }, { name: "b", visibility: "public" })).toStrictEqual([blocked]);
});

test("does not take a visibility that is not known for private", () => {
  expect(image({ name: "a", visibility: "private" }, { name: "b" }, { unknown: { visibility: true } })).toStrictEqual([
    blocked,
  ]);
});

test("says that a name is known after the apply alone", () => {
  expect(image({ name: "a" }, {}, { unknown: { name: true } })).toStrictEqual([
    `${ADDRESS}: info: it may be renamed: a becomes a name that is known after the apply alone: what looks for a in its own project finds it no longer`,
  ]);
});

test("finds another name of an image that is replaced too", () => {
  expect(image({ name: "a" }, { name: "b" }, { actions: ["create", "delete"], unknown: { id: true } })).toStrictEqual([
    told,
  ]);
});

test.each([
  ["the same name", { name: "a", visibility: "public" }, { name: "a", visibility: "private" }, {}],
  ["a new image", undefined, { name: "b", visibility: "public" }, { actions: ["create"] }],
  ["an image that goes", { name: "a", visibility: "public" }, undefined, { actions: ["delete"] }],
  ["a name that the plan does not have", { name: "a", visibility: "public" }, { hidden: true }, {}],
  ["a name that it did not have", { visibility: "public" }, { name: "b", visibility: "public" }, {}],
])("does not mind %s", (_, before, after, more) => {
  expect(image(before, after, more)).toStrictEqual([]);
});
