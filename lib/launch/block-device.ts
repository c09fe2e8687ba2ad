import type { IResolvable } from "../framework";
import type { IImageRef } from "../image/image-ref";
import type { IVolumeRef } from "./volume-ref";

/** How a server sees a disk. Changing any of it replaces the server. */
export interface DiskOptions {
  /**
   * The bus that it is attached by (`disk_bus`): `virtio`, `scsi`, `sata`, `ide`, `usb`.
   * @default - as the image and the cloud say
   */
  readonly diskBus?: string;

  /**
   * What it is to the guest (`device_type`): `disk`, `cdrom`, `floppy` or `lun`.
   * @default - a disk
   */
  readonly deviceType?: string;
}

/** How a server sees a volume. Changing any of it replaces the server. */
export interface VolumeDiskOptions extends DiskOptions {
  /**
   * Says that the volume is, or is of a type, for several servers (`multiattach`): Nova takes such a one only when asked by version 2.60
   * of its API. Needs `networkInterfaces` or `networkMode`.
   * @default false
   */
  readonly multiattach?: boolean | IResolvable;
}

/** A volume that Nova makes together with the server. */
export interface NewVolumeOptions extends VolumeDiskOptions {
  /** Size in GiB (`volume_size`), 1 or more. Changing it replaces the server. */
  readonly sizeGb: number;

  /**
   * Whether the volume goes when the server does (`delete_on_termination`). There is no default: with false, every replacement leaves
   * a volume behind that has no name of yours and that Terraform does not know; with true, its data goes with the server. Changing it replaces
   * the server, and the old one goes by the old value. For data that must stay use a `Volume` of its own.
   */
  readonly deleteOnTermination: boolean | IResolvable;

  /**
   * The volume type (`volume_type`); needs `networkInterfaces` or `networkMode`. Changing it replaces the server.
   * @default - the cloud's default type
   */
  readonly volumeType?: string;
}

/** A volume that Nova makes from a snapshot, together with the server. */
export interface SnapshotVolumeOptions extends VolumeDiskOptions {
  /**
   * Size in GiB (`volume_size`), that of the snapshot or more. Changing it replaces the server.
   * @default - that of the snapshot
   */
  readonly sizeGb?: number;

  /**
   * Whether the volume goes when the server does (`delete_on_termination`). There is no default: with false, every replacement leaves
   * a volume behind that has no name of yours and that Terraform does not know; with true, its data goes with the server. Changing it replaces
   * the server, and the old one goes by the old value.
   */
  readonly deleteOnTermination: boolean | IResolvable;

  /**
   * The volume type (`volume_type`); needs `networkInterfaces` or `networkMode`. Changing it replaces the server.
   * @default - that of the snapshot
   */
  readonly volumeType?: string;
}

/** A volume that exists. */
export interface ExistingVolumeOptions extends VolumeDiskOptions {
  /**
   * Whether the volume goes when the server does (`delete_on_termination`), also when it is replaced. An error for a `Volume` of the app,
   * which would go without a word in the plan. Changing it replaces the server, and the old one goes by the old value.
   * @default false
   */
  readonly deleteOnTermination?: boolean | IResolvable;
}

/** A disk of a server as it was asked for; without image, snapshot and volume it is blank. */
export interface BlockDevice extends DiskOptions {
  readonly image?: IImageRef;
  readonly snapshotId?: string;
  readonly volume?: IVolumeRef;
  /** Whether it is a volume, not the hypervisor's own disk. */
  readonly isVolume: boolean;
  readonly sizeGb?: number;
  /** Of swap space, which alone Nova takes in MiB. */
  readonly sizeMb?: number;
  readonly volumeType?: string;
  readonly deleteOnTermination?: boolean | IResolvable;
  readonly guestFormat?: string;
  readonly multiattach?: boolean | IResolvable;
}

/** A disk as the provider's `block_device`. */
export function renderedDevice(device: BlockDevice, bootIndex: number) {
  const { image, snapshotId, volume } = device;
  return {
    uuid: image?.imageId ?? snapshotId ?? volume?.volumeId,
    sourceType: image ? "image" : snapshotId !== undefined ? "snapshot" : volume ? "volume" : "blank",
    destinationType: device.isVolume ? "volume" : "local",
    bootIndex,
    volumeSize: device.sizeGb ?? device.sizeMb,
    volumeType: device.volumeType,
    // Nova's own disks go with the server, whatever is asked
    deleteOnTermination: device.isVolume ? (device.deleteOnTermination ?? false) : true,
    guestFormat: device.guestFormat,
    diskBus: device.diskBus,
    deviceType: device.deviceType,
    multiattach: device.multiattach,
  };
}
