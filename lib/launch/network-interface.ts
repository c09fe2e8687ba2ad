import type { IResolvable } from "../framework";

/** A port that exists, as the server's interface. */
export interface PortOptions {
  /**
   * Whether `access_ip_v4` of the server's resource is the address on this interface (`access_network`). Changing it updates the
   * Terraform state alone; outputs and resources that use the address get the new one at the apply after.
   * @default false - the first address that the provider finds
   */
  readonly accessNetwork?: boolean | IResolvable;
}

/** An interface on a network. */
export interface NetworkOptions extends PortOptions {
  /**
   * The IPv4 address to take (`fixed_ip_v4`). Changing it replaces the server; dropping it does nothing.
   * @default - the network gives one
   */
  readonly fixedIpV4?: string;
}

/** A network interface of a server, in the order of the guest. Changing what it is on replaces the server. */
export class NetworkInterface {
  /**
   * A port that Nova makes on a network, and deletes with the server.
   * @param networkId UUID
   */
  static onNetwork(networkId: string, options: NetworkOptions = {}): NetworkInterface {
    return new NetworkInterface(options, networkId);
  }

  /**
   * The same by the network's name, which the provider looks up at apply; it fails when several have the name.
   */
  static onNetworkNamed(networkName: string, options: NetworkOptions = {}): NetworkInterface {
    return new NetworkInterface(options, undefined, networkName);
  }

  /**
   * A port that exists, and outlives the server. What `onNetwork` does not take (an IPv6 address, several addresses, security groups)
   * is said where the port is made.
   * @param portId UUID
   */
  static fromPort(portId: string, options: PortOptions = {}): NetworkInterface {
    return new NetworkInterface(options, undefined, undefined, portId);
  }

  /** The IPv4 address. */
  readonly fixedIpV4?: string;
  /** Whether the server's access address is on it. */
  readonly accessNetwork?: boolean | IResolvable;

  private constructor(
    options: NetworkOptions,
    /** The network's UUID. */
    readonly networkId?: string,
    /** The network's name. */
    readonly networkName?: string,
    /** The port's UUID. */
    readonly portId?: string,
  ) {
    this.fixedIpV4 = options.fixedIpV4;
    this.accessNetwork = options.accessNetwork;
  }
}

/** Which network a server gets when no interface is named. */
export enum NetworkMode {
  /** Nova attaches the project's only network, or makes one where the cloud offers that. */
  AUTO = "auto",
  /** None. */
  NONE = "none",
}
