import type { IImageRef } from "../image/image-ref";
import type { BlockDevice, ExistingVolumeOptions, NewVolumeOptions, SnapshotVolumeOptions } from "./block-device";
import type { IVolumeRef } from "./volume-ref";

/** What a server boots from. Another kind, and what each says of a change, replaces the server. */
export class BootSource {
  /** The flavor's own disk, filled from an image (`image_id`). `onImageChange` says what another image does. */
  static fromImage(image: IImageRef): BootSource {
    return new BootSource({ image, isVolume: false });
  }

  /**
   * A volume that Nova makes from an image (`block_device` with `source_type = "image"`). `onImageChange` says what another image
   * does.
   */
  static fromNewVolume(image: IImageRef, options: NewVolumeOptions): BootSource {
    return new BootSource({ ...options, image, isVolume: true });
  }

  /** A bootable volume that exists (`block_device` with `source_type = "volume"`). Another volume replaces the server. */
  static fromVolume(volume: IVolumeRef, options: ExistingVolumeOptions = {}): BootSource {
    return new BootSource({ ...options, volume, isVolume: true });
  }

  /**
   * A volume that Nova makes from a snapshot of a bootable one (`block_device` with `source_type = "snapshot"`). Another snapshot
   * replaces the server. (To boot from a backup, make a `Volume` from it.)
   * @param snapshotId UUID
   */
  static fromSnapshot(snapshotId: string, options: SnapshotVolumeOptions): BootSource {
    return new BootSource({ ...options, snapshotId, isVolume: true });
  }

  /** @internal */
  readonly _device: BlockDevice;

  private constructor(device: BlockDevice) {
    this._device = device;
  }
}
