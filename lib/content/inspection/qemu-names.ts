/** What qemu-img calls the formats that it reads and writes, by the words of an inspection. */
const QEMU_NAMES = new Map([
  ...["raw", "qcow2", "qcow", "qed", "vmdk", "vdi", "vhdx"].map((same) => [same, same] as const),
  ["vhd", "vpc"],
  ["ploop", "parallels"],
]);

/** What qemu-img calls a format, in `-f` and `-O`; undefined when it has no word for it. */
export function qemuName(format: string): string | undefined {
  return QEMU_NAMES.get(format);
}
