import { VISIBILITY_WIDENED } from "../../../lib/rules/image/visibility-widened";
import { found, type Given } from "../subjects";

const ADDRESS = "openstack_images_image_v2.img";
const change = (before: object | undefined, after: object | undefined, more: Partial<Given> = {}) =>
  found(VISIBILITY_WIDENED, [{ address: ADDRESS, actions: ["update"], before, after, ...more }]);
const ORDER = ["private", "shared", "community", "public"];
const MEANS: Record<string, string> = {
  shared: "the projects that are its members may download it and boot from it",
  community: "every project of the cloud that knows its id may download it and boot from it",
  public: "every project of the cloud sees it, and may download it and boot from it",
};
const pairs = ORDER.flatMap((from) => ORDER.map((to) => [from, to] as const));
const isUp = ([from, to]: readonly [string, string]) => ORDER.indexOf(to) > ORDER.indexOf(from);

test.each(pairs.filter(isUp))("finds that %s becomes %s", (from, to) => {
  const level = to === "public" ? "block" : "warn";
  const expected = [`${ADDRESS}: ${level}: ${from} becomes ${to}: ${MEANS[to]}`];
  expect(change({ visibility: from }, { visibility: to })).toStrictEqual(expected);
  expect(change({ visibility: from }, { visibility: to }, { actions: ["create", "delete"] })).toStrictEqual(expected);
});

test.each(pairs.filter((pair) => !isUp(pair)))("does not mind that %s becomes %s", (from, to) => {
  expect(change({ name: "a", visibility: from }, { name: "b", visibility: to })).toStrictEqual([]);
});

test("takes the provider's default for private", () => {
  expect(change({ name: "a" }, { visibility: "shared" })).toStrictEqual([
    `${ADDRESS}: warn: private becomes shared: ${MEANS["shared"]}`,
  ]);
  expect(change({ visibility: "shared" }, { visibility: null })).toStrictEqual([]);
});

test("takes what is no visibility for everybody's", () => {
  expect(change({ visibility: "community" }, { visibility: "all" })).toStrictEqual([
    `${ADDRESS}: block: community becomes all: ${MEANS["public"]}`,
  ]);
});

test("warns of an image that is made public, and of no other", () => {
  const made = (visibility: string) => change(undefined, { visibility }, { actions: ["create"] });
  expect(made("public")).toStrictEqual([`${ADDRESS}: warn: it is made public: ${MEANS["public"]}`]);
  expect(["private", "shared", "community"].flatMap(made)).toStrictEqual([]);
});

test("leaves to others what is not known, and what goes", () => {
  expect(change({ visibility: "private" }, {}, { unknown: { visibility: true } })).toStrictEqual([]);
  expect(change({ visibility: "private" }, undefined, { actions: ["delete"] })).toStrictEqual([]);
  expect(change(undefined, { visibility: "public" }, { actions: ["read"] })).toStrictEqual([]);
});
