import { DRIFT_OTHER } from "../../../lib/rules/image/drift-other";
import { found } from "../subjects";

const IMG = "openstack_images_image_v2.img";
const WEB = "openstack_compute_instance_v2.web";
const DATA = "openstack_blockstorage_volume_v3.data";
const drifted = (before: object, after: object | undefined, address = IMG) =>
  found(DRIFT_OTHER, [], { drift: [{ address, actions: [after ? "update" : "delete"], before, after }] });
const said = (names: string, address = IMG) => [`${address}: info: changed outside Terraform: ${names}`];

test("finds what changed", () => {
  expect(drifted({ name: "a", hidden: true }, { name: "b", hidden: false })).toStrictEqual(said("hidden, name"));
  expect(drifted({ properties: { foo: "1" } }, { properties: { foo: "2" } })).toStrictEqual(said("properties"));
  expect(
    drifted({ properties: { foo: "1", os_hash_value: "a" } }, { properties: { foo: "2", os_hash_value: "b" } }),
  ).toStrictEqual(said("properties"));
  expect(drifted({ properties: {} }, { properties: { xos_hash_a: "1" } })).toStrictEqual(said("properties"));
  expect(drifted({ power_state: "active" }, { power_state: "shutoff" }, WEB)).toStrictEqual(said("power_state", WEB));
  expect(drifted({ size: 1 }, { size: 2 }, DATA)).toStrictEqual(said("size", DATA));
  expect(drifted({ tags: null }, { tags: ["a"] })).toStrictEqual(said("tags"));
});

test.each([IMG, WEB, DATA])("finds that %s was deleted", (address) => {
  expect(drifted({ id: "i" }, undefined, address)).toStrictEqual([
    `${address}: info: it was deleted outside Terraform`,
  ]);
});

test.each([
  ["no tags", { tags: null }, { tags: [] }],
  [
    "what the provider changes itself",
    { updated_at: "1", file: "a", schema: "a", image_cache_path: "a" },
    { updated_at: "2", file: "b", schema: "b", image_cache_path: "b" },
  ],
  [
    "Glance's own properties",
    { properties: { os_hash_value: "a", os_glance_x: "1", stores: "a", direct_url: "a" } },
    { properties: { os_hash_value: "b", stores: "b", direct_url: "b" } },
  ],
  ["nothing", { name: "a" }, { name: "a" }],
])("does not mind %s", (_, before, after) => {
  expect(drifted(before, after)).toStrictEqual([]);
});

test("leaves content and owner to other rules", () => {
  expect(
    drifted(
      { checksum: "a", size_bytes: 1, owner: "p", name: "a" },
      { checksum: "b", size_bytes: 2, owner: "q", name: "b" },
    ),
  ).toStrictEqual(said("name"));
});

test("tells content and owner that the other rules do not mind", () => {
  expect(
    drifted({ checksum: null, size_bytes: 0, owner: null }, { checksum: "b", size_bytes: 2, owner: "q" }),
  ).toStrictEqual(said("checksum, owner, size_bytes"));
});

test("takes a server's or volume's properties and owner for what they are", () => {
  expect(drifted({ owner: "p", properties: {} }, { owner: "q", properties: { stores: "a" } }, WEB)).toStrictEqual(
    said("owner, properties", WEB),
  );
});
