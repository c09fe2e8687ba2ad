import { LOOKUP_MOVED } from "../../../lib/rules/image/lookup-moved";
import { found, type Given, reference } from "../subjects";

const WEB = "openstack_compute_instance_v2.web";
const DATA = "openstack_blockstorage_volume_v3.data";
const LATEST = "data.openstack_images_image_v2.latest";
const IDS = "data.openstack_images_image_ids_v2.all";
const IMG = "openstack_images_image_v2.img";
const user = (address: string, before: object, after: object, more: Partial<Given> = {}): Given => ({
  address,
  actions: ["update"],
  before,
  after,
  code: { image_id: reference(`${LATEST}.id`, LATEST) },
  ...more,
});
const byId = (more: Partial<Given> = {}) => user(WEB, { image_id: "1" }, { image_id: "2" }, more);
const check = (...changes: Given[]) => found(LOOKUP_MOVED, changes);
const moved = (address: string, lookups = LATEST) => [
  `${address}: warn: another image because of ${lookups}, which finds another one now: no image of this plan changes`,
];
const maybe = (address: string, lookups = LATEST) => [
  `${address}: warn: maybe another image because of ${lookups}, which is read in the apply: nobody can say now what it finds`,
];

test("finds servers and volumes whose image a lookup moves", () => {
  expect(check(byId())).toStrictEqual(moved(WEB));
  expect(check(byId({ actions: ["delete", "create"] }))).toStrictEqual(moved(WEB));
  const volume = user(DATA, { image_id: "1" }, { image_id: "2" }, { actions: ["delete", "create"] });
  expect(check(volume)).toStrictEqual(moved(DATA));
  const byName = user(
    WEB,
    { image_name: "a" },
    { image_name: "b" },
    { code: { image_name: reference(`${LATEST}.name`, LATEST) } },
  );
  expect(check(byName)).toStrictEqual(moved(WEB));
});

test("finds lookups of several, in modules too", () => {
  expect(check(byId({ code: { image_id: reference(`${IDS}.ids`, IDS) } }))).toStrictEqual(moved(WEB, IDS));
  expect(check(byId({ code: { image_id: reference(`${LATEST}.id`, LATEST, `${IDS}.ids`, IDS) } }))).toStrictEqual(
    moved(WEB, `${LATEST}, ${IDS}`),
  );
});

test("finds what is read in the apply", () => {
  expect(check(byId({ after: {}, unknown: { image_id: true } }))).toStrictEqual(maybe(WEB));
});

describe("of disks", () => {
  const device = (uuid: string | undefined, more: object = {}) => ({
    uuid,
    source_type: "image",
    destination_type: "volume",
    ...more,
  });
  const server = (before: object[], after: object[], more: Partial<Given> = {}) =>
    check(
      user(
        WEB,
        { block_device: before },
        { block_device: after },
        {
          actions: ["delete", "create"],
          code: { block_device: [{ uuid: reference(`${LATEST}.id`, LATEST) }] },
          ...more,
        },
      ),
    );

  test("finds another image", () => {
    expect(server([device("1")], [device("2")])).toStrictEqual(moved(WEB));
    expect(server([device("1"), device("1")], [device("1"), device("2")])).toStrictEqual(moved(WEB));
  });

  test("finds one that is read in the apply", () => {
    const unknown = { block_device: [{ uuid: true }] };
    expect(server([device("1")], [device(undefined)], { unknown })).toStrictEqual(maybe(WEB));
    expect(server([device("1"), device("1")], [device("2"), device(undefined)], { unknown: {} })).toStrictEqual(
      maybe(WEB),
    );
  });

  test("does not mind other changes of disks", () => {
    expect(server([device("1", { volume_size: 1 })], [device("1", { volume_size: 2 })])).toStrictEqual([]);
    expect(server([device("1", { source_type: "volume" })], [device("2", { source_type: "volume" })])).toStrictEqual(
      [],
    );
  });

  test("minds the disks of images alone for known", () => {
    expect(server([device("1")], [device("2"), { source_type: "blank" }])).toStrictEqual(moved(WEB));
  });
});

test.each(["create", "update"])("leaves an image of the plan to other rules (%s)", (action) => {
  const code = { image_id: reference(`${LATEST}.id`, LATEST, `${IMG}.id`, IMG) };
  const image: Given = { address: IMG, actions: [action], before: { name: "a" }, after: { name: "b" } };
  expect(check(image, byId({ code }))).toStrictEqual([]);
  expect(check({ ...image, actions: ["delete", "create"] }, byId({ code }))).toStrictEqual([]);
  expect(check({ ...image, actions: ["no-op"] }, byId({ code }))).toStrictEqual(moved(WEB));
  expect(check(image, byId())).toStrictEqual(moved(WEB));
});

test("is not kept by something else of the plan that it refers to", () => {
  const code = { image_id: reference(`${LATEST}.id`, LATEST, "terraform_data.x.output", "terraform_data.x") };
  expect(check({ address: "terraform_data.x", actions: ["create"], after: {} }, byId({ code }))).toStrictEqual(
    moved(WEB),
  );
});

test.each([
  ["references to a resource", byId({ code: { image_id: reference(`${IMG}.id`, IMG) } })],
  [
    "other lookups",
    byId({ code: { image_id: reference("data.terraform_remote_state.x.outputs", "data.terraform_remote_state.x") } }),
  ],
  ["lookups of something else", byId({ code: { flavor_id: reference(`${LATEST}.min_disk_gb`, LATEST) } })],
  ["code that is gone", byId({ code: {} })],
  ["an image that stays", user(WEB, { image_id: "1", name: "a" }, { image_id: "1", name: "b" })],
  ["a server that is new", byId({ actions: ["create"], before: undefined })],
  ["a server that goes", byId({ actions: ["delete"], after: undefined })],
  ["a server that Terraform leaves alone", byId({ actions: ["no-op"] })],
])("does not mind %s", (_, given) => {
  expect(check(given)).toStrictEqual([]);
});

test("takes no other block for a lookup", () => {
  const name = "xdata.openstack_images_image_v2.a";
  const subject = {
    ...byId(),
    type: "openstack_compute_instance_v2",
    action: "update",
    references: [{ attribute: "image_id", to: name }],
  };
  expect(LOOKUP_MOVED.check(subject as never, { usedBy: () => [] } as never)).toStrictEqual([]);
});
