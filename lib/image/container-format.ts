/** What is around the disk (`container_format`). Changing it replaces the image. */
export class ContainerFormat {
  /** Nothing: the disk alone, what nearly every image is. */
  static readonly BARE = new ContainerFormat("bare");
  /** An OVF description. */
  static readonly OVF = new ContainerFormat("ovf");
  /** A tar archive with an OVF description. */
  static readonly OVA = new ContainerFormat("ova");
  /** A tar archive of a container. */
  static readonly DOCKER = new ContainerFormat("docker");
  /**
   * A gzipped disk, which Cinder unpacks when it makes a volume from it, where the cloud allows that
   * (`allow_compression_on_image_upload`, off by default). Nova does not unpack it: no server boots from one.
   */
  static readonly COMPRESSED = new ContainerFormat("compressed");
  /** An Amazon kernel. */
  static readonly AKI = new ContainerFormat("aki");
  /** An Amazon ramdisk. */
  static readonly ARI = new ContainerFormat("ari");
  /** An Amazon machine image. */
  static readonly AMI = new ContainerFormat("ami");

  /** A format that a later provider takes. */
  static custom(value: string): ContainerFormat {
    return new ContainerFormat(value);
  }

  private constructor(
    /** The provider's word for it. */
    readonly value: string,
  ) {}
}
