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
  readonly sizeBytes?: number;
}
