import { createHash } from "node:crypto";

export const IMAGE = "openstack_images_image_v2";
export const MEMBER = "openstack_images_image_access_v2";
export const SERVER = "openstack_compute_instance_v2";
export const VOLUME = "openstack_blockstorage_volume_v3";
export const ATTACHMENT = "openstack_compute_volume_attach_v2";

export const hex = (algorithm: string, text: string) => createHash(algorithm).update(text).digest("hex");

/** A made-up UUID that is always the same for a name. */
export function uuid(name: string): string {
  const digits = hex("sha256", name);
  return [0, 8, 12, 16, 20].map((start, i) => digits.slice(start, [8, 12, 16, 20, 32][i])).join("-");
}

/** A made-up project id. */
export const project = (name: string) => hex("md5", `project ${name}`);
