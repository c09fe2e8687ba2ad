import { MEMBERS_STRANDED } from "../../../lib/rules/image/members-stranded";
import { found, type Given, reference } from "../subjects";

const ADDRESS = "openstack_images_image_v2.img";
const image = (visibility: string | undefined, more: Partial<Given> = {}): Given => ({
  address: ADDRESS,
  actions: ["update"],
  before: { id: "i", visibility: "shared" },
  after: { id: "i", name: "n", visibility },
  ...more,
});
const member = (more: Partial<Given> = {}): Given => ({
  address: "openstack_images_image_access_v2.m",
  actions: ["no-op"],
  before: { member_id: "p", image_id: "i" },
  after: { member_id: "p", image_id: "i" },
  code: { image_id: reference(`${ADDRESS}.id`) },
  ...more,
});
const stranded = (to: string, members = "openstack_images_image_access_v2.m") => [
  `${ADDRESS}: block: shared becomes ${to} while the code keeps ${members}: this apply takes the image from its members, and every later one fails (403) when it adds them again`,
];

test.each(["private", "community", "public"])("finds a member that stays when its image becomes %s", (to) => {
  expect(found(MEMBERS_STRANDED, [image(to), member()])).toStrictEqual(stranded(to));
});

test("takes the provider's default for private", () => {
  expect(found(MEMBERS_STRANDED, [image(undefined), member()])).toStrictEqual(stranded("private"));
});

test("finds members by the image's id, and members that change", () => {
  const other = member({
    address: "openstack_images_image_access_v2.n",
    actions: ["update"],
    after: { member_id: "p", image_id: "i", status: "rejected" },
    code: {},
  });
  expect(found(MEMBERS_STRANDED, [image("private"), member(), other])).toStrictEqual(
    stranded("private", "openstack_images_image_access_v2.m, openstack_images_image_access_v2.n"),
  );
});

test.each([
  ["goes in the same plan", { actions: ["delete"], after: undefined }],
  ["is made anew, which another rule finds", { actions: ["delete", "create"], unknown: { image_id: true } }],
  ["is added, which another rule finds", { actions: ["create"], before: undefined }],
  ["is forgotten", { actions: ["forget"], after: undefined }],
])("does not mind a member that %s", (_, more) => {
  expect(found(MEMBERS_STRANDED, [image("private"), member(more)])).toStrictEqual([]);
});

test.each([
  ["stays shared", image("shared")],
  ["was not shared", image("public", { before: { id: "i", visibility: "private" } })],
  ["has a visibility that is not known", image(undefined, { unknown: { visibility: true } })],
  ["goes", image(undefined, { actions: ["delete"], after: undefined })],
  ["is new", image("private", { actions: ["create"], before: undefined })],
])("does not mind an image that %s", (_, given) => {
  expect(found(MEMBERS_STRANDED, [given, member()])).toStrictEqual([]);
});

test("does not mind what is no member, nor an image without any", () => {
  expect(
    found(MEMBERS_STRANDED, [image("private"), member({ address: "openstack_compute_instance_v2.s" })]),
  ).toStrictEqual([]);
  expect(found(MEMBERS_STRANDED, [image("private")])).toStrictEqual([]);
});
