import { closeSync, existsSync, openSync, readdirSync, readSync } from "node:fs";
import { join } from "node:path";
import { run } from "./cloud";

/** Behind the image and the tables of file systems, and within the smallest disk. */
const MARKER_AT = "40M";
const SHARES = join(process.env.CLOUD ?? "", "data/cinder");

/** A disk as a file. */
export interface DiskFile {
  readonly file: string;
  readonly format: "qcow2" | "raw";
}

/** A disk that Nova keeps for a server: `disk`, `disk.eph0`, `disk.swap`. */
export function ownDisk(serverId: string, name = "disk"): DiskFile {
  return { file: `${process.env.CLOUD}/data/nova/instances/${serverId}/${name}`, format: "qcow2" };
}

/** A volume, in the share that it lies in. */
export function volumeFile(volumeId: string): DiskFile & { readonly share: string } {
  const shares = readdirSync(SHARES).filter((name) => name.startsWith("export"));
  const share = shares.find((name) => existsSync(join(SHARES, name, `volume-${volumeId}`)));
  if (!share) throw new Error(`volume ${volumeId} lies in no share`);
  return { share, file: join(SHARES, share, `volume-${volumeId}`), format: "raw" };
}

/** The first sector of a raw disk, as text. */
export function firstSector({ file }: DiskFile): string {
  const sector = Buffer.alloc(512);
  const open = openSync(file, "r");
  readSync(open, sector);
  closeSync(open);
  return sector.toString("latin1");
}

/** What a guest that reads a disk finds in it, by offset. */
export function hasBytes({ file, format }: DiskFile, offset: number | string, byte: number, count: number): boolean {
  const read = `read -P ${byte} ${offset} ${count}`;
  return !run("qemu-io", ["-r", "-U", "-f", format, "-c", read, file]).includes("Pattern verification failed");
}

/** Writes a marker where the guest does not look; nothing else may have the disk open. */
export function markFile({ file, format }: DiskFile): void {
  run("qemu-io", ["-f", format, "-c", `write -P 0xab ${MARKER_AT} 512`, file]);
}

/** Whether the marker is in it. */
export const isMarkedFile = (disk: DiskFile) => hasBytes(disk, MARKER_AT, 0xab, 512);

/** What the guest takes for the disk's size. */
export function sizeBytes({ file }: DiskFile): number {
  return JSON.parse(run("qemu-img", ["info", "-U", "--output=json", file]))["virtual-size"];
}

/** What a disk is to the guest, and on what bus: `disk virtio`, `cdrom ide`. */
export function attachmentOf(serverId: string, volumeId: string): string {
  const domain = run("virsh", ["-c", "qemu:///system", "dumpxml", serverId]);
  const disk = domain.split("<disk ").find((one) => one.includes(`<serial>${volumeId}<`)) ?? "";
  return [/device='(\w+)'/, /bus='(\w+)'/].map((pattern) => pattern.exec(disk)?.[1]).join(" ");
}
