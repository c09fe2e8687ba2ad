/** What happens to a server or volume when its image becomes another one. Changing the mode alone plans nothing. */
export enum ImageChange {
  /** Nothing: it keeps the disk it has, and a replacement for another reason takes the new image. */
  IGNORE = "IGNORE",
  /**
   * It is destroyed and made anew from the new image: new id, new addresses, an empty disk; the plan says so. It is
   * destroyed while the new image is still being made: when that fails, there is no server until the next apply. An image in a stack of
   * its own, deployed before, has been made and checked by then.
   */
  REPLACE = "REPLACE",
  /**
   * Nova rebuilds the server: same id, ports and addresses, and the root disk is wiped, and with it the hypervisor's other disks
   * (`DataDisk.ephemeral`, `DataDisk.swap`), but no volume. The plan only says "update in-place". Not for
   * volumes and volume-backed servers, which the provider cannot rebuild.
   */
  REBUILD = "REBUILD",
}
