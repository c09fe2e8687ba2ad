import type { OpenstackProps } from "../core/openstack-construct";
import type { IResolvable } from "../framework";
import type { Architecture } from "../properties/architecture";
import type { OperatingSystem } from "../properties/operating-system";
import type { ContainerFormat } from "./container-format";
import type { DiskFormat } from "./disk-format";
import type { IImageRef } from "./image-ref";
import type { ImageVisibility } from "./image-visibility";
import type { OsPropertyChange } from "./os-property-change";
import type { ImageSource } from "./source";

/** What an image may be besides its bytes and its name. */
export interface ImageSettings extends OpenstackProps {
  /**
   * What the bytes are (`disk_format`). Changing it replaces the image.
   * What the bytes say otherwise, of a file at synth or of what is locked, is an error.
   * @default - by the ending of the URL or path: .qcow2, .raw, .iso, .vmdk, .vhd, .vhdx, .vdi, also before one of a compression; for another
   * by the bytes, where they are at hand or locked; else an error
   */
  readonly diskFormat?: DiskFormat;

  /**
   * What is around the disk (`container_format`). Changing it replaces the image.
   * @default - ContainerFormat.BARE, and for the disk formats AMI, AKI and ARI the same, as what boots them wants it
   */
  readonly containerFormat?: ContainerFormat;

  /**
   * Smallest root disk that can boot this image, in GiB (`min_disk_gb`). Changing it updates the image in place.
   * @default - the size of the disk inside, rounded up, of a file at synth or of what is locked, but with DigestPin.CHECK; else Glance stores 0 and Nova applies no minimum
   */
  readonly minDiskGb?: number;

  /**
   * Least memory that can boot this image, in MiB (`min_ram_mb`). Changing it updates the image in place.
   * @default - Glance stores 0 and Nova applies no minimum
   */
  readonly minRamMb?: number;

  /**
   * Forbids deleting, and thus replacing, the image: in Glance (`protected`), and at plan (`prevent_destroy`), before anything is
   * lost. Changing it updates the image in place. To replace a protected image takes two changes: unprotect, then change. One that
   * is only known at apply cannot set `prevent_destroy`.
   * @default false
   */
  readonly protected?: boolean | IResolvable;

  /**
   * Labels to find the image by (`tags`), each of 255 characters at most. Changing them updates the image in place.
   * @default - none
   */
  readonly tags?: string[];

  /**
   * What it is, for people (property `description`). Changing it updates the image in place.
   * @default - the property is not set
   */
  readonly description?: string;

  /**
   * The operating system inside, as the `os_*` properties. `osPropertyChange` says what changing it does.
   * @default - no `os_*` properties
   */
  readonly operatingSystem?: OperatingSystem;

  /**
   * The processor that it runs on (property `architecture`). Changing it updates the image in place.
   * @default - the property is not set, and Nova assumes any
   */
  readonly architecture?: Architecture;

  /**
   * The kernel to boot it with (property `kernel_id`). Changing it updates the image in place.
   * @default - the image holds its own
   */
  readonly kernelImage?: IImageRef;

  /**
   * The ramdisk to boot it with (property `ramdisk_id`). Changing it updates the image in place.
   * @default - the image holds its own
   */
  readonly ramdiskImage?: IImageRef;

  /**
   * Any other property of the image, by key (`properties`); over what the typed props give. Changing them updates the image in place,
   * but for `os_*` ones; removing the last of all properties does nothing. Keys that others set are removed, but for Glance's own, which
   * are an error here.
   * @default - only those of the typed props
   */
  readonly properties?: { [key: string]: string };

  /**
   * What a changed `os_*` property does.
   * @default OsPropertyChange.KEEP
   */
  readonly osPropertyChange?: OsPropertyChange;

  /**
   * How long making it may take, in minutes (`timeouts.create`): the download, the upload and Glance's import. Changing it does nothing
   * to an image that exists.
   * @default - 30, and for a file that exists at synth one more for each 256 MiB over 4 GiB
   */
  readonly createTimeoutMinutes?: number;
}

/** An image to make. */
export interface ImageProps extends ImageSettings {
  /** Where the bytes come from. Another source replaces the image, but for the same URL by another way, which does nothing. */
  readonly source: ImageSource;

  /**
   * The name (`name`); Glance allows the same one twice. Changing it updates the image in place, and moves what looks it up by name.
   * @default - the construct's id
   */
  readonly imageName?: string;

  /**
   * Who may see it (`visibility`). Changing it updates the image in place.
   * @default ImageVisibility.PRIVATE
   */
  readonly visibility?: ImageVisibility;

  /**
   * Leaves the image out of the lists while it still boots by id (`hidden`). Changing it updates the image in place.
   * @default false
   */
  readonly hidden?: boolean | IResolvable;

  /**
   * The UUID that Glance must give it (`image_id`). Changing it replaces the image; dropping it does nothing. Any other change that
   * replaces fails at the apply, before the old image is touched: Glance never gives an id twice.
   * @default - Glance chooses one
   */
  readonly imageId?: string;
}
