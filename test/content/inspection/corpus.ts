import { execFileSync } from "node:child_process";
import { readFileSync, truncateSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { BOOT_SIGNATURE, be, content, descriptor, GPT, le, MBR, type Pieces, partition, patch } from "./contents";

const MIB = 1024 ** 2;

/** Makes a file. Others, that it needs, have been made in the same folder before. */
type Make = (path: string) => void;

function run(command: string, ...words: string[]): void {
  execFileSync(command, words, { stdio: ["ignore", "ignore", "pipe"] });
}

/** A disk that qemu-img makes, of the words before its path. */
function create(format: string, size = "64M", ...words: string[]): Make {
  return (path) => run("qemu-img", "create", "-f", format, ...words, path, size);
}

const option = (...options: string[]) => options.flatMap((each) => ["-o", each]);

/** An encrypted disk. qemu-img measures the CPU first, and gives up on a busy machine: asked again, it does it. */
function encrypted(format: string, options: string): Make {
  const words = ["--object", "secret,id=key,data=abc", ...option(options)];
  return (path) => {
    for (let left = 9; ; left--) {
      try {
        return create(format, "8M", ...words)(path);
      } catch (error) {
        if (left === 0) throw error;
      }
    }
  };
}

/** A disk with a few bytes in it, as another format. */
function convert(format: string, ...words: string[]): Make {
  return (path) => run("qemu-img", "convert", "-f", "raw", "-O", format, ...words, beside(path, "data.raw"), path);
}

function beside(path: string, name: string): string {
  return join(dirname(path), name);
}

/** A file that is zero but for the pieces. */
function plain(size: number, pieces: Pieces = {}): Make {
  return (path) => writeFileSync(path, content(size, pieces));
}

/** A file that was made before, with bytes changed. */
function patched(name: string, pieces: Pieces): Make {
  return (path) => writeFileSync(path, patch(readFileSync(beside(path, name)), pieces));
}

/** A vhd with bytes of its first footer changed, and the checksum made right again. */
function patchedVhd(name: string, pieces: Pieces): Make {
  return (path) => {
    const bytes = patch(readFileSync(beside(path, name)), { ...pieces, 64: be(4, 0) });
    const sum = bytes.subarray(0, 512).reduce((total, byte) => total + byte, 0);
    writeFileSync(path, patch(bytes, { 64: be(4, ~sum >>> 0) }));
  };
}

function cut(name: string, size: number): Make {
  return (path) => {
    writeFileSync(path, readFileSync(beside(path, name)));
    truncateSync(path, size);
  };
}

/** The first descriptor of a volume on a disc. */
const DISC = {
  32768: "\x01CD001\x01",
  32848: le(4, 512),
  32896: "\0\x08",
  34816: "\xffCD001\x01",
};

/** A vmdk written in one go: as qemu-img makes it, with what else is written at its end. */
function withFooter(change: Pieces = {}): Make {
  return (path) => {
    const bytes = readFileSync(beside(path, "vmdk streamOptimized.vmdk"));
    const end = Buffer.concat([content(512, { 0: 1, 12: 3 }), bytes.subarray(0, 512), Buffer.alloc(512)]);
    const padding = Buffer.alloc((512 - (bytes.length % 512)) % 512);
    patch(bytes, { 56: Buffer.alloc(8, 0xff) });
    writeFileSync(path, Buffer.concat([bytes, padding, patch(end, change)]));
  };
}

function packed(command: string, ...words: string[]): Make {
  return (path) => {
    writeFileSync(path, execFileSync(command, [...words, "-c", beside(path, "qcow2 v3.qcow2")]));
  };
}

function tar(...names: string[]): Make {
  return (path) => run("tar", "--format=ustar", "-C", dirname(path), "-cf", path, "--", ...names);
}

/** The second version of LUKS, as far as anything looks at it. */
const LUKS2_JSON = JSON.stringify({ segments: { "0": { type: "crypt", offset: "2097152", size: "dynamic" } } });

const QCOW2_FEATURES = 72;

/** What later ones are made of; not inspected. */
const MATERIAL: Record<string, Make> = {
  "data.raw": plain(8 * MIB, { 0: "beginning", 4194304: Buffer.alloc(70_000, 7) }),
  "base.qcow2": create("qcow2"),
  "base.vmdk": create("vmdk"),
  "box.ovf": (path) => writeFileSync(path, "<Envelope/>\n"),
  "box.mf": (path) => writeFileSync(path, "SHA256(box.ovf)= 00\n"),
  "page.txt": (path) => writeFileSync(path, "text\n"),
  tree: (path) => run("mkdir", path),
};

/** Every file, in the order that they are made in. */
export const CORPUS: Record<string, Make> = {
  // what qemu-img writes
  "qcow2 v2.qcow2": create("qcow2", "64M", ...option("compat=v2")),
  "qcow2 v3.qcow2": create("qcow2"),
  "qcow2 of odd size.qcow2": create("qcow2", "1000003584"),
  "qcow2 of 20 TiB.qcow2": create("qcow2", "20T"),
  "qcow2 of size 0.qcow2": create("qcow2", "0"),
  "qcow2 with data.qcow2": convert("qcow2"),
  "qcow2 cluster 512.qcow2": create("qcow2", "16M", ...option("cluster_size=512")),
  "qcow2 cluster 2M.qcow2": create("qcow2", "64M", ...option("cluster_size=2M")),
  "qcow2 zlib.qcow2": convert("qcow2", "-c", ...option("compression_type=zlib")),
  "qcow2 zstd.qcow2": convert("qcow2", "-c", ...option("compression_type=zstd")),
  "qcow2 lazy refcounts.qcow2": create("qcow2", "64M", ...option("lazy_refcounts=on")),
  "qcow2 refcounts of 1 bit.qcow2": create("qcow2", "64M", ...option("refcount_bits=1")),
  "qcow2 extended L2.qcow2": create("qcow2", "64M", ...option("extended_l2=on")),
  "qcow2 metadata.qcow2": create("qcow2", "64M", ...option("preallocation=metadata")),
  "qcow2 luks.qcow2": encrypted("qcow2", "encrypt.format=luks,encrypt.key-secret=key,encrypt.iter-time=10"),
  "qcow2 backing.qcow2": (path) => run("qemu-img", "create", "-f", "qcow2", "-b", "base.qcow2", "-F", "qcow2", path),
  "qcow2 backing v2.qcow2": (path) =>
    run("qemu-img", "create", "-f", "qcow2", "-o", "compat=v2", "-b", beside(path, "base.qcow2"), "-F", "qcow2", path),
  "qcow2 data file.qcow2": (path) =>
    run("qemu-img", "create", "-f", "qcow2", "-o", `data_file=${beside(path, "data-of-qcow2")}`, path, "64M"),
  "qcow2 raw data file.qcow2": (path) =>
    run(
      "qemu-img",
      "create",
      "-f",
      "qcow2",
      "-o",
      `data_file=${beside(path, "data-of-qcow2-raw")},data_file_raw=on`,
      path,
      "64M",
    ),
  "qcow2 snapshots.qcow2": (path) => {
    run("qemu-img", "create", "-f", "qcow2", path, "64M");
    run("qemu-img", "snapshot", "-c", "one", path);
    run("qemu-img", "snapshot", "-c", "two", path);
  },
  "qcow1.qcow": create("qcow"),
  "qcow1 backing.qcow": (path) =>
    run("qemu-img", "create", "-f", "qcow", "-b", beside(path, "data.raw"), "-F", "raw", path),
  "vmdk monolithicSparse.vmdk": create("vmdk"),
  "vmdk with data.vmdk": convert("vmdk"),
  "vmdk of 3 TiB.vmdk": create("vmdk", "3T"),
  "vmdk lsilogic.vmdk": create("vmdk", "64M", ...option("adapter_type=lsilogic")),
  "vmdk compat6.vmdk": create("vmdk", "64M", ...option("compat6=on")),
  "vmdk zeroed grain.vmdk": create("vmdk", "64M", ...option("zeroed_grain=on")),
  "vmdk hwversion.vmdk": create("vmdk", "64M", ...option("hwversion=13")),
  "vmdk streamOptimized.vmdk": convert("vmdk", ...option("subformat=streamOptimized")),
  "vmdk monolithicFlat.vmdk": create("vmdk", "64M", ...option("subformat=monolithicFlat")),
  "vmdk twoGbMaxExtentSparse.vmdk": create("vmdk", "3G", ...option("subformat=twoGbMaxExtentSparse")),
  "vmdk twoGbMaxExtentFlat.vmdk": create("vmdk", "3G", ...option("subformat=twoGbMaxExtentFlat")),
  "vmdk backing.vmdk": (path) =>
    run("qemu-img", "create", "-f", "vmdk", "-b", beside(path, "base.vmdk"), "-F", "vmdk", path),
  "vhd dynamic.vhd": create("vpc"),
  "vhd with data.vhd": convert("vpc"),
  "vhd dynamic of exact size.vhd": create("vpc", "64M", ...option("force_size=on")),
  "vhd fixed.vhd": create("vpc", "4M", ...option("subformat=fixed")),
  "vhd fixed of exact size.vhd": create("vpc", "4M", ...option("subformat=fixed,force_size=on")),
  "vhdx dynamic.vhdx": create("vhdx"),
  "vhdx fixed.vhdx": create("vhdx", "8M", ...option("subformat=fixed")),
  "vhdx with data.vhdx": convert("vhdx"),
  "vhdx blocks of 256 MiB.vhdx": create("vhdx", "10G", ...option("block_size=256M")),
  "vhdx large log.vhdx": create("vhdx", "64M", ...option("log_size=8M")),
  "vdi dynamic.vdi": create("vdi"),
  "vdi static.vdi": create("vdi", "8M", ...option("static=on")),
  "vdi with data.vdi": convert("vdi"),
  "qed.qed": create("qed"),
  "qed clusters of 4K.qed": create("qed", "64M", ...option("cluster_size=4096")),
  "qed backing.qed": (path) =>
    run("qemu-img", "create", "-f", "qed", "-b", beside(path, "data.raw"), "-F", "raw", path),
  "luks.luks": encrypted("luks", "key-secret=key,iter-time=10"),
  "luks serpent.luks": encrypted(
    "luks",
    "key-secret=key,iter-time=10,cipher-alg=serpent-256,cipher-mode=cbc,ivgen-alg=plain64",
  ),
  "ploop.hds": create("parallels"),
  "ploop clusters of 64K.hds": create("parallels", "64M", ...option("cluster_size=65536")),

  // raw disks, discs, archives, and what is no disk
  "raw zeros.raw": plain(4 * MIB),
  "raw with data.raw": plain(8 * MIB, { 0: "\x01\x02beginning", 8000: "text" }),
  "raw mbr.raw": plain(4 * MIB, MBR),
  "raw gpt.raw": plain(4 * MIB, GPT),
  "raw gpt 4k.raw": plain(4 * MIB, { 446: GPT[446], 510: BOOT_SIGNATURE, 4096: "EFI PART", 4128: le(8, 1023n) }),
  "raw fat.raw": plain(4 * MIB, { 0: "\xeb\x3c\x90mkfs.fat", 16: "\x02", 21: "\xf8", 510: BOOT_SIGNATURE }),
  "raw smaller than a sector.raw": plain(100, { 0: "\x01\x02\x03" }),
  "disc.iso": (path) =>
    run("genisoimage", "-quiet", "-J", "-R", "-V", "config-2", "-o", path, beside(path, "page.txt")),
  "disc with udf.iso": (path) => run("genisoimage", "-quiet", "-udf", "-o", path, beside(path, "page.txt")),
  "disc by hand.iso": plain(MIB, DISC),
  "disc that boots as a disk.iso": plain(MIB, { ...DISC, ...MBR }),
  "disc that boots as a gpt disk.iso": plain(4 * MIB, { ...DISC, ...GPT }),
  "disc of udf alone.iso": plain(4 * MIB, { 32769: "BEA01\x01", 34817: "NSR03\x01", 36865: "TEA01\x01" }),
  "appliance.ova": tar("box.ovf", "vmdk streamOptimized.vmdk", "box.mf"),
  "appliance of a sparse disk.ova": tar("box.ovf", "vmdk monolithicSparse.vmdk"),
  "archive.tar": tar("page.txt"),
  "disk.qcow2.gz": packed("gzip"),
  "disk.qcow2.bz2": packed("bzip2"),
  "disk.qcow2.xz": packed("xz"),
  "disk.qcow2.zst": packed("zstd", "-q"),
  "disk.qcow2.lzma": packed("lzma"),
  "disk.zip": (path) => run("zip", "-q", "-j", path, beside(path, "qcow2 v3.qcow2")),
  "empty.img": plain(0),
  "page.img": (path) => writeFileSync(path, "<!DOCTYPE html>\n<html><body>Sign in</body></html>\n"),
  "text.img": (path) => writeFileSync(path, "404: not found\n"),

  // hand-made and hostile
  "qcow2 version 4.qcow2": patched("qcow2 v3.qcow2", { 4: be(4, 4) }),
  "qcow2 unknown feature.qcow2": patched("qcow2 v3.qcow2", { [QCOW2_FEATURES]: be(8, 1n << 40n) }),
  "qcow2 feature bit 5.qcow2": patched("qcow2 v3.qcow2", { [QCOW2_FEATURES]: be(8, 1n << 5n) }),
  "qcow2 dirty.qcow2": patched("qcow2 v3.qcow2", { [QCOW2_FEATURES]: be(8, 1n) }),
  "qcow2 corrupt.qcow2": patched("qcow2 v3.qcow2", { [QCOW2_FEATURES]: be(8, 2n) }),
  "qcow2 hidden data file.qcow2": patched("qcow2 v3.qcow2", { [QCOW2_FEATURES]: be(8, 4n) }),
  "qcow2 backing far away.qcow2": patched("qcow2 v3.qcow2", { 8: be(8, 1n << 62n), 16: be(4, 0xffffffff) }),
  "qcow2 of too large a size.qcow2": patched("qcow2 v3.qcow2", { 24: be(8, 1n << 60n) }),
  "qcow2 cluster of 2^31.qcow2": patched("qcow2 v3.qcow2", { 20: be(4, 31) }),
  "qcow2 cut in its header.qcow2": cut("qcow2 v3.qcow2", 80),
  "qcow2 cut before its tables.qcow2": cut("qcow2 v3.qcow2", 70_000),
  "qcow2 that is a disc.qcow2": patched("qcow2 v3.qcow2", { 32768: "\x01CD001\x01" }),
  "qcow2 that is a disk.qcow2": patched("qcow2 v3.qcow2", MBR),
  "qcow2 aes.qcow2": patched("qcow2 v3.qcow2", { 32: be(4, 1) }),
  "vmdk footer.vmdk": withFooter(),
  "vmdk footer of another size.vmdk": withFooter({ 524: le(8, 1n) }),
  "vmdk footer of another descriptor.vmdk": withFooter({ 540: le(8, 7n) }),
  "vmdk footer of a footer.vmdk": withFooter({ 568: Buffer.alloc(8, 0xff) }),
  "vmdk footer without marker.vmdk": withFooter({ 12: le(4, 9) }),
  "vmdk footer without end.vmdk": withFooter({ 1100: "x" }),
  "vmdk extent elsewhere.vmdk": (path) =>
    writeFileSync(path, descriptor("monolithicFlat", 'RW 8 FLAT "/etc/hostname" 0')),
  "vmdk sparse elsewhere.vmdk": patched("vmdk monolithicSparse.vmdk", {
    512: `${descriptor("monolithicSparse", 'RW 131072 SPARSE "../other.vmdk"')}\0`,
  }),
  "vmdk sparse with a hidden parent.vmdk": patched("vmdk monolithicSparse.vmdk", {
    512: `${descriptor("monolithicSparse", 'RW 131072 SPARSE "a.vmdk"', 'parentFileNameHint="/etc/passwd"')}\0`,
  }),
  "vmdk sparse of two extents.vmdk": patched("vmdk monolithicSparse.vmdk", {
    512: `${descriptor("monolithicSparse", 'RW 65536 SPARSE "a.vmdk"\nRW 65536 FLAT "secret" 0')}\0`,
  }),
  "vmdk sparse without extents.vmdk": patched("vmdk monolithicSparse.vmdk", {
    512: `${descriptor("monolithicSparse", "")}\0`,
  }),
  "vmdk sparse with a strange line.vmdk": patched("vmdk monolithicSparse.vmdk", {
    512: `${descriptor("monolithicSparse", 'RW 131072 SPARSE "a.vmdk"', "include /etc/passwd")}\0`,
  }),
  "vmdk sparse not ascii.vmdk": patched("vmdk monolithicSparse.vmdk", {
    512: `${descriptor("monolithicSparse", 'RW 131072 SPARSE "\xe4.vmdk"')}\0`,
  }),
  "vmdk sparse of an unknown kind.vmdk": patched("vmdk monolithicSparse.vmdk", {
    512: `${descriptor("fullDevice", 'RW 131072 SPARSE "a.vmdk"')}\0`,
  }),
  "vmdk descriptor moved.vmdk": patched("vmdk monolithicSparse.vmdk", { 28: le(8, 3n) }),
  "vmdk version 9.vmdk": patched("vmdk monolithicSparse.vmdk", { 4: le(4, 9) }),
  "vmdk of too large a size.vmdk": patched("vmdk monolithicSparse.vmdk", { 12: le(8, (1n << 60n) + 1n) }),
  "vmdk of esx.vmdk": plain(MIB, {
    0: "COWD",
    4: le(4, 1),
    8: le(4, 3),
    12: le(4, 2048),
    16: le(4, 1),
    20: le(4, 4),
    24: le(4, 1),
  }),
  "vhd differencing.vhd": patchedVhd("vhd dynamic.vhd", { 60: be(4, 4), 576: "\0/\0e\0t\0c" }),
  "vhd that is a disc and a disk.vhd": patchedVhd("vhd with data.vhd", { ...DISC, ...MBR }),
  "vhd that is a disk.vhd": patchedVhd("vhd with data.vhd", MBR),
  "vhd fixed that is a disk.vhd": patched("vhd fixed of exact size.vhd", MBR),
  "vhd of two sizes.vhd": patchedVhd("vhd dynamic of exact size.vhd", { 40: be(8, 4096n) }),
  "vhd of a wrong checksum.vhd": patched("vhd dynamic.vhd", { 48: be(8, 1n) }),
  "vhdx without regions.vhdx": patched("vhdx dynamic.vhdx", { 196608: "none" }),
  "vhdx of 4 billion regions.vhdx": patched("vhdx dynamic.vhdx", { 196616: le(4, 0xffffffff) }),
  "vmdk cut before its tables.vmdk": cut("vmdk monolithicSparse.vmdk", 50_000),
  "vhd cut.vhd": cut("vhd with data.vhd", 100_000),
  "vhdx cut.vhdx": cut("vhdx dynamic.vhdx", 200_000),
  "vdi differencing.vdi": patched("vdi dynamic.vdi", { 76: le(4, 4), 440: "parent of this one" }),
  "vdi of a version to come.vdi": patched("vdi dynamic.vdi", { 68: le(4, 0x00020000) }),
  "luks version 2.luks": plain(4 * MIB, { 0: "LUKS\xba\xbe\0\x02", 8: be(8, 16384n), 4096: LUKS2_JSON }),
  "luks cut.luks": cut("luks.luks", 100_000),
  "raw with an mbr of no partition.raw": plain(MIB, { 510: BOOT_SIGNATURE }),
  "raw with a strange boot flag.raw": plain(MIB, { ...MBR, 462: "\x11" }),
  "raw gpt with another partition.raw": plain(4 * MIB, { ...GPT, 462: partition(0x83, 2048, 4096) }),
  "raw gpt at a strange place.raw": plain(4 * MIB, { ...GPT, 446: partition(0xee, 2, 8190) }),
  "raw gpt cut.raw": plain(2 * MIB, GPT),
  "disc cut.iso": plain(65536, DISC),
  "archive that is a disk.tar": (path) => {
    tar("page.txt")(path);
    writeFileSync(path, patch(readFileSync(path), MBR));
  },
};

/** Makes all files in a folder, each for itself. */
export function makeCorpus(folder: string): Map<string, string> {
  const made = new Map<string, string>();
  for (const [name, make] of Object.entries({ ...MATERIAL, ...CORPUS })) {
    make(join(folder, name));
    if (name in CORPUS) made.set(name, join(folder, name));
  }
  return made;
}
