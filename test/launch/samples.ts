import {
  BootSource,
  Digest,
  Flavor,
  type IImage,
  Image,
  type ImageProps,
  ImageSource,
  Server,
  type ServerProps,
  Volume,
  type VolumeProps,
} from "cdktf-openstack-images";
import type { Construct } from "constructs";

export const IMAGE_ID = "0a000000-0000-4000-8000-000000000001";
export const VOLUME_ID = "0b000000-0000-4000-8000-000000000002";
export const NETWORK_ID = "0c000000-0000-4000-8000-000000000003";
export const PORT_ID = "0d000000-0000-4000-8000-000000000004";
export const SNAPSHOT_ID = "0f000000-0000-4000-8000-000000000006";
export const BACKUP_ID = "10000000-0000-4000-8000-000000000007";
export const SERVER_ID = "11000000-0000-4000-8000-000000000008";
export const PROJECT_ID = "0e000000000000000000000000000005";

export const SERVER = "openstack_compute_instance_v2";
export const VOLUME = "openstack_blockstorage_volume_v3";
export const ATTACHMENT = "openstack_compute_volume_attach_v2";
export const FLAVOR = "data.openstack_compute_flavor_v2";
export const TRIGGER = "terraform_data";

export const SOURCE = ImageSource.fromUrl("https://images.test/base.qcow2");
export const PINNED = ImageSource.fromUrl("https://images.test/base.qcow2", { digest: Digest.sha512("ab".repeat(64)) });

/** An image of which no more is known than is given. */
export function imageOf(known: Omit<IImage, "imageId"> = {}): IImage {
  return { imageId: IMAGE_ID, ...known };
}

export function newImage(scope: Construct, props: Partial<ImageProps> = {}): Image {
  return new Image(scope, "Golden", { source: SOURCE, ...props });
}

export function newServer(scope: Construct, props: Partial<ServerProps> = {}): Server {
  const boot = BootSource.fromImage(imageOf());
  return new Server(scope, "Web", { boot, flavor: Flavor.fromFlavorId("42"), ...props });
}

/** What Terraform gets of `newServer` without props. */
export const SERVER_BLOCK = {
  name: "Web",
  flavor_id: "42",
  image_id: IMAGE_ID,
  lifecycle: { ignore_changes: ["image_id"] },
};

export function newVolume(scope: Construct, props: Partial<VolumeProps> = {}): Volume {
  return new Volume(scope, "Data", { sizeGb: 10, ...props });
}

/** What Terraform gets of `newVolume` without props. */
export const VOLUME_BLOCK = { name: "Data", size: 10 };

/** What must hold of the flavor found when it was said whether it is public. */
export function foundIsPublic(isPublic: string) {
  const [condition, error_message] = [
    `\${self.is_public == ${isPublic}}`,
    "LookupFlavorDiffers: data.openstack_compute_flavor_v2.Small found ${self.name}, whose 'isPublic' is ${self.is_public}, not what was " +
      "asked for; Nova lists others for administrators only.",
  ];
  return { lifecycle: { postcondition: [{ condition, error_message }] } };
}
