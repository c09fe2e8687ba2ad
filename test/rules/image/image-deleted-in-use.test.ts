import { IMAGE_DELETED_IN_USE } from "../../../lib/rules/image/image-deleted-in-use";
import { found, type Given, reference } from "../subjects";

const ADDRESS = "openstack_images_image_v2.img";
const SERVER = "openstack_compute_instance_v2.web";
const image = (more: Partial<Given> = {}): Given => ({
  address: ADDRESS,
  actions: ["delete"],
  before: { id: "i" },
  ...more,
});
const user = (more: Partial<Given> = {}): Given => ({
  address: SERVER,
  actions: ["no-op"],
  before: { image_id: "i" },
  after: { image_id: "i" },
  ...more,
});
const inUse = (users: string, how = "it is deleted") => [
  `${ADDRESS}: block: ${how}, with ${users} still on its id: no rebuild finds it, and a store with clones of it refuses (409)`,
];

test("finds a server that stays on the id of an image that is deleted", () => {
  expect(found(IMAGE_DELETED_IN_USE, [image(), user()])).toStrictEqual(inUse(SERVER));
});

test("finds a volume, and a server that boots from a volume of it", () => {
  const volume = user({ address: "openstack_blockstorage_volume_v3.data" });
  expect(found(IMAGE_DELETED_IN_USE, [image(), volume])).toStrictEqual(inUse("openstack_blockstorage_volume_v3.data"));
  const device = { image_id: "Attempt to boot from volume", block_device: [{ uuid: "v" }, { uuid: "i" }] };
  expect(found(IMAGE_DELETED_IN_USE, [image(), user({ before: device, after: device })])).toStrictEqual(inUse(SERVER));
});

test("finds it by a reference whose change the server ignores", () => {
  const server = user({ code: { image_id: reference(`${ADDRESS}.id`) } });
  const replaced = (actions: string[]) => image({ actions, after: {}, unknown: { id: true } });
  expect(found(IMAGE_DELETED_IN_USE, [replaced(["create", "delete"]), server])).toStrictEqual(
    inUse(SERVER, "a new one is uploaded, then it is deleted"),
  );
  expect(found(IMAGE_DELETED_IN_USE, [replaced(["delete", "create"]), server])).toStrictEqual(
    inUse(SERVER, "it is deleted first"),
  );
});

test.each([
  ["is made", { actions: ["create"], before: undefined }],
  ["is made anew", { actions: ["delete", "create"] }],
  ["changes otherwise", { actions: ["update"], after: { image_id: "i", name: "b" } }],
  ["is forgotten, and goes on running", { actions: ["forget"], after: undefined }],
])("finds a server that %s", (_, more) => {
  expect(found(IMAGE_DELETED_IN_USE, [image(), user(more)])).toStrictEqual(inUse(SERVER));
});

test.each([5, 6, 7])("names of %i servers as many as one reads, each once", (count) => {
  const address = (n: number) => `openstack_compute_instance_v2.s${n}`;
  const servers = Array.from({ length: count }, (_, n) =>
    user({ address: address(n), after: { image_id: "i", block_device: [{ uuid: "i" }] } }),
  );
  const shown = [0, 1, 2, 3, 4].map(address).join(", ");
  expect(found(IMAGE_DELETED_IN_USE, [image(), ...servers])).toStrictEqual(
    inUse(count > 5 ? `${shown} and ${count - 5} more` : shown),
  );
});

test.each([
  ["a server that goes too", user({ actions: ["delete"], after: undefined })],
  ["a server that moves on", user({ actions: ["update"], after: { image_id: "j" } })],
  [
    "a server whose next image is known after the apply",
    user({ actions: ["update"], after: {}, unknown: { image_id: true } }),
  ],
  [
    "a server that is forgotten with the next one made",
    user({ actions: ["create", "forget"], after: { image_id: "j" } }),
  ],
  [
    "a server of another image",
    user({ before: { image_id: "j" }, after: { image_id: "j" }, code: { image_id: reference(`${ADDRESS}.id`) } }),
  ],
  [
    "a server with volumes of other images",
    user({ after: { block_device: [{ uuid: "j" }] }, code: { image_id: reference(`${ADDRESS}.id`) } }),
  ],
  ["a lookup of a server", user({ address: "data.openstack_compute_instance_v2.web", actions: ["read"] })],
  ["what is no server and no volume", user({ address: "openstack_images_image_access_v2.m" })],
])("does not mind %s", (_, given) => {
  expect(found(IMAGE_DELETED_IN_USE, [image(), given])).toStrictEqual([]);
});

test.each([
  ["stays", image({ actions: ["no-op"], after: { id: "i" } })],
  ["changes in place", image({ actions: ["update"], after: { id: "i", hidden: true } })],
  ["is forgotten", image({ actions: ["forget"] })],
  ["had no id", image({ before: {} })],
])("does not mind an image that %s", (_, given) => {
  expect(found(IMAGE_DELETED_IN_USE, [given, user({ code: { image_id: reference(`${ADDRESS}.id`) } })])).toStrictEqual(
    [],
  );
});

test("does not take two that have no id for the same", () => {
  const server = user({ before: {}, after: {}, code: { image_id: reference(`${ADDRESS}.id`) } });
  expect(found(IMAGE_DELETED_IN_USE, [image({ before: {} }), server])).toStrictEqual([]);
});
