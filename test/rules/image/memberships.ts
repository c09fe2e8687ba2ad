import { type Given, reference } from "../subjects";

export const IMG = "openstack_images_image_v2.img";
export const NEXT = "openstack_images_image_v2.next";
export const M = "openstack_images_image_access_v2.m";

export const image = (more: Partial<Given> = {}): Given => ({
  address: IMG,
  actions: ["no-op"],
  before: { id: "i", visibility: "shared" },
  after: { id: "i", visibility: "shared" },
  ...more,
});
export const replacedImage = (after: object = { visibility: "shared" }) =>
  image({ actions: ["create", "delete"], after, unknown: { id: true } });
export const nextImage = image({
  address: NEXT,
  actions: ["create"],
  before: undefined,
  after: { visibility: "shared" },
  unknown: { id: true },
});
export const added = (more: Partial<Given> = {}): Given => ({
  address: M,
  actions: ["create"],
  after: { member_id: "p" },
  unknown: { image_id: true },
  code: { image_id: reference(`${IMG}.id`) },
  ...more,
});
export const removed = (more: Partial<Given> = {}): Given => ({
  address: M,
  actions: ["delete"],
  before: { member_id: "p", image_id: "i" },
  ...more,
});
export const replaced = (after: object, more: Partial<Given> = {}): Given => ({
  ...removed(),
  actions: ["delete", "create"],
  after,
  code: { image_id: reference(`${IMG}.id`) },
  ...more,
});
/** A member whose image becomes another one, that is known after the apply alone. */
export const moved = (more: Partial<Given> = {}) =>
  replaced({ member_id: "p" }, { unknown: { image_id: true }, ...more });
export const toNext = { code: { image_id: reference(`${NEXT}.id`) } };
