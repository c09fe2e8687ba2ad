/**
 * The format of an image's disk (`disk_format`). It says what the bytes are and converts nothing; changing it replaces the image.
 */
export class DiskFormat {
  /** The bytes of the disk as they are. */
  static readonly RAW = new DiskFormat("raw");
  /** QEMU's format, what most distributions publish, also under the ending `.img`. */
  static readonly QCOW2 = new DiskFormat("qcow2");
  /** VMware's; clouds take the variants streamOptimized and monolithicSparse only, unless set otherwise. */
  static readonly VMDK = new DiskFormat("vmdk");
  /** Hyper-V's older format. */
  static readonly VHD = new DiskFormat("vhd");
  /** Hyper-V's newer format. */
  static readonly VHDX = new DiskFormat("vhdx");
  /** VirtualBox's. */
  static readonly VDI = new DiskFormat("vdi");
  /** An optical disc. */
  static readonly ISO = new DiskFormat("iso");
  /** Virtuozzo's. */
  static readonly PLOOP = new DiskFormat("ploop");
  /** An Amazon kernel. */
  static readonly AKI = new DiskFormat("aki");
  /** An Amazon ramdisk. */
  static readonly ARI = new DiskFormat("ari");
  /** An Amazon machine image. */
  static readonly AMI = new DiskFormat("ami");

  /** A format that a later provider takes. */
  static custom(value: string): DiskFormat {
    return new DiskFormat(value);
  }

  private constructor(
    /** The provider's word for it. */
    readonly value: string,
  ) {}
}
