import { CONTENT_DRIFTED } from "../../../lib/rules/image/content-drifted";
import { found } from "../subjects";

const IMG = "openstack_images_image_v2.img";
const drifted = (before: object, after: object | undefined, actions = ["update"]) =>
  found(CONTENT_DRIFTED, [], {
    drift: [{ address: IMG, actions, before: { id: "i", ...before }, after: after && { id: "i", ...after } }],
  });
const said = (names: string) => [
  `${IMG}: block: it holds other bytes under the same id: ${names} changed outside Terraform`,
];
const hash = (os_hash_value: unknown, os_hash_algo = "sha512") => ({ properties: { os_hash_algo, os_hash_value } });

test("finds another digest or size under one id", () => {
  expect(drifted(hash("a"), hash("b"))).toStrictEqual(said("os_hash_value"));
  expect(drifted({ checksum: "a" }, { checksum: "b" })).toStrictEqual(said("checksum"));
  expect(drifted({ size_bytes: 1 }, { size_bytes: 2 })).toStrictEqual(said("size_bytes"));
  expect(
    drifted({ ...hash("a"), checksum: "a", size_bytes: 1 }, { ...hash("b"), checksum: "b", size_bytes: 2 }),
  ).toStrictEqual(said("os_hash_value, checksum, size_bytes"));
});

test("never shows the digests", () => {
  expect(drifted(hash("c4n4ry"), hash("0ther")).join()).not.toMatch(/c4n4ry|0ther/);
});

test.each([
  [
    "bytes that came since",
    { checksum: null, size_bytes: 0, properties: {} },
    { checksum: "a", size_bytes: 1, ...hash("a") },
  ],
  [
    "what Glance no longer tells",
    { checksum: "a", size_bytes: 1, ...hash("a") },
    { checksum: null, size_bytes: 0, ...hash("") },
  ],
  ["another algorithm", hash("a", "sha256"), hash("b")],
  ["the same bytes", { checksum: "a", name: "x" }, { checksum: "a", name: "y" }],
  ["another image", { checksum: "a" }, { checksum: "b", id: "j" }],
])("does not mind %s", (_, before, after) => {
  expect(drifted(before, after)).toStrictEqual([]);
});

test("does not mind an image that was deleted", () => {
  expect(drifted({ checksum: "a" }, undefined, ["delete"])).toStrictEqual([]);
});

test("looks at what happened outside Terraform, and not at the plan", () => {
  const [before, after] = [
    { id: "i", checksum: "a" },
    { id: "i", checksum: "b" },
  ];
  expect(found(CONTENT_DRIFTED, [{ address: IMG, actions: ["update"], before, after }])).toStrictEqual([]);
});
