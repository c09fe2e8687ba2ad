import { SIGNATURE_MISMATCH } from "../../../lib/rules/image/signature-mismatch";
import { found, type Given } from "../subjects";

const IMG = "openstack_images_image_v2.img";
const FOUR = {
  img_signature: "s",
  img_signature_certificate_uuid: "c",
  img_signature_hash_method: "SHA-256",
  img_signature_key_type: "RSA-PSS",
};
const { img_signature: _, ...THREE } = FOUR;
const check = (given: Partial<Given>) =>
  found(SIGNATURE_MISMATCH, [{ address: IMG, actions: ["create"], after: {}, ...given }]);
const lacks = (missing: string) => [
  `${IMG}: block: its signature lacks ${missing}: Glance verifies nothing, and a Nova that does boots no server from it`,
];
const outdated = [
  `${IMG}: block: the content becomes another and img_signature stays: Glance refuses bytes that it does not fit, and the old image may be gone by then`,
];
const replaced = (more: Partial<Given> = {}): Partial<Given> => ({
  actions: ["delete", "create"],
  before: { image_source_url: "https://a/1", properties: FOUR },
  after: { image_source_url: "https://a/2", properties: FOUR },
  replacePaths: [["image_source_url"]],
  ...more,
});

test.each(Object.keys(FOUR))("finds that %s is missing", (key) => {
  const properties = Object.fromEntries(Object.entries(FOUR).filter(([each]) => each !== key));
  expect(check({ after: { properties } })).toStrictEqual(lacks(key));
});

test("finds what is missing beside the signature", () => {
  const missing = "img_signature_certificate_uuid, img_signature_hash_method, img_signature_key_type";
  expect(check({ after: { properties: { img_signature: "s", foo: "bar" } } })).toStrictEqual(lacks(missing));
  const actions = ["delete", "create"];
  expect(check({ actions, before: {}, after: { properties: { img_signature: "s" } } })).toStrictEqual(lacks(missing));
});

test("finds an update that leaves a signature incomplete", () => {
  const all = { actions: ["update"], before: { properties: FOUR }, after: { properties: { ...THREE, a: "1" } } };
  expect(check(all)).toStrictEqual(lacks("img_signature"));
  const update = { actions: ["update"], before: { properties: FOUR }, after: { properties: THREE } };
  expect(check(update)).toStrictEqual(lacks("img_signature"));
  expect(
    check({ actions: ["update"], before: { properties: THREE }, after: { properties: { ...THREE, foo: "1" } } }),
  ).toStrictEqual([]);
  expect(check({ actions: ["no-op"], before: { properties: THREE }, after: { properties: THREE } })).toStrictEqual([]);
});

test("takes what is known after the apply for given", () => {
  expect(check({ after: { properties: THREE }, unknown: { properties: { img_signature: true } } })).toStrictEqual([]);
  expect(check({ after: {}, unknown: { properties: true } })).toStrictEqual([]);
});

test("does not mind all four, nor none", () => {
  expect(check({ after: { properties: FOUR } })).toStrictEqual([]);
  expect(check({ after: { properties: { foo: "bar" } } })).toStrictEqual([]);
  expect(check({ actions: ["delete"], before: { properties: THREE }, after: undefined })).toStrictEqual([]);
});

test.each([["image_source_url"], ["local_file_path"], ["decompress"]])(
  "finds a signature that stays when %s changes",
  (name) => {
    expect(check(replaced({ replacePaths: [["region"], [name]] }))).toStrictEqual(outdated);
  },
);

test("finds a signature that stays when a trigger replaces the image", () => {
  expect(check(replaced({ replacePaths: [], reason: "replace_by_triggers" }))).toStrictEqual(outdated);
});

test.each([
  ["another signature", replaced({ after: { properties: { ...FOUR, img_signature: "t" } } })],
  [
    "a signature that is not known yet",
    replaced({ after: { properties: THREE }, unknown: { properties: { img_signature: true } } }),
  ],
  ["no signature", replaced({ before: { properties: {} }, after: { properties: {} } })],
  ["a replacement for another reason", replaced({ replacePaths: [["region"]] })],
  ["one that was asked for", replaced({ replacePaths: [], reason: "replace_by_request" })],
  ["an image that stays", replaced({ actions: ["update"] })],
])("does not mind %s", (_name, given) => {
  expect(check(given)).toStrictEqual([]);
});

test("does not mind another place of the same bytes", () => {
  const moved = (from: string, to: string) =>
    check(
      replaced({
        before: { image_source_url: from, properties: FOUR },
        after: { image_source_url: to, properties: FOUR },
      }),
    );
  expect(moved("https://a/1#sha256=ab12", "https://b/2#SHA256=AB12")).toStrictEqual([]);
  expect(moved("https://a/1#sha256=ab12", "https://b/2#sha256=ab13")).toStrictEqual(outdated);
  expect(moved("https://a/1#sha256=ab12", "https://b/2")).toStrictEqual(outdated);
  expect(moved("https://a/1#part", "https://b/2#part")).toStrictEqual(outdated);
  expect(moved("https://a/1#sha256=ab12&x", "https://b/2#sha256=ab12&x")).toStrictEqual(outdated);
});
