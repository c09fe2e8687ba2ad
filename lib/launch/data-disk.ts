import type { IImageRef } from "../image/image-ref";
import type {
  BlockDevice,
  DiskOptions,
  ExistingVolumeOptions,
  NewVolumeOptions,
  SnapshotVolumeOptions,
} from "./block-device";
import type { IVolumeRef } from "./volume-ref";

/** A disk of the hypervisor's. */
export interface EphemeralDiskOptions extends DiskOptions {
  /** Size in GiB (`volume_size`), 1 or more; all of them together may take what the flavor grants. Changing it replaces the server. */
  readonly sizeGb: number;

  /**
   * The file system to make on it (`guest_format`), with libvirt `ext2`, `ext3`, `ext4` or `xfs`. Changing it replaces the server.
   * @default - the cloud's default
   */
  readonly guestFormat?: string;
}

/** Swap space of the hypervisor's. */
export interface SwapDiskOptions extends DiskOptions {
  /**
   * Size in MiB (`volume_size`, of which Nova reads this one in MiB), what the flavor grants: with less Nova cannot start the server again
   * once it was stopped. Changing it replaces the server.
   */
  readonly sizeMb: number;
}

/**
 * A disk that a server is made with, besides the one that it boots from (`block_device`). Adding, dropping or changing one replaces the
 * server; a disk that comes and goes is a `Volume` with `server.attachVolume`.
 */
export class DataDisk {
  /** A blank volume that Nova makes. */
  static newVolume(options: NewVolumeOptions): DataDisk {
    return new DataDisk({ ...options, isVolume: true });
  }

  /** A volume that Nova makes from an image. The server's `onImageChange` says what another image does; REBUILD leaves the disk alone. */
  static fromImage(image: IImageRef, options: NewVolumeOptions): DataDisk {
    return new DataDisk({ ...options, image, isVolume: true });
  }

  /**
   * A volume that Nova makes from a snapshot.
   * @param snapshotId UUID
   */
  static fromSnapshot(snapshotId: string, options: SnapshotVolumeOptions): DataDisk {
    return new DataDisk({ ...options, snapshotId, isVolume: true });
  }

  /** A volume that exists. It is detached when the server goes, unless `deleteOnTermination` is set. */
  static fromVolume(volume: IVolumeRef, options: ExistingVolumeOptions = {}): DataDisk {
    return new DataDisk({ ...options, volume, isVolume: true });
  }

  /** A blank disk of the hypervisor's own, which goes with the server, and is wiped when ImageChange.REBUILD rebuilds it. */
  static ephemeral(options: EphemeralDiskOptions): DataDisk {
    return new DataDisk({ ...options, isVolume: false });
  }

  /** Swap space of the hypervisor's own (`guest_format = "swap"`). A server has one at most. */
  static swap(options: SwapDiskOptions): DataDisk {
    return new DataDisk({ ...options, isVolume: false, guestFormat: "swap" });
  }

  /** @internal */
  readonly _device: BlockDevice;

  private constructor(device: BlockDevice) {
    this._device = device;
  }
}
