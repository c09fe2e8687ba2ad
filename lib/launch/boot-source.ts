import type { IResolvable } from "../framework";
import type { IImageRef } from "../image/image-ref";
import type { IVolumeRef } from "./volume-ref";

/** The volume to make and boot from. */
export interface NewVolumeOptions {
  /** Size in GiB (`volume_size`), 1 or more. Changing it replaces the server. */
  readonly sizeGb: number;

  /**
   * Whether the volume goes when the server does (`delete_on_termination`). There is no default: with false, every replacement leaves
   * a volume without a name behind that nothing in Terraform knows; with true, its data goes with the server. Changing it replaces
   * the server, and the old one goes by the old value. For data that must stay boot from a `Volume` of its own.
   */
  readonly deleteOnTermination: boolean | IResolvable;

  /**
   * The volume type (`volume_type`); needs `networkInterfaces`. Changing it replaces the server.
   * @default - the cloud's default type
   */
  readonly volumeType?: string;
}

/** The volume to boot from. */
export interface ExistingVolumeOptions {
  /**
   * Whether the volume goes when the server does (`delete_on_termination`). Changing it replaces the server, and the old one goes by the
   * old value.
   * @default false
   */
  readonly deleteOnTermination?: boolean | IResolvable;
}

/** What a server boots from. */
export class BootSource {
  /** The flavor's own disk, filled from an image (`image_id`). */
  static fromImage(image: IImageRef): BootSource {
    return new BootSource(image);
  }

  /** A volume that Nova makes from an image (`block_device` with `source_type = "image"`). */
  static fromNewVolume(image: IImageRef, options: NewVolumeOptions): BootSource {
    return new BootSource(image, options);
  }

  /** A bootable volume that exists (`block_device` with `source_type = "volume"`). Another volume replaces the server. */
  static fromVolume(volume: IVolumeRef, options: ExistingVolumeOptions = {}): BootSource {
    return new BootSource(undefined, undefined, volume, options);
  }

  private constructor(
    /** The image, unless it boots from a volume that exists. */
    readonly image?: IImageRef,
    /** The volume to make. */
    readonly newVolume?: NewVolumeOptions,
    /** The volume that exists. */
    readonly volume?: IVolumeRef,
    /** What becomes of the volume that exists. */
    readonly existingVolume?: ExistingVolumeOptions,
  ) {}
}
