import { checkAmount, checkChoice, checkName, checkUuid } from "../core/checks";
import { InvalidInput } from "../core/errors";
import { lifecycleOf } from "../core/lifecycle";
import { literal } from "../core/literal";
import { dependencyAddresses, OpenstackConstruct, type OpenstackProps } from "../core/openstack-construct";
import { BlockstorageVolumeV3, Construct, type TerraformResourceLifecycle } from "../framework";
import type { IImageRef } from "../image/image-ref";
import { ImageChange } from "./image-change";
import { fitsVolume } from "./image-fit";
import { imageLifecycle, refuseRebuild } from "./image-trigger";
import type { IVolumeRef } from "./volume-ref";

/** A volume to make. */
export interface VolumeProps extends OpenstackProps {
  /**
   * Size in GiB (`size`), 1 or more. Growing it extends the volume in place, and fails while the volume is attached; shrinking it is
   * planned in place too, and fails: Cinder cannot shrink.
   */
  readonly sizeGb: number;

  /**
   * The name (`name`). Changing it updates the volume in place.
   * @default - the construct's id
   */
  readonly volumeName?: string;

  /**
   * The image to fill it from (`image_id`). What another one does is `onImageChange`'s to say.
   * @default - the volume is blank
   */
  readonly image?: IImageRef;

  /**
   * What happens when the image becomes another one. REPLACE destroys the volume and its data; REBUILD is an error.
   * @default ImageChange.IGNORE
   */
  readonly onImageChange?: ImageChange;

  /**
   * The volume type (`volume_type`). Changing it retypes the volume in place, and fails where the data would have to move to another
   * backend.
   * @default - the cloud's default type
   */
  readonly volumeType?: string;

  /**
   * The availability zone (`availability_zone`). Changing it replaces the volume.
   * @default - the cloud chooses
   */
  readonly availabilityZone?: string;
}

/** A volume in Cinder (`openstack_blockstorage_volume_v3`), blank or from an image. */
export class Volume extends OpenstackConstruct implements IVolumeRef {
  /** Refers to a volume by its UUID. Makes no call. */
  static fromVolumeId(scope: Construct, id: string, volumeId: string): IVolumeRef {
    return new VolumeById(scope, id, volumeId);
  }

  /** Whether it is a volume that an app declares. */
  static isVolume(x: unknown): x is Volume {
    return typeof x === "object" && x !== null && VOLUME in x;
  }

  /** The resource behind it. */
  readonly resource: BlockstorageVolumeV3;
  /** The image that it is filled from; none for a blank one. */
  readonly sourceImage?: IImageRef;

  constructor(scope: Construct, id: string, props: VolumeProps) {
    super(scope, id, props);
    this.sourceImage = props.image;
    const name = props.volumeName ?? id;
    checkName(this, "'volumeName'", name);
    checkAmount(this, "'sizeGb'", props.sizeGb, 1);
    this.resource = new BlockstorageVolumeV3(this, "Default", {
      ...literal({
        name,
        size: props.sizeGb,
        imageId: props.image?.imageId,
        volumeType: props.volumeType,
        availabilityZone: props.availabilityZone,
        region: props.region,
      }),
      provider: this.provider,
      lifecycle: this.lifecycle(props),
    });
    this.resource.dependsOn = dependencyAddresses(this, props.dependsOn);
  }

  /** The UUID. */
  get volumeId(): string {
    return this.resource.id;
  }

  private lifecycle({ image, onImageChange, sizeGb }: VolumeProps): TerraformResourceLifecycle | undefined {
    checkChoice(this, "'onImageChange'", onImageChange, ImageChange);
    if (!image) {
      if (onImageChange === undefined) return undefined;
      throw new InvalidInput(
        "ImageChangeWithoutImage",
        this,
        `'onImageChange' needs 'image', got ${onImageChange} for a blank volume; leave it out`,
      );
    }
    const mode = onImageChange ?? ImageChange.IGNORE;
    refuseRebuild(this, "a volume", mode);
    checkUuid(this, "the image's id", image.imageId);
    return lifecycleOf({
      ...imageLifecycle(this, image, mode, "image_id"),
      precondition: fitsVolume(this, image, sizeGb),
    });
  }
}

class VolumeById extends Construct implements IVolumeRef {
  constructor(
    scope: Construct,
    id: string,
    readonly volumeId: string,
  ) {
    super(scope, id);
    checkUuid(this, "the volume's id", volumeId);
  }
}

const VOLUME = Symbol.for("cdktf-openstack-images/Volume");

Object.defineProperty(Volume.prototype, VOLUME, { value: true });
