import type { OpenstackProps } from "../core/openstack-construct";
import type { IResolvable, TerraformVariable } from "../framework";
import type { BootSource } from "./boot-source";
import type { DataDisk } from "./data-disk";
import type { Flavor } from "./flavor";
import type { ImageChange } from "./image-change";
import type { NetworkInterface, NetworkMode } from "./network-interface";
import type { PowerState } from "./power-state";
import type { SchedulerHints } from "./scheduler-hints";
import type { UserData } from "./user-data";

/** A server to make. */
export interface ServerProps extends OpenstackProps {
  /** What it boots from. */
  readonly boot: BootSource;

  /**
   * Its size. Another flavor resizes the server in place, with a restart. Once its flavor is deleted from the cloud, the next plan replaces
   * the server, also of an app that did not change. What the image needs is checked against it in every `ImageChange` mode, since a replacement takes the current image.
   */
  readonly flavor: Flavor;

  /**
   * The name (`name`). Changing it updates the server in place.
   * @default - the construct's id
   */
  readonly serverName?: string;

  /**
   * Disks besides the one that it boots from (`block_device`). Changing them replaces the server.
   * @default - none but what the flavor grants
   */
  readonly dataDisks?: DataDisk[];

  /**
   * What happens when the image becomes another one, of the boot disk or of a data disk. REBUILD is an error for a volume-backed server,
   * and any mode for one without a disk from an image.
   * @default ImageChange.IGNORE
   */
  readonly onImageChange?: ImageChange;

  /**
   * The network interfaces, in the order of the guest (`network`). Changing them replaces the server; dropping the prop does nothing.
   * @default - Nova attaches the project's only network, and refuses when there are several; an error where an option needs a newer
   * version of its API (`tags`, `hypervisorHostname`, a disk's `volumeType` or `multiattach`), which attaches none by itself
   */
  readonly networkInterfaces?: NetworkInterface[];

  /**
   * Which network it gets instead of `networkInterfaces` (`network_mode`). Changing it replaces the server.
   * @default - as `networkInterfaces` says
   */
  readonly networkMode?: NetworkMode;

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
   * The names, not the ids, of the security groups (`security_groups`). Changing them updates the server in place; dropping the prop does
   * nothing. They are an error beside a port that exists: it has its groups from where it is made.
   * @default - the project's default group
   */
  readonly securityGroupNames?: string[];

  /**
   * The administrator's password (`admin_pass`): a variable with `sensitive: true`. It lands in the state in plain text, and reaches the
   * guest by what runs in it (its agent, cloud-init with a config drive). Changing it sets it in the running guest, and fails once where the
   * hypervisor cannot: the state has it by then, and no later plan says that the guest has another. Removing it sets an empty one;
   * ImageChange.REBUILD gives the server another that nobody learns.
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
   * Labels to find the server by (`tags`): 50 at most, each of 60 characters at most, without "/" and ",". Needs `networkInterfaces` or
   * `networkMode`. Changing them updates the server in place.
   * @default - none
   */
  readonly tags?: string[];

  /**
   * The availability zone (`availability_zone`). Changing it replaces the server, also when the cloud has moved it elsewhere;
   * dropping the prop does nothing.
   * @default - the cloud chooses
   */
  readonly availabilityZone?: string;

  /**
   * The availability zone to be made in, which is not compared later (`availability_zone_hints`); `ZONE:HOST` is for administrators.
   * Excludes `availabilityZone`. Changing it replaces the server.
   * @default - the cloud chooses
   */
  readonly availabilityZoneHints?: string;

  /**
   * The hypervisor to be made on, by its host name (`hypervisor_hostname`); for administrators. Needs `networkInterfaces` or
   * `networkMode`. Changing it replaces the server, and so does the next apply once the server was migrated, and every one in a
   * project that Nova hides the host from.
   * @default - the scheduler chooses
   */
  readonly hypervisorHostname?: string;

  /**
   * What the scheduler is told (`scheduler_hints`). Changing it replaces the server.
   * @default - nothing
   */
  readonly schedulerHints?: SchedulerHints;

  /**
   * Whether it runs (`power_state`). Changing it stops, starts, pauses or shelves the server in place; see `PowerState` for what fails. A
   * server that is found in another state is brought back by the next apply: one that somebody stopped starts.
   * @default PowerState.ACTIVE
   */
  readonly powerState?: PowerState;

  /**
   * Stops the guest before the server is destroyed (`stop_before_destroy`), so that it can write what it holds; a volume attached by
   * `attachVolume` is detached before that. Changing it updates the
   * Terraform state alone.
   * @default false
   */
  readonly stopBeforeDestroy?: boolean | IResolvable;

  /**
   * Deletes at once where the cloud would keep deleted servers for a while (`force_delete`). Changing it updates the Terraform state
   * alone.
   * @default false
   */
  readonly forceDelete?: boolean | IResolvable;

  /**
   * Detaches the ports that exist before the server is destroyed (`detach_ports_before_destroy` of `vendor_options`), for clouds that
   * would delete them with it. Changing it updates the Terraform state alone.
   * @default false
   */
  readonly detachPortsBeforeDestroy?: boolean | IResolvable;

  /**
   * Does not confirm a resize (`ignore_resize_confirmation` of `vendor_options`), for clouds that do it by themselves. Changing it
   * updates the Terraform state alone.
   * @default false
   */
  readonly ignoreResizeConfirmation?: boolean | IResolvable;

  /**
   * How long making it may take, in minutes (`timeouts.create`). Changing it plans nothing.
   * @default 30
   */
  readonly createTimeoutMinutes?: number;

  /**
   * How long an update may take, in minutes (`timeouts.update`): a resize, a rebuild, a stop. Changing it plans nothing.
   * @default 30
   */
  readonly updateTimeoutMinutes?: number;

  /**
   * How long destroying it may take, in minutes (`timeouts.delete`). Changing it plans nothing, and holds once another change was made.
   * @default 30
   */
  readonly deleteTimeoutMinutes?: number;
}
