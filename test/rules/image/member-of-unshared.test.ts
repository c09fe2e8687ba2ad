import { MEMBER_OF_UNSHARED } from "../../../lib/rules/image/member-of-unshared";
import { found, type Given, reference } from "../subjects";

const image = (after: object | undefined, more: Partial<Given> = {}): Given => ({
  address: "openstack_images_image_v2.img",
  actions: ["create"],
  after,
  ...more,
});
const member = (more: Partial<Given> = {}): Given => ({
  address: "openstack_images_image_access_v2.m",
  actions: ["create"],
  after: { member_id: "p" },
  unknown: { image_id: true },
  code: { image_id: reference("openstack_images_image_v2.img.id", "openstack_images_image_v2.img") },
  ...more,
});
const refused = (visibility: string) => [
  `openstack_images_image_access_v2.m: block: Glance will refuse it (403): openstack_images_image_v2.img is ${visibility}, not shared`,
];

test.each(["private", "public", "community"])("finds a member of an image that is %s", (visibility) => {
  expect(found(MEMBER_OF_UNSHARED, [image({ visibility }), member()])).toStrictEqual(refused(visibility));
});

test("takes the provider's default for private", () => {
  expect(found(MEMBER_OF_UNSHARED, [image({ name: "a" }), member()])).toStrictEqual(refused("private"));
});

test("finds the image by its id too", () => {
  const known = image(
    { id: "i", visibility: "private" },
    { actions: ["no-op"], before: { id: "i", visibility: "private" } },
  );
  const literal = member({ after: { member_id: "p", image_id: "i" }, unknown: {}, code: {} });
  expect(found(MEMBER_OF_UNSHARED, [known, literal])).toStrictEqual(refused("private"));
});

test("does not mind a shared image, nor one whose visibility is not known", () => {
  expect(found(MEMBER_OF_UNSHARED, [image({ visibility: "shared" }), member()])).toStrictEqual([]);
  expect(found(MEMBER_OF_UNSHARED, [image({}, { unknown: { visibility: true } }), member()])).toStrictEqual([]);
});

test("leaves members that are there, or go, to other rules", () => {
  const gone = member({ actions: ["delete"], before: { member_id: "p" }, after: undefined, unknown: {} });
  expect(found(MEMBER_OF_UNSHARED, [image({ visibility: "private" }), gone])).toStrictEqual([]);
});
