import { checkAmount, checkChoice, checkIpV4, checkName, checkSecret, checkUuid, warn } from "../core/checks";
import { InvalidInput, shown } from "../core/errors";
import { lifecycleOf } from "../core/lifecycle";
import { literal } from "../core/literal";
import { dependencyAddresses, OpenstackConstruct, type OpenstackProps } from "../core/openstack-construct";
import {
  ComputeInstanceV2,
  type Construct,
  type IResolvable,
  type TerraformResourceLifecycle,
  type TerraformVariable,
} from "../framework";
import type { IImageRef } from "../image/image-ref";
import type { BootSource, NewVolumeOptions } from "./boot-source";
import type { Flavor } from "./flavor";
import { ImageChange } from "./image-change";
import { fitsFlavor, fitsMemory, fitsVolume } from "./image-fit";
import { imageLifecycle, refuseRebuild, warnOfRotation } from "./image-trigger";
import type { NetworkInterface } from "./network-interface";
import type { UserData } from "./user-data";
import { VolumeAttachment, type VolumeAttachmentOptions } from "./volume-attachment";
import type { IVolumeRef } from "./volume-ref";

/** A server to make. */
export interface ServerProps extends OpenstackProps {
  /** What it boots from. */
  readonly boot: BootSource;

  /**
   * Its size. Another flavor resizes the server in place, with a restart; the server is replaced when its old flavor is gone from the
   * cloud. What the image needs is checked against it in every `ImageChange` mode, since a replacement takes the current image.
   */
  readonly flavor: Flavor;

  /**
   * The name (`name`). Changing it updates the server in place.
   * @default - the construct's id
   */
  readonly serverName?: string;

  /**
   * What happens when the image becomes another one. REBUILD is an error for a volume-backed server, and any mode for one that boots
   * from a volume that exists.
   * @default ImageChange.IGNORE
   */
  readonly onImageChange?: ImageChange;

  /**
   * The network interfaces, in the order of the guest (`network`). Changing them replaces the server.
   * @default - Nova attaches the project's only network, and refuses when there are several; an error for a new volume with a type
   */
  readonly networkInterfaces?: NetworkInterface[];

  /**
   * What the server reads at its first boot (`user_data`). Changing it replaces the server.
   * @default - none
   */
  readonly userData?: UserData;

  /**
   * The name of the key pair whose public key the guest gets (`key_pair`). Changing it replaces the server.
   * @default - none
   */
  readonly keyPairName?: string;

  /**
   * The names, not the ids, of the security groups (`security_groups`). Changing them updates the server in place. Nova ignores them for
   * ports that exist: give those their groups where they are made.
   * @default - the project's default group
   */
  readonly securityGroupNames?: string[];

  /**
   * The administrator's password (`admin_pass`): a variable with `sensitive: true`. It lands in the state in plain text, and reaches the
   * guest by what runs in it (its agent, cloud-init with a config drive). Changing it sets it in the running guest, and fails where the
   * hypervisor cannot; removing it sets an empty one; ImageChange.REBUILD gives the server another that nobody learns.
   * @default - Nova makes one up, and nobody learns it
   */
  readonly adminPassword?: TerraformVariable;

  /**
   * Whether the guest finds its metadata and user data on a disk (`config_drive`). Changing it replaces the server.
   * @default - as the image and the cloud say
   */
  readonly configDrive?: boolean | IResolvable;

  /**
   * Metadata by key (`metadata`). Changing it updates the server in place.
   * @default - none
   */
  readonly metadata?: { [key: string]: string };

  /**
   * The availability zone (`availability_zone`). Changing it replaces the server.
   * @default - the cloud chooses
   */
  readonly availabilityZone?: string;
}

/** A server in Nova (`openstack_compute_instance_v2`). It takes its image by id, never by name. */
export class Server extends OpenstackConstruct {
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
    this.serverName = props.serverName ?? id;
    this.check(props);
    this.resource = new ComputeInstanceV2(this, "Default", {
      ...literal({
        name: this.serverName,
        flavorId: props.flavor.flavorId,
        flavorName: props.flavor.flavorName,
        imageId: isImageBacked(props.boot) ? props.boot.image?.imageId : undefined,
        blockDevice: blockDevices(props.boot),
        network: props.networkInterfaces?.map((nic) => ({
          uuid: nic.networkId,
          port: nic.portId,
          fixedIpV4: nic.fixedIpV4,
        })),
        userData: props.userData?.text,
        keyPair: props.keyPairName,
        securityGroups: props.securityGroupNames && [...props.securityGroupNames],
        adminPass: props.adminPassword?.stringValue,
        configDrive: props.configDrive,
        metadata: props.metadata,
        availabilityZone: props.availabilityZone,
        region: props.region,
      }),
      provider: this.provider,
      lifecycle: this.lifecycle(props),
    });
    this.resource.dependsOn = dependencyAddresses(this, props.dependsOn);
  }

  /** The UUID. */
  get serverId(): string {
    return this.resource.id;
  }

  /**
   * Attaches a volume, besides the one that the server may boot from. When the server is replaced, the volume is detached while the
   * old one runs: stop it first, or what it did not write to the volume yet is lost.
   */
  attachVolume(id: string, volume: IVolumeRef, options: VolumeAttachmentOptions = {}): VolumeAttachment {
    return new VolumeAttachment(this, id, { ...options, server: this, volume });
  }

  private check({ boot, flavor, networkInterfaces, adminPassword, onImageChange, ...props }: ServerProps): void {
    checkName(this, "'serverName'", this.serverName);
    checkName(this, "'keyPairName'", props.keyPairName);
    props.securityGroupNames?.forEach((name, i) => {
      checkName(this, `securityGroupNames[${i}]`, name);
    });
    // the provider takes OS_FLAVOR_ID or OS_FLAVOR_NAME for an empty one
    checkName(this, "the flavor's id", flavor.flavorId);
    checkName(this, "the flavor's name", flavor.flavorName);
    checkSecret(this, "'adminPassword'", adminPassword);
    checkAmount(this, "the flavor's 'ramMb'", flavor.ramMb, 1);
    checkAmount(this, "the flavor's 'diskGb'", flavor.diskGb, 0);
    networkInterfaces?.forEach((nic, i) => {
      if (nic.networkId !== undefined) checkUuid(this, `networkInterfaces[${i}]: the network's id`, nic.networkId);
      if (nic.portId !== undefined) checkUuid(this, `networkInterfaces[${i}]: the port's id`, nic.portId);
      checkIpV4(this, `networkInterfaces[${i}]: 'fixedIpV4'`, nic.fixedIpV4);
    });
    if (boot.image) checkUuid(this, "the image's id", boot.image.imageId);
    if (boot.volume) checkUuid(this, "the volume's id", boot.volume.volumeId);
    if (boot.newVolume) checkNewVolume(this, boot.newVolume, networkInterfaces);
    if (props.securityGroupNames?.length && networkInterfaces?.length && networkInterfaces.every((nic) => nic.portId)) {
      warn(
        this,
        "SecurityGroupsOfPorts",
        "'securityGroupNames' is ignored by Nova for ports that exist; give the ports their groups",
      );
    }
    checkChoice(this, "'onImageChange'", onImageChange, ImageChange);
    if (!boot.image && onImageChange !== undefined) {
      throw new InvalidInput(
        "ImageChangeWithoutImage",
        this,
        `'onImageChange' needs a boot source with an image, got ${onImageChange} for a volume that exists; give it to that Volume`,
      );
    }
  }

  private lifecycle({ boot, flavor, onImageChange }: ServerProps): TerraformResourceLifecycle | undefined {
    const image = boot.image ?? boot.volume?.sourceImage;
    if (!image) return undefined;
    return lifecycleOf({
      ...(boot.image ? this.reaction(boot, boot.image, onImageChange ?? ImageChange.IGNORE) : {}),
      precondition: [
        ...fitsMemory(this, image, flavor),
        ...(isImageBacked(boot) ? fitsFlavor(this, image, flavor) : []),
        ...(boot.newVolume ? fitsVolume(this, image, boot.newVolume.sizeGb) : []),
      ],
    });
  }

  /** What a change of the image does. */
  private reaction(boot: BootSource, image: IImageRef, mode: ImageChange): TerraformResourceLifecycle {
    if (boot.newVolume) {
      refuseRebuild(this, "a volume-backed server", mode);
      return imageLifecycle(this, image, mode, "block_device[0].uuid");
    }
    warnOfRotation(this, image, mode);
    return imageLifecycle(this, image, mode, "image_id");
  }
}

function isImageBacked(boot: BootSource): boolean {
  return boot.image !== undefined && boot.newVolume === undefined;
}

function checkNewVolume(server: Server, volume: NewVolumeOptions, networkInterfaces: NetworkInterface[] = []): void {
  checkAmount(server, "the new volume's 'sizeGb'", volume.sizeGb, 1);
  if (volume.deleteOnTermination === undefined) {
    throw new InvalidInput(
      "DeleteOnTerminationMissing",
      server,
      "the new volume's 'deleteOnTermination' must be given, got none; true lets the volume go with the server, false leaves it behind",
    );
  }
  if (volume.volumeType !== undefined && networkInterfaces.length === 0) {
    throw new InvalidInput(
      "VolumeTypeWithoutNetwork",
      server,
      `'networkInterfaces' must be given with the new volume's 'volumeType', got ${shown(volume.volumeType)} without any: the version of ` +
        "Nova's API that knows the type attaches no network by itself",
    );
  }
}

function blockDevices({ image, newVolume, volume, existingVolume }: BootSource) {
  if (image && newVolume) {
    return [
      {
        uuid: image.imageId,
        sourceType: "image",
        destinationType: "volume",
        bootIndex: 0,
        volumeSize: newVolume.sizeGb,
        volumeType: newVolume.volumeType,
        deleteOnTermination: newVolume.deleteOnTermination,
      },
    ];
  }
  if (!volume) return undefined;
  return [
    {
      uuid: volume.volumeId,
      sourceType: "volume",
      destinationType: "volume",
      bootIndex: 0,
      deleteOnTermination: existingVolume?.deleteOnTermination ?? false,
    },
  ];
}

const SERVER = Symbol.for("cdktf-openstack-images/Server");

Object.defineProperty(Server.prototype, SERVER, { value: true });
