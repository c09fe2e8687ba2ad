import { beginsWith, times, u64le } from "./bytes";
import { type Finding, findingIf } from "./finding";
import type { Format, Probe } from "./inspection";

const SIGNATURE = 0xaa55;
const ENTRIES = [446, 462, 478, 494];
const PROTECTIVE = 0xee;
/** The head of a disk with large sectors has the GPT further in. */
const SECTOR_SIZES = [512, 4096];

/** A raw disk with a table of partitions, MBR or GPT. */
export const PARTITIONED: Format = {
  name: "raw disk with partitions",
  matches: ({ head }) => head.readUInt16LE(510) === SIGNATURE && !isFat(head),
  inspect(probe) {
    const gptAt = SECTOR_SIZES.find((at) => beginsWith(probe.head, "EFI PART", at));
    return {
      format: "raw",
      diskFormat: "raw",
      virtualSizeBytes: probe.sizeBytes,
      details: { partitionTable: gptAt === undefined ? "mbr" : "gpt" },
      findings: [...tableFindings(probe.head), ...gptFindings(probe, gptAt)],
    };
  },
};

/** A FAT filesystem without partitions has the same signature: it is recognized by two tables and the word for a fixed disk. */
function isFat(head: Buffer): boolean {
  return head[16] === 2 && head[21] === 0xf8;
}

/** What Glance asks of the first sector, as an error from 33.0 (2026.2) on. */
function tableFindings(head: Buffer): Finding[] {
  const used = ENTRIES.filter((at) => head[at + 4] !== 0);
  const protective = ENTRIES.filter((at) => head[at + 4] === PROTECTIVE);
  const broken = {
    "a boot flag that is none": ENTRIES.some((at) => head[at] !== 0 && head[at] !== 0x80),
    "no partition": used.length === 0,
    "partitions beside that of its GPT": protective.length > 0 && (used.length > 1 || used[0] !== ENTRIES[0]),
    "a GPT that does not begin where it must": protective.some(
      (at) => head.readUIntBE(at + 1, 3) !== 0x000200 || head.readUInt32LE(at + 8) !== 1,
    ),
  };
  const names = Object.entries(broken)
    .filter(([, is]) => is)
    .map(([name]) => name);
  return findingIf(
    names.length > 0,
    "PartitionTableBroken",
    `has ${names.join(", ")} in its partition table, which Glance refuses from 2026.2 on`,
  );
}

/** The GPT is there twice, the second time in the disk's last sector. */
function gptFindings({ head, sizeBytes }: Probe, gptAt: number | undefined): Finding[] {
  if (gptAt === undefined || sizeBytes === undefined) return [];
  const end = times(u64le(head, gptAt + 32) + 1, gptAt);
  return findingIf(end > sizeBytes, "Truncated", "ends before its partition table does: a broken download or copy");
}
