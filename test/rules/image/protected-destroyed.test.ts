import { planIn } from "../../../lib/review/plan";
import { worldOf } from "../../../lib/review/world";
import { PROTECTED_DESTROYED } from "../../../lib/rules/image/protected-destroyed";
import { plain } from "../../../lib/rules/message";
import { found, type Given, NO_POLICY, planOf, reference } from "../subjects";

const ADDRESS = "openstack_images_image_v2.img";
const image = (more: Partial<Given> = {}): Given => ({
  address: ADDRESS,
  actions: ["delete"],
  before: { id: "i", protected: true },
  ...more,
});
const replaced = (actions: string[], after: object = { protected: true }) =>
  image({ actions, after, unknown: { id: true } });
const dependant = (address: string, actions: string[] = ["delete"]): Given => ({
  address,
  actions,
  before: { image_id: "i" },
  ...(actions.join() === "delete" ? {} : { after: {}, unknown: { image_id: true } }),
  code: { image_id: reference(`${ADDRESS}.id`) },
});

test("finds a protected image that is deleted", () => {
  expect(found(PROTECTED_DESTROYED, [image()])).toStrictEqual([
    `${ADDRESS}: block: Glance refuses to delete it (403), since it is protected`,
  ]);
});

test("finds one that is replaced, whichever comes first", () => {
  expect(found(PROTECTED_DESTROYED, [replaced(["delete", "create"])])).toStrictEqual([
    `${ADDRESS}: block: Glance refuses to delete it (403), since it is protected, and no new one is made`,
  ]);
  expect(found(PROTECTED_DESTROYED, [replaced(["create", "delete"])])).toStrictEqual([
    `${ADDRESS}: block: the new one is uploaded, then Glance refuses to delete the old one (403), since it is protected, and so fails every later apply`,
  ]);
});

test("says that the protection is taken off too late", () => {
  expect(found(PROTECTED_DESTROYED, [replaced(["delete", "create"], { protected: false })])).toStrictEqual([
    `${ADDRESS}: block: Glance refuses to delete it (403), since it is protected, and no new one is made; protected = false comes too late, since the old one is never told`,
  ]);
});

test.each([
  "openstack_images_image_access_v2.m",
  "openstack_images_image_access_accept_v2.a",
  "openstack_compute_instance_v2.s",
  "openstack_blockstorage_volume_v3.v",
])("says that %s is destroyed before the apply fails", (address) => {
  for (const actions of [["delete"], ["delete", "create"]]) {
    expect(found(PROTECTED_DESTROYED, [image(), dependant(address, actions)])).toStrictEqual([
      `${ADDRESS}: block: Glance refuses to delete it (403), since it is protected; by then ${address} will have been destroyed`,
    ]);
  }
});

test("names what is destroyed once, and before what comes too late", () => {
  const member = dependant("openstack_images_image_access_v2.m");
  const server: Given = {
    ...dependant("openstack_compute_instance_v2.s"),
    before: { image_id: "i", block_device: [{ uuid: "i" }] },
  };
  const all = [replaced(["create", "delete"], { protected: false }), member, server];
  expect(found(PROTECTED_DESTROYED, all)).toStrictEqual([
    `${ADDRESS}: block: the new one is uploaded, then Glance refuses to delete the old one (403), since it is protected, and so fails every later apply; by then openstack_images_image_access_v2.m, openstack_compute_instance_v2.s will have been destroyed; protected = false comes too late, since the old one is never told`,
  ]);
});

test("does not count what stays, nor what is no loss", () => {
  const all = [
    image(),
    dependant("openstack_compute_instance_v2.s", ["update"]),
    dependant("terraform_data.note", ["delete", "create"]),
  ];
  expect(found(PROTECTED_DESTROYED, all)).toStrictEqual([
    `${ADDRESS}: block: Glance refuses to delete it (403), since it is protected`,
  ]);
});

test.each([
  ["an id", { id: "i", protected: true }, "i"],
  ["none", { protected: true }, "ID"],
])("tells how to unprotect what an apply left behind with %s", (_, before, id) => {
  const left = image({ deposed: "00000001", before });
  expect(found(PROTECTED_DESTROYED, [left])).toStrictEqual([
    `${ADDRESS}: block: Glance refuses to delete what an apply left of it (403), since that is protected, and so fails every apply`,
  ]);
  const world = worldOf([planIn(JSON.stringify(planOf([left])), "plan.json")], NO_POLICY);
  const fixes = world.subjects.flatMap((subject) => PROTECTED_DESTROYED.check(subject, world)).map(({ fix }) => fix);
  expect(fixes.map((fix) => plain(fix ?? []))).toStrictEqual([
    `take the protection off by hand (openstack image set --unprotect ${id}), then apply`,
  ]);
});

test.each([
  ["an image that is not protected", image({ before: { id: "i", protected: false } })],
  ["an image that says nothing of it", image({ before: { id: "i" } })],
  ["a protected image that is updated", image({ actions: ["update"], after: { id: "i", protected: false } })],
  ["a protected image that Terraform forgets", image({ actions: ["forget"] })],
  ["a new one", image({ actions: ["create"], before: undefined, after: { protected: true } })],
])("does not mind %s", (_, given) => {
  expect(found(PROTECTED_DESTROYED, [given])).toStrictEqual([]);
});
