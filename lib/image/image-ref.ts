/** An image by its id: all that booting from it needs. */
export interface IImageRef {
  /** The image's UUID. */
  readonly imageId: string;
}

/** An image of which more than the id may be known. What is undefined is not known, and not checked. */
export interface IImage extends IImageRef {
  /** The name, which is not unique in Glance. */
  readonly imageName?: string;
  /** Smallest root disk that can boot the image, in GiB. */
  readonly minDiskGb?: number;
  /** Least memory that can boot the image, in MiB. */
  readonly minRamMb?: number;
  /** Size of the stored bytes. */
  readonly imageSizeBytes?: number;
  /** MD5 of the stored bytes in hex; empty where the cloud computes none. */
  readonly imageChecksum?: string;
  /** The id of the project that owns it. */
  readonly imageOwnerId?: string;
  /** When it was made, as `2026-01-31T12:00:00Z`. */
  readonly imageCreatedAt?: string;
  /** All properties in Glance, Glance's own (`os_hash_value`) too; read one with `Fn.try([Fn.lookup(image.imageProperties, "os_distro"), ""])`. */
  readonly imageProperties?: { [key: string]: string };
}
