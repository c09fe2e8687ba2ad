import { checkName, checkUuid } from "../core/checks";
import { literal } from "../core/literal";
import {
  dependencyAddresses,
  inheriting,
  isOpenstackConstruct,
  OpenstackConstruct,
  type OpenstackProps,
} from "../core/openstack-construct";
import { timeoutsOf } from "../core/timeouts";
import { ComputeVolumeAttachV2, type Construct, type IResolvable } from "../framework";
import type { IServerRef } from "./server-ref";
import { checkSameRegion, type IVolumeRef } from "./volume-ref";

/** How a volume is attached. */
export interface VolumeAttachmentOptions extends OpenstackProps {
  /**
   * Says that the volume is one for several servers (`multiattach`); each of them after the first needs `dependsOn` on the one before, as
   * Cinder answers 400 while another server is about to get it. Changing it replaces the attachment.
   * @default false
   */
  readonly multiattach?: boolean | IResolvable;

  /**
   * A label that the guest finds the device by in its metadata (`tag`). Changing it replaces the attachment.
   * @default - none
   */
  readonly tag?: string;

  /**
   * Does not wait until Cinder says that the volume is in use (`ignore_volume_confirmation` of `vendor_options`), for clouds whose Cinder
   * cannot be asked. Changing it replaces the attachment.
   * @default false
   */
  readonly ignoreVolumeConfirmation?: boolean | IResolvable;

  /**
   * How long attaching may take, in minutes (`timeouts.create`). Changing it plans nothing.
   * @default 10
   */
  readonly createTimeoutMinutes?: number;

  /**
   * How long detaching may take, in minutes (`timeouts.delete`). Changing it plans nothing, and holds for the next attachment.
   * @default 10
   */
  readonly deleteTimeoutMinutes?: number;
}

/** A volume and the server it is attached to. */
export interface VolumeAttachmentProps extends VolumeAttachmentOptions {
  /** The server. */
  readonly server: IServerRef;
  /** The volume. */
  readonly volume: IVolumeRef;
}

/** A volume attached to a server (`openstack_compute_volume_attach_v2`). Destroying it detaches the volume and keeps it. */
export class VolumeAttachment extends OpenstackConstruct {
  /** Whether it is an attachment that an app declares. */
  static isVolumeAttachment(x: unknown): x is VolumeAttachment {
    return typeof x === "object" && x !== null && ATTACHMENT in x;
  }

  /** The resource behind it. */
  readonly resource: ComputeVolumeAttachV2;

  constructor(scope: Construct, id: string, props: VolumeAttachmentProps) {
    super(scope, id, inheriting(scope, props, isOpenstackConstruct(props.server) ? props.server : undefined));
    checkUuid(this, "the server's id", props.server.serverId);
    checkUuid(this, "the volume's id", props.volume.volumeId);
    checkSameRegion(
      this,
      "'volume'",
      props.volume,
      isOpenstackConstruct(props.server) ? props.server.region : this.region,
    );
    checkName(this, "'tag'", props.tag);
    this.resource = new ComputeVolumeAttachV2(this, "Default", {
      ...literal({
        instanceId: props.server.serverId,
        volumeId: props.volume.volumeId,
        multiattach: props.multiattach,
        tag: props.tag,
        vendorOptions:
          // the provider cannot turn it off in place: without the block it replaces
          props.ignoreVolumeConfirmation ? { ignoreVolumeConfirmation: props.ignoreVolumeConfirmation } : undefined,
        region: this.region,
        timeouts: timeoutsOf(this, { create: props.createTimeoutMinutes, delete: props.deleteTimeoutMinutes }),
      }),
      provider: this.provider,
    });
    this.resource.dependsOn = dependencyAddresses(this, props.dependsOn);
  }

  /** The device that the volume is in the guest, as Nova reports it. */
  get device(): string {
    return this.resource.device;
  }
}

const ATTACHMENT = Symbol.for("cdktf-openstack-images/VolumeAttachment");

Object.defineProperty(VolumeAttachment.prototype, ATTACHMENT, { value: true });
