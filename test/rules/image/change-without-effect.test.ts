import { CHANGE_WITHOUT_EFFECT } from "../../../lib/rules/image/change-without-effect";
import { found, type Given, literal, reference } from "../subjects";

const IMG = "openstack_images_image_v2.img";
const check = (given: Partial<Given>, version_constraint?: string) =>
  found(CHANGE_WITHOUT_EFFECT, [{ address: IMG, actions: ["no-op"], ...given }], {
    providers: { openstack: { name: "openstack", version_constraint } },
  });
/** The plan keeps what was, whatever the code says. */
const kept = (was: object, code: unknown, more: Partial<Given> = {}) => ({
  before: { properties: was },
  after: { properties: was },
  code: { properties: literal(code) },
  ...more,
});
const stale = (names: string) =>
  `${IMG}: warn: the code says otherwise of ${names}, and provider 3.4.0 does not send it: it stays as it is in Glance`;
const surplus = (names: string) =>
  `${IMG}: warn: the code no longer has ${names}, and provider 3.4.0 does not remove it: it stays in Glance`;

test("finds os_* properties that the code has otherwise", () => {
  expect(check(kept({ os_distro: "ubuntu" }, { os_distro: "debian" }))).toStrictEqual([stale("os_distro")]);
  expect(check(kept({ os_version: "1", os_distro: "ubuntu" }, { os_version: "2", os_distro: "debian" }))).toStrictEqual(
    [stale("os_distro, os_version")],
  );
});

test("finds os_* properties that the code has no longer", () => {
  expect(check(kept({ os_distro: "ubuntu", foo: "1" }, { foo: "1" }))).toStrictEqual([surplus("os_distro")]);
  expect(check(kept({ os_a: "1", os_b: "1" }, { os_a: "2" }))).toStrictEqual([stale("os_a"), surplus("os_b")]);
});

test("finds them beside what is sent", () => {
  const update = {
    actions: ["update"],
    before: { properties: { os_distro: "ubuntu", foo: "1" } },
    after: { properties: { os_distro: "ubuntu", foo: "2", os_new: "1" } },
    code: { properties: literal({ os_distro: "debian", foo: "2", os_new: "1" }) },
  };
  expect(check(update)).toStrictEqual([stale("os_distro")]);
});

test("compares as the provider does, by texts", () => {
  expect(check(kept({ os_a: "true", os_b: "1" }, { os_a: true, os_b: 1 }))).toStrictEqual([]);
  expect(check(kept({ os_a: "true" }, { os_a: false }))).toStrictEqual([stale("os_a")]);
  expect(check(kept({ os_a: "x" }, { os_a: null }))).toStrictEqual([stale("os_a")]);
});

test.each([
  ["properties that are as the code says", kept({ os_distro: "a", foo: "1" }, { os_distro: "a", foo: "1" })],
  [
    "Glance's own",
    kept({ os_hash_algo: "a", os_hash_value: "b", os_glance_x: "c", os_hidden: "d", direct_url: "e", stores: "f" }, {}),
  ],
  ["Glance's own os_* properties", kept({ os_hash_value: "b" }, {})],
  ["code that is no literal", { ...kept({ os_distro: "a" }, {}), code: { properties: reference("var.p") } }],
  ["code without properties", { ...kept({ os_distro: "a" }, {}), code: {} }],
  [
    "a change that is planned",
    { ...kept({ os_distro: "a" }, { os_distro: "b" }), actions: ["update"], after: { properties: { os_distro: "b" } } },
  ],
  ["a removal that is planned", { ...kept({ os_distro: "a" }, {}), actions: ["update"], after: { properties: {} } }],
  [
    "what is known after the apply",
    { ...kept({ os_distro: "a" }, { os_distro: "b" }), actions: ["update"], after: {}, unknown: { properties: true } },
  ],
  ["an image that is replaced", { ...kept({ os_distro: "a" }, { os_distro: "b" }), actions: ["delete", "create"] }],
  [
    "an image that is new",
    { actions: ["create"], after: { properties: {} }, code: { properties: literal({ os_a: "1" }) } },
  ],
  ["an image that goes", { ...kept({ os_distro: "a" }, {}), actions: ["delete"], after: undefined }],
])("does not mind %s", (_, given) => {
  expect(check(given)).toStrictEqual([]);
});

test("does not mind what the code ignores on purpose, as other properties show", () => {
  expect(check(kept({ os_distro: "a", foo: "1" }, { os_distro: "b", foo: "2" }))).toStrictEqual([]);
  expect(check(kept({ os_distro: "a", foo: "1" }, { os_distro: "b" }))).toStrictEqual([]);
  expect(check(kept({ os_distro: "a" }, { os_distro: "b", os_new: "1" }))).toStrictEqual([]);
});

test("is none of a provider's that sends them", () => {
  const given = kept({ os_distro: "a" }, { os_distro: "b" });
  expect(check(given, ">= 3.5.0")).toStrictEqual([]);
  expect(check(given, "~> 3.4")).toStrictEqual([stale("os_distro")]);
});

const MESSAGE = `${IMG}: warn: verify_checksum is looked at in an upload alone, and this image is there: nothing is verified anew`;
const verified = (from: unknown, to: unknown, more: Partial<Given> = {}) =>
  check({ actions: ["update"], before: { verify_checksum: from }, after: { verify_checksum: to }, ...more });

test("finds a checksum that is to be verified of an image that is there", () => {
  expect(verified(false, true)).toStrictEqual([MESSAGE]);
  expect(verified(true, false)).toStrictEqual([MESSAGE]);
  expect(verified(null, false)).toStrictEqual([MESSAGE]);
  expect(verified(false, null)).toStrictEqual([MESSAGE]);
});

test("does not mind a checksum that is verified as before", () => {
  expect(verified(null, true)).toStrictEqual([]);
  expect(verified(true, null)).toStrictEqual([]);
  expect(verified(false, false)).toStrictEqual([]);
  expect(verified(false, undefined, { unknown: { verify_checksum: true } })).toStrictEqual([]);
  expect(verified(false, true, { actions: ["delete", "create"] })).toStrictEqual([]);
});

test("does not mind tags, all of which can be taken away", () => {
  expect(check({ actions: ["update"], before: { tags: ["a"] }, after: { tags: [] } })).toStrictEqual([]);
});
