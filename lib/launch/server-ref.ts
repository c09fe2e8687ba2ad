/** A server by its id. */
export interface IServerRef {
  /** The server's UUID. */
  readonly serverId: string;
}
