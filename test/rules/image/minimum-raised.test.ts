import { MINIMUM_RAISED } from "../../../lib/rules/image/minimum-raised";
import type { Policy } from "../../../lib/rules/subject";
import { found, type Given, reference } from "../subjects";

const IMG = "openstack_images_image_v2.img";
const image = (before: object, after: object, more: Partial<Given> = {}): Given => ({
  address: IMG,
  actions: ["update"],
  before: { id: "i", ...before },
  after: { id: "i", ...after },
  ...more,
});
const disk = (from: unknown, to: unknown, more: Partial<Given> = {}) =>
  image({ min_disk_gb: from }, { min_disk_gb: to }, more);
const ram = (from: unknown, to: unknown) => image({ min_ram_mb: from }, { min_ram_mb: to });
const user = (type: string, state: object, more: Partial<Given> = {}): Given => ({
  address: `${type}.${more.index ?? "u"}`,
  actions: ["no-op"],
  before: state,
  after: state,
  ...more,
});
const volume = (size: number, more: Partial<Given> = {}) =>
  user("openstack_blockstorage_volume_v3", { image_id: "i", size }, more);
const server = (state: object, more: Partial<Given> = {}) => user("openstack_compute_instance_v2", state, more);
const FLAVORS: Policy["flavors"] = {
  small: { diskGb: 10, ramMb: 1024 },
  f1: { diskGb: 15 },
  diskless: { diskGb: 0, ramMb: 4096 },
};
const check = (...changes: Given[]) => found(MINIMUM_RAISED, changes, { policy: { flavors: FLAVORS } });
const warned = (rise: string) => [`${IMG}: warn: ${rise}: nothing with less can be made from it any more`];
const blocked = (rise: string, users: string) => [
  `${IMG}: block: ${rise}: Nova or Cinder refuses to make these again: ${users}`,
];
const DISK = "min_disk_gb rises from 10 to 20 GiB";
const RAM = "min_ram_mb rises from 512 to 2048 MiB";

test("finds minimums that go up", () => {
  expect(check(disk(10, 20))).toStrictEqual(warned(DISK));
  expect(check(ram(512, 2048))).toStrictEqual(warned(RAM));
  expect(check(disk(0, 1))).toStrictEqual(warned("min_disk_gb rises from 0 to 1 GiB"));
  expect(check(disk(10, 20, { actions: ["delete", "create"] }))).toStrictEqual(warned(DISK));
  const both = image({ min_disk_gb: 10, min_ram_mb: 512 }, { min_disk_gb: 20, min_ram_mb: 2048 });
  expect(check(both)).toStrictEqual([...warned(DISK), ...warned(RAM)]);
});

test.each([
  ["stay", image({ min_disk_gb: 10, name: "a" }, { min_disk_gb: 10, name: "b" })],
  ["go down", disk(20, 10)],
  ["are not known", disk(10, undefined, { unknown: { min_disk_gb: true } })],
  ["were not known", disk(undefined, 10)],
  ["go with the image", disk(10, 20, { actions: ["delete"] })],
  ["Terraform leaves alone", disk(10, 20, { actions: ["no-op"] })],
])("does not mind minimums that %s", (_, given) => {
  expect(check(given)).toStrictEqual([]);
});

test("blocks for volumes that are smaller", () => {
  expect(check(disk(10, 20), volume(19))).toStrictEqual(blocked(DISK, "openstack_blockstorage_volume_v3.u (19 GiB)"));
  expect(check(disk(10, 20), volume(20))).toStrictEqual(warned(DISK));
  expect(check(disk(10, 20), volume(10, { index: "a" }), volume(12, { index: "b" }))).toStrictEqual(
    blocked(DISK, "openstack_blockstorage_volume_v3.a (10 GiB), openstack_blockstorage_volume_v3.b (12 GiB)"),
  );
  expect(check(ram(512, 2048), volume(1))).toStrictEqual(warned(RAM));
});

test.each([
  ["go", volume(1, { actions: ["delete"], after: undefined })],
  [
    "come from another volume",
    user("openstack_blockstorage_volume_v3", { size: 1 }, { code: { description: reference(`${IMG}.id`, IMG) } }),
  ],
  ["have a size that is not known", user("openstack_blockstorage_volume_v3", { image_id: "i" })],
])("does not block for volumes that %s", (_, given) => {
  expect(check(disk(10, 20), given)).toStrictEqual(warned(DISK));
});

test("blocks for servers with a flavor that is smaller", () => {
  const said = (size: string) => `openstack_compute_instance_v2.u (${size})`;
  expect(check(disk(10, 20), server({ image_id: "i", flavor_name: "small" }))).toStrictEqual(
    blocked(DISK, said("10 GiB")),
  );
  expect(check(disk(10, 20), server({ image_id: "i", flavor_id: "f1", flavor_name: "small" }))).toStrictEqual(
    blocked(DISK, said("15 GiB")),
  );
  expect(check(disk(10, 20), server({ image_id: "i", flavor_id: "x", flavor_name: "small" }))).toStrictEqual(
    blocked(DISK, said("10 GiB")),
  );
  expect(check(ram(512, 2048), server({ image_id: "i", flavor_name: "small" }))).toStrictEqual(
    blocked(RAM, said("1024 MiB")),
  );
  const byName = { code: { image_name: reference(`${IMG}.name`, IMG) } };
  expect(check(disk(10, 20), server({ flavor_name: "small" }, byName))).toStrictEqual(blocked(DISK, said("10 GiB")));
});

test("does not block for servers whose flavor is not known, has no disk, or enough of it", () => {
  for (const flavor_name of ["other", "diskless", "toString", undefined])
    expect(check(disk(10, 20), server({ image_id: "i", flavor_name }))).toStrictEqual(warned(DISK));
  expect(check(disk(1, 10), server({ image_id: "i", flavor_name: "small" }))).toStrictEqual(
    warned("min_disk_gb rises from 1 to 10 GiB"),
  );
  expect(check(ram(512, 2048), server({ image_id: "i", flavor_name: "f1" }))).toStrictEqual(warned(RAM));
  expect(check(ram(512, 1024), server({ image_id: "i", flavor_name: "small" }))).toStrictEqual(
    warned("min_ram_mb rises from 512 to 1024 MiB"),
  );
});

test("looks at a server's volumes, and not at its flavor's disk", () => {
  const device = (more: object = {}) => ({ uuid: "i", source_type: "image", destination_type: "volume", ...more });
  const booted = (...devices: object[]) => check(disk(10, 20), server({ flavor_name: "small", block_device: devices }));
  const said = (size: number) => blocked(DISK, `openstack_compute_instance_v2.u (${size} GiB)`);
  expect(booted(device({ volume_size: 19 }))).toStrictEqual(said(19));
  expect(booted(device({ volume_size: 19 }), device({ volume_size: 12 }), device({ volume_size: 30 }))).toStrictEqual(
    said(12),
  );
  expect(booted(device({ volume_size: 20 }))).toStrictEqual(warned(DISK));
  expect(booted(device())).toStrictEqual(warned(DISK));
  const others = [{ uuid: "j" }, { source_type: "volume" }, { destination_type: "local" }];
  for (const other of others)
    expect(booted(device({ volume_size: 30 }), device({ volume_size: 5, ...other }))).toStrictEqual(warned(DISK));
  const refers = { code: { block_device: [{ uuid: reference(`${IMG}.id`, IMG) }] } };
  for (const uuid of [undefined, ""]) {
    const block_device = [device({ uuid, volume_size: 5 })];
    expect(check(disk(10, 20), server({ block_device }, refers))).toStrictEqual(said(5));
  }
});

test("does not block for what is no server and no volume", () => {
  const other = user("openstack_images_image_access_v2", { image_id: "i", flavor_name: "small", size: 1 });
  expect(check(disk(10, 20), other)).toStrictEqual(warned(DISK));
  expect(check(ram(512, 2048), other)).toStrictEqual(warned(RAM));
});
