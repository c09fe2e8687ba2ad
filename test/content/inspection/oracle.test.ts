/** What the library says of files is compared with what qemu-img says, and oslo.utils, which Glance, Nova and Cinder ask. */
import { inspectLocalFile } from "../../../lib/content/inspection/local";
import { temporaryDirectory } from "../../support/terraform-process";
import { CORPUS, makeCorpus } from "./corpus";
import { askOslo, askQemu, type Verdict, whyNoOslo, whyNoQemuImg } from "./oracle/oracles";

/** The oracles' words for what they know by another name, or not at all: they take for raw whatever they do not know. */
const NO_DISK = { qemu: "raw", oslo: "raw" };
const WORDS: Record<string, { readonly qemu?: string; readonly oslo?: string }> = {
  qcow: { oslo: "qcow2" },
  vhd: { qemu: "vpc" },
  ploop: { qemu: "parallels", oslo: "raw" },
  iso: { qemu: "raw" },
  ...Object.fromEntries(
    ["gz", "bz2", "xz", "zst", "lzma", "zip", "ova", "tar", "text", "empty"].map((word) => [word, NO_DISK]),
  ),
};

const TOPICS = ["qemu format", "qemu size", "qemu safety", "oslo format", "oslo size", "oslo safety"] as const;
type Topic = (typeof TOPICS)[number];

interface Disagreement {
  readonly reason: string;
  readonly topics: readonly Topic[];
  readonly files: readonly string[];
}

/** Every disagreement that there is, and why the library stays with its own. */
const DISAGREEMENTS: readonly Disagreement[] = [
  {
    reason: "oslo.utils reads no size of these subformats, which it refuses",
    topics: ["oslo size"],
    files: [
      ...["vmdk monolithicFlat.vmdk", "vmdk twoGbMaxExtentSparse.vmdk", "vmdk twoGbMaxExtentFlat.vmdk"],
      ...["vmdk extent elsewhere.vmdk", "vmdk sparse not ascii.vmdk", "vmdk sparse of an unknown kind.vmdk"],
      ...["vmdk descriptor moved.vmdk", "vmdk version 9.vmdk"],
    ],
  },
  {
    reason: "oslo.utils lets parentFileNameHint pass, which qemu-img opens as a backing file",
    topics: ["oslo safety"],
    files: ["vmdk backing.vmdk", "vmdk sparse with a hidden parent.vmdk"],
  },
  {
    reason: "oslo.utils looks for a slash in the extents and does not count them; the second one would be another file",
    topics: ["oslo safety"],
    files: ["vmdk sparse of two extents.vmdk"],
  },
  {
    reason:
      "both look for a vhd at its beginning only; here the footer counts, and the finding FooterOnly says what they say",
    topics: ["qemu format", "qemu size", "oslo format", "oslo size"],
    files: ["vhd fixed.vhd", "vhd fixed of exact size.vhd", "vhd fixed that is a disk.vhd"],
  },
  {
    reason: "oslo.utils says the size of the file, since it reads no size of this format",
    topics: ["oslo size"],
    files: [...["qed.qed", "qed clusters of 4K.qed", "qed backing.qed"], ...["ploop.hds", "ploop clusters of 64K.hds"]],
  },
  {
    reason: "qemu-img rounds up to sectors",
    topics: ["qemu size"],
    files: ["raw smaller than a sector.raw"],
  },
  {
    reason: "oslo.utils names both and leaves the choice to its caller, and Glance chooses iso",
    topics: ["oslo format", "oslo size", "oslo safety"],
    files: ["disc that boots as a disk.iso", "disc that boots as a gpt disk.iso"],
  },
  {
    reason: "oslo.utils knows UDF only where its descriptor comes first, and by the standard BEA01 does",
    topics: ["oslo format"],
    files: ["disc of udf alone.iso"],
  },
  {
    reason: "oslo.utils does not look whether the header can be right; qemu-img does, or opens it read-only",
    topics: ["oslo safety"],
    files: [
      ...["qcow2 corrupt.qcow2", "qcow2 cluster of 2^31.qcow2", "vhd of a wrong checksum.vhd"],
      ...["vhdx without regions.vhdx", "vhdx of 4 billion regions.vhdx", "vdi of a version to come.vdi"],
    ],
  },
  {
    reason: "oslo.utils does not look whether the file is as long as it says",
    topics: ["oslo safety"],
    files: [
      ...["qcow2 cut before its tables.qcow2", "raw gpt cut.raw"],
      ...["vmdk cut before its tables.vmdk", "vhd cut.vhd"],
    ],
  },
  {
    reason: "as before, and it gives the size that the disc should have",
    topics: ["oslo size", "oslo safety"],
    files: ["disc cut.iso"],
  },
  {
    reason: "as before, and its size is below zero",
    topics: ["oslo size", "oslo safety"],
    files: ["luks cut.luks"],
  },
  {
    reason: "oslo.utils wants 512 bytes to know qcow2, and takes less for raw",
    topics: ["oslo format", "oslo size", "oslo safety"],
    files: ["qcow2 cut in its header.qcow2"],
  },
  {
    reason: "oslo.utils gives sizes that no disk can have",
    topics: ["oslo size", "oslo safety"],
    files: ["qcow2 of too large a size.qcow2", "vmdk of too large a size.vmdk"],
  },
  {
    reason: "a footer that gives another size than the header is let pass by oslo.utils, and believed by qemu-img",
    topics: ["qemu size", "oslo safety"],
    files: ["vmdk footer of another size.vmdk"],
  },
  {
    reason: "oslo.utils does not know ESX's old subformat",
    topics: ["oslo format", "oslo safety"],
    files: ["vmdk of esx.vmdk"],
  },
  {
    reason: "oslo.utils does not look for parents of vhd and vdi",
    topics: ["oslo safety"],
    files: ["vhd differencing.vhd", "vdi differencing.vdi"],
  },
  {
    reason: "oslo.utils reads the size that the disk had once",
    topics: ["oslo size"],
    files: ["vhd of two sizes.vhd", "vhd of a wrong checksum.vhd"],
  },
  {
    reason: "oslo.utils says 0 for a size that it did not find",
    topics: ["oslo size"],
    files: ["vhdx without regions.vhdx", "vhdx of 4 billion regions.vhdx", "vhdx cut.vhdx"],
  },
  {
    reason: "qemu-img and oslo.utils know LUKS version 1 only",
    topics: ["qemu format", "qemu size", "oslo size"],
    files: ["luks version 2.luks"],
  },
  {
    reason: "oslo.utils does not know tar, so it sees a disk alone",
    topics: ["oslo format"],
    files: ["archive that is a disk.tar"],
  },
];

/** What is named for a file, in the order of the topics. */
function namedFor(name: string): Topic[] {
  const named = DISAGREEMENTS.filter(({ files }) => files.includes(name)).flatMap(({ topics }) => topics);
  return TOPICS.filter((topic) => named.includes(topic));
}

const missing = whyNoQemuImg() ?? whyNoOslo();
const describeWithOracles = missing ? describe.skip : describe;

describeWithOracles(`inspection against its oracles${missing ? ` (skipped: ${missing})` : ""}`, () => {
  let disagreements: Record<string, Topic[]>;

  beforeAll(() => {
    const files = makeCorpus(temporaryDirectory("corpus"));
    const oslo = askOslo([...files.values()]);
    disagreements = Object.fromEntries(
      [...files].map(([name, path], i) => [name, disagreementsOn(path, askQemu(path), oslo[i])]),
    );
  }, 600_000);

  test("has enough files to agree on", () => {
    expect(Object.keys(CORPUS).length).toBeGreaterThan(100);
  });

  test.each(Object.keys(CORPUS))("agrees on %s, but for what is named", (name) => {
    expect(disagreements[name]).toStrictEqual(namedFor(name));
  });

  test("disagrees about no file that is not there", () => {
    const named = DISAGREEMENTS.flatMap(({ files }) => files);
    expect(named.filter((name) => !(name in CORPUS))).toStrictEqual([]);
  });
});

/** The topics on which the library says something else than an oracle. */
function disagreementsOn(path: string, qemu: Verdict, oslo: Verdict): Topic[] {
  const { format, details, virtualSizeBytes, findings } = inspectLocalFile(path);
  const isSafe = findings.every(({ severity }) => severity !== "unsafe");
  const isSeveral = findings.some(({ code }) => code === "SeveralFormats") && oslo.formats.length > 1;
  const hasDisk = WORDS[format] !== NO_DISK;
  const isPartitioned = ["gpt", "mbr"].includes(String(details.partitionTable));
  const osloWord = isPartitioned ? "gpt" : (WORDS[format]?.oslo ?? format);
  // what qemu-img cannot open it has no word for, and must be unsafe here
  const isRefused = qemu.formats.length === 0;
  const differs: Record<Topic, boolean> = {
    "qemu format": !isRefused && qemu.formats.join() !== (WORDS[format]?.qemu ?? format),
    "qemu size": !isRefused && hasDisk && qemu.virtualSizeBytes !== virtualSizeBytes,
    "qemu safety": isRefused && isSafe,
    "oslo format": !isSeveral && oslo.formats.join() !== osloWord,
    "oslo size": !isSeveral && hasDisk && oslo.virtualSizeBytes !== (virtualSizeBytes ?? null),
    "oslo safety": hasDisk && oslo.safe !== isSafe,
  };
  return TOPICS.filter((topic) => differs[topic]);
}
