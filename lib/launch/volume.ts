import { checkAmount, checkChoice, checkKeys, checkName, checkUuid } from "../core/checks";
import { InvalidInput } from "../core/errors";
import { ifKnown, isKnown } from "../core/known";
import { lifecycleOf } from "../core/lifecycle";
import { literal } from "../core/literal";
import { dependencyAddresses, OpenstackConstruct, type OpenstackProps } from "../core/openstack-construct";
import { TerraformData } from "../core/terraform-data";
import { timeoutMinutes, timeoutsOf } from "../core/timeouts";
import { BlockstorageVolumeV3, Construct, type IResolvable, type TerraformResourceLifecycle } from "../framework";
import type { IImage, IImageRef } from "../image/image-ref";
import { ImageChange } from "./image-change";
import { fitsVolume } from "./image-fit";
import { warnOfOtherRegion } from "./image-region";
import { imageTrigger, refuseRebuild } from "./image-trigger";
import { checkHints, hintBlocks, type VolumeSchedulerHints } from "./scheduler-hints";
import type { IVolume, IVolumeRef } from "./volume-ref";
import { sourceArguments, type VolumeSource } from "./volume-source";

/** What Cinder may do to give a volume another type (`volume_retype_policy`). */
export enum VolumeRetypePolicy {
  /** Nothing that moves the data: a type of another backend is not taken, and the apply does not tell. */
  NEVER = "never",
  /** Move the data to another backend. */
  ON_DEMAND = "on-demand",
}

/** A volume to make. */
export interface VolumeProps extends OpenstackProps {
  /**
   * Size in GiB (`size`), 1 or more. Growing it extends the volume in place; while a server has it, that takes `enableOnlineResize`.
   * Shrinking it is planned in place too, and fails: Cinder cannot shrink.
   */
  readonly sizeGb: number;

  /**
   * The name (`name`). Changing it updates the volume in place.
   * @default - the construct's id
   */
  readonly volumeName?: string;

  /**
   * What it is for (`description`). Changing it updates the volume in place.
   * @default - none
   */
  readonly description?: string;

  /**
   * The image to fill it from (`image_id`). What another one does is `onImageChange`'s to say; dropping the prop replaces the volume. To
   * give an image to a volume that was made without one does nothing: make another volume.
   * @default - the volume is blank, or filled from `source`
   */
  readonly image?: IImageRef;

  /**
   * What to fill it from instead of an image: a snapshot, another volume, a backup. Changing it replaces the volume: its data is lost. To
   * give a backup to a volume that was made without one does nothing: make another volume.
   * @default - the volume is blank, or filled from `image`
   */
  readonly source?: VolumeSource;

  /**
   * What happens when the image becomes another one. REPLACE destroys the volume and its data; REBUILD is an error.
   * @default ImageChange.IGNORE
   */
  readonly onImageChange?: ImageChange;

  /**
   * The volume type (`volume_type`). Changing it retypes the volume in place. Where the data would have to move to another backend, that
   * takes `volumeRetypePolicy`: without it the apply succeeds, the type stays, and every later plan says it again. Dropping the prop
   * does nothing.
   * @default - the cloud's default type
   */
  readonly volumeType?: string;

  /**
   * What Cinder may do to give it another type (`volume_retype_policy`). Changing it updates the Terraform state alone.
   * @default VolumeRetypePolicy.NEVER
   */
  readonly volumeRetypePolicy?: VolumeRetypePolicy;

  /**
   * Whether it may grow while a server has it (`enable_online_resize`), which not every backend of Cinder can: one that cannot leaves the
   * volume in the state `error_extending`, which only an administrator can reset. The file system in it is the guest's to grow. Changing
   * it updates the Terraform state alone.
   * @default false - growing an attached volume fails, and leaves it as it is
   */
  readonly enableOnlineResize?: boolean | IResolvable;

  /**
   * Metadata by key (`metadata`). Changing it updates the volume in place; removing the last key does nothing.
   * @default - none
   */
  readonly metadata?: { [key: string]: string };

  /**
   * The availability zone (`availability_zone`). Changing it replaces the volume; dropping the prop does nothing.
   * @default - the cloud chooses
   */
  readonly availabilityZone?: string;

  /**
   * What the scheduler is told (`scheduler_hints`). Changing it replaces the volume.
   * @default - nothing
   */
  readonly schedulerHints?: VolumeSchedulerHints;

  /**
   * The UUID of the volume group to be in (`consistency_group_id`); needs `volumeType`, one of the group's. Changing it is planned as a
   * replacement, which fails, as destroying the volume does: Cinder deletes no volume that is in a group. Take it out of the group before.
   * @default - none
   */
  readonly consistencyGroupId?: string;

  /**
   * How long making it may take, in minutes (`timeouts.create`). Changing it plans nothing.
   * @default - 10, and for an image whose size is known at synth one more for each GiB over 4
   */
  readonly createTimeoutMinutes?: number;

  /**
   * How long destroying it may take, in minutes (`timeouts.delete`). Changing it plans nothing, and holds once another change was made.
   * @default 10
   */
  readonly deleteTimeoutMinutes?: number;
}

/** A volume in Cinder (`openstack_blockstorage_volume_v3`): blank, or from an image, a snapshot, another volume or a backup. */
export class Volume extends OpenstackConstruct implements IVolume {
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
  /** The image that it is filled from, also by way of another volume of the app. */
  readonly sourceImage?: IImageRef;

  constructor(scope: Construct, id: string, props: VolumeProps) {
    super(scope, id, props);
    this.sourceImage = props.image ?? (props.source?._given.volume as IVolume | undefined)?.sourceImage;
    const name = props.volumeName ?? id;
    this.check({ ...props, volumeName: name });
    this.resource = new BlockstorageVolumeV3(this, "Default", {
      ...literal({
        name,
        size: props.sizeGb,
        description: props.description,
        imageId: props.image?.imageId,
        ...sourceArguments(this, props.source, this.region),
        volumeType: props.volumeType,
        volumeRetypePolicy: props.volumeRetypePolicy,
        enableOnlineResize: props.enableOnlineResize,
        metadata: metadataOf(props),
        availabilityZone: props.availabilityZone,
        schedulerHints: hintBlocks(props.schedulerHints),
        consistencyGroupId: props.consistencyGroupId,
        region: props.region,
        timeouts: timeoutsOf(this, { create: createMinutes(props), delete: props.deleteTimeoutMinutes }),
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

  private check(props: VolumeProps): void {
    const { image, source, onImageChange, consistencyGroupId } = props;
    checkName(this, "'volumeName'", props.volumeName);
    checkName(this, "'volumeType'", props.volumeType);
    checkName(this, "'availabilityZone'", props.availabilityZone);
    if (props.sizeGb === undefined) {
      throw new InvalidInput("VolumeSizeMissing", this, "'sizeGb' must be given, got none; give it in GiB");
    }
    checkAmount(this, "'sizeGb'", props.sizeGb, 1);
    checkChoice(this, "'onImageChange'", onImageChange, ImageChange);
    ifKnown(props.volumeRetypePolicy, (policy) =>
      checkChoice(this, "'volumeRetypePolicy'", policy, VolumeRetypePolicy),
    );
    checkHints(this, props.schedulerHints);
    checkKeys(this, "'metadata'", props.metadata);
    if (consistencyGroupId !== undefined) checkUuid(this, "'consistencyGroupId'", consistencyGroupId);
    if (image) checkUuid(this, "the image's id", image.imageId);
    if (image && source) {
      throw new InvalidInput(
        "VolumeSourceTwice",
        this,
        "'image' and 'source' exclude each other, got both; leave one out",
      );
    }
    if (onImageChange === undefined) return;
    if (!image) {
      throw new InvalidInput(
        "ImageChangeWithoutImage",
        this,
        `'onImageChange' needs 'image', got ${onImageChange} without one; leave it out`,
      );
    }
    refuseRebuild(this, "a volume", onImageChange);
  }

  private lifecycle(props: VolumeProps): TerraformResourceLifecycle | undefined {
    const { image, onImageChange, sizeGb } = props;
    const backupId = props.source?._given.backupId;
    if (backupId !== undefined) {
      // Cinder says which backup it was in the metadata alone: the provider would replace the volume in every plan, and take the note away
      const trigger = new TerraformData(this, "BackupTrigger", backupId);
      const note = metadataOf(props) === undefined ? [] : ['metadata["src_backup_id"]'];
      return { ignoreChanges: ["backup_id", ...note], replaceTriggeredBy: [trigger.address] };
    }
    if (!image) return undefined;
    const trigger = imageTrigger(this, "ImageTrigger", image);
    warnOfOtherRegion(this, image);
    return lifecycleOf({
      ignoreChanges: ["image_id"],
      replaceTriggeredBy: onImageChange === ImageChange.REPLACE ? [trigger.address] : undefined,
      precondition: fitsVolume(this, image, sizeGb),
    });
  }
}

/** An empty one would be planned anew every time, and never sent. */
function metadataOf({ metadata }: VolumeProps): VolumeProps["metadata"] {
  return isKnown(metadata) && Object.keys(metadata).length === 0 ? undefined : metadata;
}

/** The provider's 10 minutes, and more for an image that the backend must copy. */
function createMinutes({ createTimeoutMinutes, image }: VolumeProps): number | undefined {
  const sizeBytes = (image as IImage | undefined)?.imageSizeBytes;
  return createTimeoutMinutes ?? timeoutMinutes({ minutes: 10, upToGib: 4, minutesPerGib: 1 }, sizeBytes);
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
