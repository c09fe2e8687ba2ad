/** An interface on a network. */
export interface NetworkOptions {
  /**
   * The IPv4 address to take (`fixed_ip_v4`). Changing it replaces the server.
   * @default - the network gives one
   */
  readonly fixedIpV4?: string;
}

/** A network interface of a server, in the order of the guest. Changing any replaces the server. */
export class NetworkInterface {
  /**
   * A port that Nova makes on a network, and deletes with the server.
   * @param networkId UUID
   */
  static onNetwork(networkId: string, options: NetworkOptions = {}): NetworkInterface {
    return new NetworkInterface(networkId, undefined, options.fixedIpV4);
  }

  /**
   * A port that exists, and outlives the server.
   * @param portId UUID
   */
  static fromPort(portId: string): NetworkInterface {
    return new NetworkInterface(undefined, portId);
  }

  private constructor(
    /** The network's UUID. */
    readonly networkId?: string,
    /** The port's UUID. */
    readonly portId?: string,
    /** The IPv4 address. */
    readonly fixedIpV4?: string,
  ) {}
}
