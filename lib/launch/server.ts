import { checkAmount, checkUuid } from "../core/checks";
import { literal } from "../core/literal";
import { dependencyAddresses, OpenstackConstruct } from "../core/openstack-construct";
import { timeoutsOf } from "../core/timeouts";
import { ComputeInstanceV2, Construct } from "../framework";
import { hintBlocks } from "./scheduler-hints";
import { checkApiVersion, checkServer } from "./server-checks";
import { ServerDisks } from "./server-disks";
import type { ServerProps } from "./server-props";
import type { IServerRef } from "./server-ref";
import { VolumeAttachment, type VolumeAttachmentOptions } from "./volume-attachment";
import type { IVolumeRef } from "./volume-ref";

/** A server in Nova (`openstack_compute_instance_v2`). It takes its image by id, never by name. */
export class Server extends OpenstackConstruct implements IServerRef {
  /** Refers to a server by its UUID. Makes no call. */
  static fromServerId(scope: Construct, id: string, serverId: string): IServerRef {
    return new ServerById(scope, id, serverId);
  }

  /** Whether it is a server that an app declares. */
  static isServer(x: unknown): x is Server {
    return typeof x === "object" && x !== null && SERVER in x;
  }

  /** The resource behind it. */
  readonly resource: ComputeInstanceV2;
  /** The name. */
  readonly serverName: string;

  constructor(scope: Construct, id: string, props: ServerProps) {
    super(scope, id, props);
    const { flavor } = props;
    this.serverName = props.serverName ?? id;
    checkServer(this, { ...props, serverName: this.serverName });
    checkAmount(this, "the flavor's 'ramMb'", flavor.ramMb, 1);
    checkAmount(this, "the flavor's 'diskGb'", flavor.diskGb, 0);
    const dataDisks = props.dataDisks?.map((disk) => disk._device);
    const disks = new ServerDisks(this, props.boot._device, dataDisks);
    checkApiVersion(this, props, disks.needsNewerApi);
    disks.checkShelving(props.powerState);
    this.resource = new ComputeInstanceV2(this, "Default", {
      ...literal({
        name: this.serverName,
        flavorId: flavor.flavorId,
        flavorName: flavor.flavorName,
        imageId: disks.imageId,
        blockDevice: disks.blockDevices,
        network: props.networkInterfaces?.map((nic) => ({
          uuid: nic.networkId,
          name: nic.networkName,
          port: nic.portId,
          fixedIpV4: nic.fixedIpV4,
          accessNetwork: nic.accessNetwork,
        })),
        networkMode: props.networkMode,
        userData: props.userData?.text,
        keyPair: props.keyPairName,
        securityGroups: props.securityGroupNames && [...props.securityGroupNames],
        adminPass: props.adminPassword?.stringValue,
        configDrive: props.configDrive,
        metadata: props.metadata,
        tags: props.tags && [...props.tags],
        availabilityZone: props.availabilityZone,
        availabilityZoneHints: props.availabilityZoneHints,
        hypervisorHostname: props.hypervisorHostname,
        schedulerHints: hintBlocks(props.schedulerHints),
        powerState: props.powerState,
        stopBeforeDestroy: props.stopBeforeDestroy,
        forceDelete: props.forceDelete,
        vendorOptions: vendorOptions(props),
        region: props.region,
        timeouts: timeoutsOf(this, {
          create: props.createTimeoutMinutes,
          update: props.updateTimeoutMinutes,
          delete: props.deleteTimeoutMinutes,
        }),
      }),
      provider: this.provider,
      lifecycle: disks.lifecycle(flavor, props.onImageChange),
    });
    this.resource.dependsOn = dependencyAddresses(this, props.dependsOn);
  }

  /** The UUID. */
  get serverId(): string {
    return this.resource.id;
  }

  /**
   * Attaches a volume, besides the disks that the server is made with. When the server is replaced, the volume is detached while the
   * old one runs: stop it first, or what it did not write to the volume yet is lost.
   */
  attachVolume(id: string, volume: IVolumeRef, options: VolumeAttachmentOptions = {}): VolumeAttachment {
    return new VolumeAttachment(this, id, { ...options, server: this, volume });
  }
}

class ServerById extends Construct implements IServerRef {
  constructor(
    scope: Construct,
    id: string,
    readonly serverId: string,
  ) {
    super(scope, id);
    checkUuid(this, "the server's id", serverId);
  }
}

function vendorOptions({ ignoreResizeConfirmation, detachPortsBeforeDestroy }: ServerProps) {
  if (ignoreResizeConfirmation === undefined && detachPortsBeforeDestroy === undefined) return undefined;
  return { ignoreResizeConfirmation, detachPortsBeforeDestroy };
}

const SERVER = Symbol.for("cdktf-openstack-images/Server");

Object.defineProperty(Server.prototype, SERVER, { value: true });
