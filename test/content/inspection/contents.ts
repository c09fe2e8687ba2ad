import { gzipSync } from "node:zlib";

/** What is written where: text as Latin 1, a number as one byte. */
export type Pieces = Record<number, Buffer | string | number>;

/** Changes bytes, and returns them. */
export function patch(bytes: Buffer, pieces: Pieces): Buffer {
  for (const [at, piece] of Object.entries(pieces)) {
    bytes.set(typeof piece === "number" ? [piece] : Buffer.from(piece as string, "latin1"), Number(at));
  }
  return bytes;
}

/** Content of a size, zero but for the pieces. */
export const content = (size: number, pieces: Pieces) => patch(Buffer.alloc(size), pieces);

/** A number of 2, 4 or 8 bytes. */
export const be = (bytes: number, value: number | bigint) =>
  Buffer.from(
    BigInt(value)
      .toString(16)
      .padStart(bytes * 2, "0"),
    "hex",
  );
export const le = (bytes: number, value: number | bigint) => be(bytes, value).reverse();

export const GIB = 1024 ** 3;

export const qcow2 = (pieces: Pieces = {}) =>
  content(262144, {
    0: "QFI\xfb",
    4: be(4, 3),
    20: be(4, 16),
    24: be(8, 10 * GIB),
    36: be(4, 20),
    40: be(8, 196608),
    100: be(4, 112),
    ...pieces,
  });

export const descriptor = (type: string, extents: string, more = "") =>
  `# Disk DescriptorFile\nversion=1\nCID=1\nparentCID=ffffffff\ncreateType="${type}"\n${more}\n# Extent description\n${extents}\n\nddb.adapterType = "ide"\n`;

export const vmdk = (pieces: Pieces = {}, text = descriptor("monolithicSparse", 'RW 2097152 SPARSE "a.vmdk"')) =>
  content(65536, {
    0: "KDMV",
    4: le(4, 1),
    12: le(8, 2097152),
    20: le(8, 128),
    28: le(8, 1),
    36: le(8, 20),
    56: le(8, 21),
    512: text,
    ...pieces,
  });

/** Written in one go, with its header again at the end. */
export function streamed(pieces: Pieces = {}): Buffer {
  const header = vmdk({}, descriptor("streamOptimized", 'RW 2097152 SPARSE "a.vmdk"'));
  const marker = content(512, { 0: 1, 12: 3 });
  const end = Buffer.concat([marker, header.subarray(0, 512), Buffer.alloc(512)]);
  return Buffer.concat([
    content(65536, { 0: header, 56: Buffer.alloc(8, 0xff) }),
    content(1536, { 0: end, ...pieces }),
  ]);
}

/** The footer of a vhd, with a checksum that is right. */
export function vhdFooter(type: number, pieces: Pieces = {}): Buffer {
  const footer = content(512, {
    0: "conectix",
    16: be(8, 512),
    40: be(8, GIB),
    48: be(8, GIB),
    60: be(4, type),
    ...pieces,
  });
  const sum = footer.reduce((total, byte) => total + byte, 0);
  return content(512, { 0: footer, 64: be(4, ~sum >>> 0) });
}

export const vhd = (type = 3, pieces: Pieces = {}) =>
  content(65536, { 0: vhdFooter(type), 512: "cxsparse", 65024: vhdFooter(type), ...pieces });

const VHDX_METADATA = Buffer.from("06a27c8b90479a4bb8fe575f050f886e", "hex");
const VHDX_PARAMETERS = Buffer.from("3767a1ca36fa434db3b633f0aa44e76b", "hex");
const VHDX_SIZE = Buffer.from("2442a52f1bcd7648b2115dbed83bf4b8", "hex");

export const vhdx = (flags = 0, pieces: Pieces = {}) =>
  content(1048576, {
    0: "vhdxfile",
    196608: "regi",
    196616: le(4, 1),
    196624: VHDX_METADATA,
    196640: le(8, 524288),
    524288: "metadata",
    524298: le(2, 2),
    524320: VHDX_PARAMETERS,
    524336: le(4, 65536),
    524352: VHDX_SIZE,
    524368: le(4, 65544),
    589824: le(4, 8388608),
    589828: le(4, flags),
    589832: le(8, 20 * GIB),
    ...pieces,
  });

export const vdi = (pieces: Pieces = {}) =>
  content(65536, {
    0: "<<< Oracle VM VirtualBox Disk Image >>>\n",
    64: le(4, 0xbeda107f),
    68: le(4, 0x00010001),
    76: le(4, 1),
    368: le(8, 8 * GIB),
    376: le(4, 1048576),
    ...pieces,
  });

export const qed = (pieces: Pieces = {}) => content(65536, { 0: "QED\0", 4: le(4, 65536), 48: le(8, GIB), ...pieces });

export const ploop = (magic = "WithouFreSpacExt") => content(65536, { 0: magic, 16: le(4, 2), 36: le(8, 4096) });

export const luks1 = (size = 4194304) =>
  content(size, { 0: "LUKS\xba\xbe\0\x01", 8: "aes", 40: "xts-plain64", 72: "sha256", 104: be(4, 4096) });

export const luks2 = (json = '{"segments":{"0":{"type":"crypt","offset":"1048576"}}}') =>
  content(4194304, { 0: "LUKS\xba\xbe\0\x02", 8: be(8, 16384), 4096: json });

export const BOOT_SIGNATURE = "\x55\xaa";
export const partition = (type: number, start: number, sectors: number) =>
  content(16, { 2: 2, 4: type, 8: le(4, start), 12: le(4, sectors) });
export const MBR: Pieces = { 446: partition(0x83, 2048, 4096), 510: BOOT_SIGNATURE };
export const GPT: Pieces = {
  446: partition(0xee, 1, 8191),
  510: BOOT_SIGNATURE,
  512: "EFI PART",
  544: le(8, 8191),
};

export const raw = (pieces: Pieces = {}, size = 4194304) => content(size, pieces);

export const iso = (pieces: Pieces = {}) =>
  content(1048576, {
    32768: "\x01CD001\x01",
    32808: "config-2".padEnd(32),
    32848: le(4, 512),
    32896: le(2, 2048),
    34816: "\0CD001\x01EL TORITO SPECIFICATION",
    36864: "\xffCD001\x01",
    ...pieces,
  });

/** A member of a tar archive. */
export function member(name: string, bytes: Buffer): Buffer {
  const header = content(512, { 0: name, 124: `${bytes.length.toString(8).padStart(11, "0")}\0`, 257: "ustar\x0000" });
  return Buffer.concat([header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]);
}

export const ova = (disk: Buffer = vmdk(), name = "disk.vmdk") =>
  Buffer.concat([member("box.ovf", Buffer.from("<Envelope/>")), member(name, disk), Buffer.alloc(1024)]);

export const PACKED = {
  gz: gzipSync(qcow2()),
  bz2: content(100, { 0: "BZh91AY&SY" }),
  xz: content(100, { 0: "\xfd7zXZ\0" }),
  zst: content(100, { 0: "\x28\xb5\x2f\xfd" }),
  zip: content(100, { 0: "PK\x03\x04" }),
  lzma: content(100, { 0: 0x5d, 1: le(4, 0x00800000), 5: Buffer.alloc(8, 0xff), 14: 0x20 }),
};

/** One of each kind, for what goes wrong with any. */
export const CONTENTS: Record<string, Buffer> = {
  qcow2: qcow2(),
  "qcow2 backing": qcow2({ 8: be(8, 200), 16: be(4, 4), 200: "base" }),
  "qcow2 data file": qcow2({ 72: be(8, 4), 112: be(4, 0x44415441), 116: be(4, 4), 120: "data" }),
  qcow: qcow2({ 4: be(4, 1) }),
  qed: qed({ 16: le(8, 1), 56: le(4, 1024), 60: le(4, 4), 1024: "base" }),
  vmdk: vmdk(),
  streamed: streamed(),
  "vmdk text": Buffer.from(descriptor("monolithicFlat", 'RW 8 FLAT "a" 0')),
  vhd: vhd(),
  "vhd differencing": vhd(4),
  vhdx: vhdx(),
  vdi: vdi(),
  ploop: ploop(),
  luks1: luks1(),
  luks2: luks2(),
  mbr: raw(MBR),
  gpt: raw(GPT),
  iso: iso(),
  ova: ova(),
  ...PACKED,
  text: Buffer.from("<!DOCTYPE html><html></html>"),
};
