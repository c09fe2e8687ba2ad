import type { Attributes } from "./attributes";
import { objectIn, own, textIn } from "./json";

/** A disk of a server, as its `block_device` says. */
export interface BlockDevice {
  /** Its place among the blocks. */
  readonly place: number;
  readonly sourceType?: string;
  readonly uuid?: string;
  readonly sizeGb?: number;
  readonly isRoot: boolean;
  /** A volume, and no disk on the hypervisor. */
  readonly isVolume: boolean;
  /** Nova deletes it when it deletes the server. */
  readonly isOnTermination: boolean;
}

/** The disks that a server's blocks say it has. */
export function blockDevicesOf(server: Attributes | undefined): BlockDevice[] {
  return (server?.list("block_device") ?? []).map((block, place) => {
    const device = objectIn(block);
    const sourceType = textIn(own(device, "source_type"));
    const size = own(device, "volume_size");
    // Nova makes a volume of what comes from one, and the provider counts from 0
    const destination = textIn(own(device, "destination_type")) || undefined;
    return {
      place,
      sourceType,
      uuid: textIn(own(device, "uuid")),
      sizeGb: typeof size === "number" ? size : undefined,
      isRoot: (own(device, "boot_index") ?? 0) === 0,
      isVolume:
        destination === undefined ? sourceType === "volume" || sourceType === "snapshot" : destination === "volume",
      isOnTermination: own(device, "delete_on_termination") === true,
    };
  });
}

/** Whether a server's root disk is a volume that outlives it. */
export function isRootKept(server: Attributes | undefined): boolean {
  const root = blockDevicesOf(server).find(({ isRoot }) => isRoot);
  return root?.isVolume === true && !root.isOnTermination;
}
