import { checkUuid } from "../core/checks";
import { literal } from "../core/literal";
import { dependencyAddresses, inheriting, OpenstackConstruct, type OpenstackProps } from "../core/openstack-construct";
import { ComputeVolumeAttachV2, type Construct } from "../framework";
import type { Server } from "./server";
import type { IVolumeRef } from "./volume-ref";

/** How a volume is attached. */
export interface VolumeAttachmentOptions extends OpenstackProps {}

/** A volume and the server it is attached to. */
export interface VolumeAttachmentProps extends VolumeAttachmentOptions {
  /** The server. */
  readonly server: Server;
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
    super(scope, id, inheriting(scope, props, props.server));
    checkUuid(this, "the volume's id", props.volume.volumeId);
    this.resource = new ComputeVolumeAttachV2(this, "Default", {
      ...literal({
        instanceId: props.server.serverId,
        volumeId: props.volume.volumeId,
        region: this.region,
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
