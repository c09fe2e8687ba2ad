import type { IImageRef } from "../image/image-ref";

/** A volume by its id. */
export interface IVolumeRef {
  /** The image that it was filled from, when that is known; what boots from the volume needs the memory that the image asks for. */
  readonly sourceImage?: IImageRef;

  /** The volume's UUID. */
  readonly volumeId: string;
}
