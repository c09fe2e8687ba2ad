import type { DigestAlgorithm } from "./digest";

/** In an app's context: set by `openstack-images lock` while it asks for the sources, so that what it is about to write is not missed. */
export const LOCKING = "openstackImagesLocking";

/** The property with the day up to which a version of a family is kept. */
export const RETIRE_AFTER = "retire_after";

/** What an image's block says of its source in its comment (`"//".openstackImage`), for the command to read. */
export interface ImageRequest {
  /** Under what it stands in the lock. */
  readonly source: string;
  readonly kind: "url" | "web-download" | "file";
  /** Where to download, when it is another URL than the source. */
  readonly url?: string;
  /** Whether the download needs a user name and a password, which Terraform alone may know. */
  readonly private?: boolean;
  /** Whether the source is unpacked on its way to Glance. */
  readonly unpacked?: boolean;
  /** Whether the source is meant to stay packed. */
  readonly packed?: boolean;
  /** Whether the cloud converts it to raw. */
  readonly raw?: boolean;
  /** Whether the URL leads to another build from time to time; told by its words where that is not said. */
  readonly moving?: boolean;
  /** The URL of a file with published digests. */
  readonly checksums?: string;
  /** A file with the keys that sign it, from the app's folder. */
  readonly keyring?: string;
  /** The one that the code gives, in lower case. */
  readonly digest?: { readonly algorithm: DigestAlgorithm; readonly hex: string };
  /** The day up to which this version of a family is kept. */
  readonly retireAfter?: string;
}
