/** Whether a server runs (`power_state`). Between SHUTOFF and PAUSED, and out of SHELVED_OFFLOADED, it takes two applies, by ACTIVE. */
export enum PowerState {
  /** It runs. */
  ACTIVE = "active",
  /** It is stopped, and keeps its place on the hypervisor. */
  SHUTOFF = "shutoff",
  /**
   * Its memory is kept and its processors stand still. A new server only gets there by a second apply, and to destroy one that is paused
   * takes two: the first ends in an error while Nova deletes it.
   */
  PAUSED = "paused",
  /**
   * It is stopped and takes no place on a hypervisor. Nova keeps the root disk as an image, but **loses** the hypervisor's other disks:
   * with `DataDisk.ephemeral` or `DataDisk.swap` it is an error, but a flavor's own are lost too. With `availabilityZone` or
   * `hypervisorHostname` it is an error as well: a shelved server has neither, and the next apply would replace it. A new server only gets
   * there by a second apply. A cloud that offloads later than at once may let the apply time out.
   */
  SHELVED_OFFLOADED = "shelved_offloaded",
}
