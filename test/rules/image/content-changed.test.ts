import { CONTENT_CHANGED } from "../../../lib/rules/image/content-changed";
import { found, type Given } from "../subjects";

const OLD = "a1".repeat(64);
const NEW = "b2".repeat(64);
const ADDRESS = "openstack_images_image_v2.img";
const image = (before: object | undefined, after: object | undefined, more: Partial<Given> = {}) =>
  found(CONTENT_CHANGED, [
    {
      address: ADDRESS,
      actions: ["create", "delete"],
      reason: "replace_because_cannot_update",
      replacePaths: [["image_source_url"]],
      before,
      after,
      ...more,
    },
  ]);
const changed = (because: string) => [
  `${ADDRESS}: warn: a new image with a new id takes its place because of ${because}`,
];
const URLS = [{ image_source_url: "https://example.org/1" }, { image_source_url: "https://example.org/2" }] as const;

test("finds another URL", () => {
  expect(image(...URLS)).toStrictEqual(
    changed("image_source_url, from https://example.org/1 to https://example.org/2"),
  );
});

test.each(["local_file_path", "decompress", "disk_format", "container_format"])("finds another %s", (name) => {
  expect(image({}, {}, { replacePaths: [[name]] })).toStrictEqual(changed(name));
});

test("names each reason of the content once, and no other", () => {
  const replacePaths = [["region"], ["disk_format"], ["decompress"], ["disk_format"]];
  expect(image({}, {}, { replacePaths })).toStrictEqual(changed("disk_format, decompress"));
});

test("finds an image whose triggers changed", () => {
  expect(image({}, {}, { replacePaths: undefined, reason: "replace_by_triggers" })).toStrictEqual(
    changed("what its code says to replace it by (replace_triggered_by)"),
  );
});

test("finds one that is replaced before a new one is made too", () => {
  expect(image({}, {}, { actions: ["delete", "create"] })).toStrictEqual(changed("image_source_url"));
});

test("says what it holds, and what it is to hold", () => {
  const properties = { os_hash_algo: "sha512", os_hash_value: OLD };
  const [from, to] = ["https://example.org/b", `https://example.org/b#sha512=${NEW}`];
  const held = "; it holds sha512 a1a1a1a1a1a1...";
  const declared = "; declared is sha512 b2b2b2b2b2b2...";
  expect(image({ image_source_url: from, properties }, { image_source_url: from })).toStrictEqual(
    changed(`image_source_url${held}`),
  );
  expect(image({ image_source_url: from, properties }, { image_source_url: to })).toStrictEqual(
    changed(`image_source_url${held}${declared}`),
  );
  expect(image({ image_source_url: from }, { image_source_url: to })).toStrictEqual(
    changed(`image_source_url${declared}`),
  );
});

test("says that the bytes stay the same", () => {
  const properties = { os_hash_algo: "sha512", os_hash_value: OLD };
  const after = { image_source_url: `https://mirror.example.org/b#sha512=${OLD}` };
  expect(image({ image_source_url: "https://example.org/b", properties }, after)).toStrictEqual(
    changed(
      "image_source_url, from https://example.org/b to https://mirror.example.org/b; it holds the bytes that are declared already (sha512 a1a1a1a1a1a1...)",
    ),
  );
});

test("does not compare digests of two algorithms", () => {
  const after = { image_source_url: `https://example.org/b#md5=${"a1".repeat(16)}` };
  const properties = { os_hash_algo: "sha512", os_hash_value: OLD };
  expect(image({ properties }, after)).toStrictEqual(
    changed("image_source_url; it holds sha512 a1a1a1a1a1a1...; declared is md5 a1a1a1a1a1a1..."),
  );
});

test("names no URLs where a file comes in the place of one, or goes", () => {
  expect(image({ local_file_path: "/a" }, URLS[0])).toStrictEqual(changed("image_source_url"));
  expect(image(URLS[0], { local_file_path: "/a" })).toStrictEqual(changed("image_source_url"));
  expect(image(URLS[0], {}, { unknown: { image_source_url: true } })).toStrictEqual(changed("image_source_url"));
});

test("shows nothing of URLs that is secret", () => {
  const [before, after] = [
    { image_source_url: "https://u:secret@example.org/1?token=secret" },
    { image_source_url: "https://u:secret@example.org/2?token=secret" },
  ];
  expect(image(before, after)).toStrictEqual(
    changed("image_source_url, from https://example.org/1 to https://example.org/2"),
  );
  expect(image(before, after, { sensitive: { image_source_url: true } })).toStrictEqual(changed("image_source_url"));
});

test.each([
  ["is replaced for its region", {}, {}, { replacePaths: [["region"]] }],
  ["is replaced because an apply failed", {}, {}, { replacePaths: undefined, reason: "replace_because_tainted" }],
  ["changes in place", { name: "a" }, { name: "b" }, { actions: ["update"] }],
  ["is new", undefined, URLS[0], { actions: ["create"] }],
  ["goes", URLS[0], undefined, { actions: ["delete"] }],
])("does not mind an image that %s", (_, before, after, more) => {
  expect(image(before, after, more)).toStrictEqual([]);
});

test.each([
  ["before", undefined, {}],
  ["after", {}, undefined],
])("does not mind a replacement of which the plan has no %s", (_, before, after) => {
  expect(image(before, after)).toStrictEqual([]);
});
