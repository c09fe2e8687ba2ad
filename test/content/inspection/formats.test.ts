import {
  be,
  content,
  descriptor,
  GIB,
  GPT,
  iso,
  le,
  luks1,
  luks2,
  MBR,
  ova,
  PACKED,
  ploop,
  qcow2,
  qed,
  raw,
  streamed,
  vdi,
  vhd,
  vhdFooter,
  vhdx,
  vmdk,
} from "./contents";
import { codesOf, inspectBytes } from "./read";

const finding = (severity: string, code: string, message: unknown = expect.any(String)) => ({
  severity,
  code,
  message,
});

test("says all of a qcow2 disk", () => {
  expect(inspectBytes(qcow2())).toStrictEqual({
    format: "qcow2",
    diskFormat: "qcow2",
    sizeBytes: 262144,
    virtualSizeBytes: 10 * GIB,
    details: { version: 3, clusterSizeBytes: 65536, compression: "zlib", encryption: "none", snapshots: 0 },
    findings: [],
  });
});

test("names the backing file, the data file and the formats of a qcow2 disk", () => {
  const extensions = {
    112: be(4, 0xe2792aca),
    116: be(4, 3),
    120: "raw",
    128: be(4, 0x44415441),
    132: be(4, 4),
    136: "data",
  };
  const bytes = qcow2({ 8: be(8, 200), 16: be(4, 11), 200: "/etc/passwd", 72: be(8, 4), ...extensions });
  expect(inspectBytes(bytes)).toMatchObject({
    details: { backingFile: "/etc/passwd", backingFormat: "raw", dataFile: "data" },
    findings: [
      finding(
        "unsafe",
        "BackingFile",
        'reads what it does not hold from the backing file "/etc/passwd" (raw): a file of the machine that opens it',
      ),
      finding(
        "unsafe",
        "ExternalData",
        'holds no data itself but names the data file "data": a file of the machine that opens it',
      ),
    ],
  });
});

test("fails when a name would steer the terminal of whoever prints the finding: it is written as numbers", () => {
  // an escape of two bytes, of one, and what turns the direction of text
  const [name, format] = [Buffer.from("a\u001b[2J\u009b31m\u202eb"), Buffer.from("\u009b1m\u2028\ufeff")];
  const bytes = qcow2({
    ...{ 8: be(8, 200), 16: be(4, name.length), 200: name },
    ...{ 112: be(4, 0xe2792aca), 116: be(4, format.length), 120: format },
  });
  expect(inspectBytes(bytes).findings).toStrictEqual([
    finding(
      "unsafe",
      "BackingFile",
      'reads what it does not hold from the backing file "a\\u001b[2J\\u{9b}31m\\u{202e}b" (\\u{9b}1m\\u{2028}\\u{feff}): a file of the machine that opens it',
    ),
  ]);
});

test("finds a backing file's name far behind the head", () => {
  const bytes = qcow2({ 8: be(8, 200000), 16: be(4, 4), 200000: "base" });
  expect(inspectBytes(bytes).details).toMatchObject({ backingFile: "base" });
});

test.each([
  ["a version to come", qcow2({ 4: be(4, 4) }), "UnknownVersion"],
  ["an unknown feature", qcow2({ 72: be(8, 1n << 63n) }), "UnknownFeature"],
  ["extended L2 entries", qcow2({ 72: be(8, 16) }), "UnknownFeature"],
  ["the mark of corruption", qcow2({ 72: be(8, 2) }), "HeaderBroken"],
  ["clusters of 2 GiB", qcow2({ 20: be(4, 31) }), "HeaderBroken"],
  ["tables behind its end", qcow2({ 40: be(8, 262144) }), "Truncated"],
  ["half a header", qcow2().subarray(0, 90), "HeaderBroken,Truncated"],
  ["a size of 2^63", qcow2({ 24: be(8, 1n << 63n) }), "VirtualSizeTooLarge"],
  ["a size of 2^53", qcow2({ 24: be(8, 1n << 53n) }), "VirtualSizeTooLarge"],
  ["a disc inside", qcow2({ 32768: "\x01CD001\x01" }), "SeveralFormats"],
  ["a partition table", qcow2(MBR), "SeveralFormats"],
  ["encryption", qcow2({ 32: be(4, 2) }), "Encrypted"],
  ["snapshots", qcow2({ 60: be(4, 7) }), "InternalSnapshots"],
])("fails when a qcow2 disk has %s, or says so", (_, bytes, codes) => {
  expect(codesOf(inspectBytes(bytes)).join()).toBe(codes);
});

test("keeps a size that no number holds to itself", () => {
  expect(inspectBytes(qcow2({ 24: be(8, 2n ** 64n - 1n) })).virtualSizeBytes).toBeUndefined();
});

test("takes the older formats of QEMU for what they are", () => {
  expect(inspectBytes(qcow2({ 4: be(4, 1), 36: be(4, 0) }))).toMatchObject({
    format: "qcow",
    findings: [finding("unsafe", "FormatRefused")],
  });
  const backed = qed({ 16: le(8, 1), 56: le(4, 1024), 60: le(4, 4), 1024: "base" });
  expect(inspectBytes(backed)).toStrictEqual({
    format: "qed",
    sizeBytes: 65536,
    virtualSizeBytes: GIB,
    details: { clusterSizeBytes: 65536, backingFile: "base" },
    findings: [finding("unsafe", "FormatRefused"), finding("unsafe", "BackingFile")],
  });
});

test("says all of a sparse vmdk", () => {
  expect(inspectBytes(vmdk())).toStrictEqual({
    format: "vmdk",
    diskFormat: "vmdk",
    sizeBytes: 65536,
    virtualSizeBytes: GIB,
    details: { subformat: "monolithicSparse", extents: ["a.vmdk"] },
    findings: [],
  });
});

test("lets a streamed vmdk pass whose footer repeats its header", () => {
  expect(inspectBytes(streamed())).toMatchObject({ details: { subformat: "streamOptimized" }, findings: [] });
});

const sparse = (extents: string, more?: string) => vmdk({}, descriptor("monolithicSparse", extents, more));

test.each([
  ["another subformat", vmdk({}, descriptor("fullDevice", 'RW 8 SPARSE "a"')), "SubformatRefused"],
  ["an extent elsewhere", sparse('RW 8 SPARSE "/etc/passwd"'), "ExternalData"],
  ["an extent elsewhere on Windows", sparse('RW 8 SPARSE "..\\a"'), "ExternalData"],
  ["two extents", sparse('RW 8 SPARSE "a"\nRW 8 FLAT "b" 0'), "ExternalData"],
  ["an extent elsewhere, without quotes", sparse("RW 8 FLAT /etc/passwd 0"), "ExternalData"],
  ["a parent in a comment", sparse('RW 8 SPARSE "a"', '# parentFileNameHint="base"'), "BackingFile"],
  ["two subformats", sparse('RW 8 SPARSE "a"', '# createType="monolithicFlat"'), "DescriptorBroken"],
  ["no extents", sparse(""), "DescriptorBroken"],
  ["a parent", sparse('RW 8 SPARSE "a"', 'parentFileNameHint="base.vmdk"'), "BackingFile"],
  [
    "a parent's id",
    vmdk({}, descriptor("monolithicSparse", 'RW 8 SPARSE "a"').replace("ffffffff", "12345678")),
    "BackingFile",
  ],
  ["a line that means nothing", sparse('RW 8 SPARSE "a"', "include file"), "DescriptorBroken"],
  ["letters beyond ASCII", sparse('RW 8 SPARSE "\xe4"'), "DescriptorBroken"],
  ["its descriptor elsewhere", vmdk({ 28: le(8, 9) }), "DescriptorBroken,SubformatRefused,DescriptorBroken"],
  ["a huge descriptor", vmdk({ 36: le(8, 2n ** 60n) }), "DescriptorBroken"],
  ["an unknown version", vmdk({ 4: le(4, 4) }), "UnknownVersion"],
  ["a size of 2^64 sectors", vmdk({ 12: le(8, 2n ** 64n - 1n) }), "VirtualSizeTooLarge"],
  ["a footer of another size", streamed({ 524: le(8, 1) }), "FooterDiffers"],
  ["a footer with a footer", streamed({ 568: Buffer.alloc(8, 0xff) }), "FooterDiffers"],
  ["a footer without marker", streamed({ 12: 0 }), "FooterDiffers"],
  ["data behind its end", streamed({ 1100: 1 }), "FooterDiffers"],
  ["no footer at all", streamed().subarray(0, 65536), "FooterDiffers"],
  ["a descriptor alone", Buffer.from(descriptor("monolithicSparse", 'RW 8 SPARSE "a"')), "ExternalData"],
  [
    "a descriptor alone, of a flat disk",
    Buffer.from(descriptor("monolithicFlat", 'RW 2048 FLAT "id_rsa" 0')),
    "SubformatRefused,ExternalData",
  ],
  [
    "a descriptor alone, of a disk elsewhere",
    Buffer.from(descriptor("monolithicSparse", 'RW 8 SPARSE "/a"')),
    "ExternalData",
  ],
  [
    "a descriptor alone, without extents",
    Buffer.from(descriptor("monolithicSparse", "")),
    "DescriptorBroken,ExternalData",
  ],
  ["ESX's old magic", content(65536, { 0: "COWD", 12: le(4, 8) }), "SubformatRefused"],
])("fails when a vmdk has %s", (_, bytes, codes) => {
  expect(codesOf(inspectBytes(bytes)).join()).toBe(codes);
});

test("names the files that a descriptor alone leads to", () => {
  const { findings } = inspectBytes(Buffer.from(descriptor("monolithicFlat", 'RW 2048 FLAT "id_rsa" 0')));
  expect(findings.at(-1)).toStrictEqual(
    finding("unsafe", "ExternalData", 'is a descriptor alone, and its data lies in other files: "id_rsa"'),
  );
});

test("adds up the extents of a vmdk descriptor", () => {
  const text = descriptor("twoGbMaxExtentFlat", 'RW 4192256 FLAT "a-f001.vmdk" 0\nRW 2048 FLAT "a-f002.vmdk" 0');
  expect(inspectBytes(Buffer.from(text))).toMatchObject({
    format: "vmdk",
    virtualSizeBytes: 4194304 * 512,
    details: { subformat: "twoGbMaxExtentFlat", extents: ["a-f001.vmdk", "a-f002.vmdk"] },
  });
});

test("tells the kinds of vhd, by the footer where there is nothing else", () => {
  const seen = (bytes: Buffer) => {
    const { format, virtualSizeBytes, details } = inspectBytes(bytes);
    return { format, virtualSizeBytes, ...details, codes: codesOf(inspectBytes(bytes)).join() };
  };
  const base = { format: "vhd", virtualSizeBytes: GIB };
  expect(seen(vhd())).toStrictEqual({ ...base, subformat: "dynamic", codes: "" });
  const fixed = Buffer.concat([raw(MBR), vhdFooter(2)]);
  expect(seen(fixed)).toStrictEqual({ ...base, subformat: "fixed", codes: "FooterOnly" });
  const parent = { 576: Buffer.from("base.vhd", "utf16le").swap16() };
  expect(seen(vhd(4, parent))).toStrictEqual({
    ...base,
    subformat: "differencing",
    parent: "base.vhd",
    codes: "BackingFile",
  });
  expect(seen(vhd(9))).toStrictEqual({ ...base, subformat: "unknown (9)", codes: "UnknownFeature" });
  expect(seen(vhd(3, { 48: be(8, 5) }))).toStrictEqual({
    format: "vhd",
    virtualSizeBytes: 5,
    subformat: "dynamic",
    codes: "HeaderBroken",
  });
});

test.each([
  ["a disc and a disk", vhd(3, { 0: vhdFooter(3, MBR), 32768: "\x01CD001\x01" })],
  ["a disk", vhd(3, { 0: vhdFooter(3, MBR) })],
  ["a disc", vhd(3, { 32768: "\x01CD001\x01" })],
  ["a disk, with its footer at its end alone", Buffer.concat([raw(MBR), vhdFooter(3)])],
])("fails when a vhd with blocks is also %s", (_, bytes) => {
  expect(inspectBytes(bytes).details.subformat).toBe("dynamic");
  expect(codesOf(inspectBytes(bytes))).toContain("SeveralFormats");
});

test("lets a fixed vhd be what a disk may be: a disc that boots as a disk", () => {
  const disc = Buffer.concat([iso(MBR), vhdFooter(2)]);
  expect(codesOf(inspectBytes(disc))).toStrictEqual(["FooterOnly"]);
});

test("follows the tables of a vhdx", () => {
  expect(inspectBytes(vhdx())).toStrictEqual({
    format: "vhdx",
    diskFormat: "vhdx",
    sizeBytes: 1048576,
    virtualSizeBytes: 20 * GIB,
    details: { subformat: "dynamic", blockSizeBytes: 8388608 },
    findings: [],
  });
  expect(inspectBytes(vhdx(1)).details.subformat).toBe("fixed");
  expect(inspectBytes(vhdx(2))).toMatchObject({
    details: { subformat: "differencing" },
    findings: [finding("unsafe", "BackingFile")],
  });
});

test.each([
  ["no regions", vhdx(0, { 196608: "none" })],
  ["4 billion regions", vhdx(0, { 196616: Buffer.alloc(4, 0xff) })],
  ["metadata at 2^64", vhdx(0, { 196640: Buffer.alloc(8, 0xff) })],
  ["no metadata", vhdx(0, { 524288: "nometada" })],
  ["only its head", vhdx().subarray(0, 200_000)],
])("fails when a vhdx has %s", (_, bytes) => {
  expect(inspectBytes(bytes)).toMatchObject({
    format: "vhdx",
    details: {},
    findings: [finding("unsafe", "Truncated")],
  });
});

test("tells the kinds of vdi", () => {
  expect(inspectBytes(vdi())).toStrictEqual({
    format: "vdi",
    diskFormat: "vdi",
    sizeBytes: 65536,
    virtualSizeBytes: 8 * GIB,
    details: { subformat: "dynamic", blockSizeBytes: 1048576 },
    findings: [],
  });
  expect(codesOf(inspectBytes(vdi({ 76: le(4, 4) })))).toStrictEqual(["BackingFile"]);
  expect(codesOf(inspectBytes(vdi({ 440: "parent" })))).toStrictEqual(["BackingFile"]);
  expect(codesOf(inspectBytes(vdi({ 68: le(4, 0x20000) })))).toStrictEqual(["UnknownVersion"]);
});

test("reads both sizes of ploop", () => {
  expect(inspectBytes(ploop())).toMatchObject({
    format: "ploop",
    diskFormat: "ploop",
    virtualSizeBytes: 2097152,
    findings: [],
  });
  expect(inspectBytes(ploop("WithoutFreeSpace")).virtualSizeBytes).toBe(2097152);
});

test("takes the header of LUKS off the size of the file", () => {
  expect(inspectBytes(luks1())).toStrictEqual({
    format: "luks",
    diskFormat: "raw",
    sizeBytes: 4194304,
    virtualSizeBytes: 2097152,
    details: { version: 1, cipher: "aes-xts-plain64" },
    findings: [finding("notice", "Encrypted")],
  });
  expect(inspectBytes(luks2())).toMatchObject({
    virtualSizeBytes: 3145728,
    findings: [finding("unsafe", "UnknownVersion"), finding("notice", "Encrypted")],
  });
  expect(inspectBytes(luks2("no json")).virtualSizeBytes).toBeUndefined();
  expect(inspectBytes(luks2('{"segments":{"0":{"offset":"-5"}}}')).virtualSizeBytes).toBeUndefined();
  expect(codesOf(inspectBytes(luks1(70_000)))).toStrictEqual(["Truncated", "Encrypted"]);
});

test("says all of a disc", () => {
  expect(inspectBytes(iso())).toStrictEqual({
    format: "iso",
    diskFormat: "iso",
    sizeBytes: 1048576,
    virtualSizeBytes: 1048576,
    details: { filesystems: ["iso9660"], volumeId: "config-2", volumeSizeBytes: 1048576, boots: true },
    findings: [],
  });
  const udf = inspectBytes(raw({ 32769: "BEA01\x01", 34817: "NSR03\x01" }));
  expect(udf).toMatchObject({ format: "iso", details: { filesystems: ["udf"], boots: false } });
});

test("takes a disc that boots as a disk too for a disc", () => {
  expect(inspectBytes(iso(MBR))).toMatchObject({ format: "iso", findings: [] });
  expect(inspectBytes(iso({ ...GPT, 544: le(8, 100) }))).toMatchObject({ format: "iso", findings: [] });
  expect(codesOf(inspectBytes(iso({ 32848: le(4, 513) })))).toStrictEqual(["Truncated"]);
});

test.each([
  ["none", raw(), ""],
  ["mbr", raw(MBR), ""],
  ["gpt", raw(GPT), ""],
  ["gpt", raw({ 446: GPT[446], 510: "\x55\xaa", 4096: "EFI PART", 4128: le(8, 1023) }), ""],
  ["none", raw({ ...MBR, 16: 2, 21: 0xf8 }), ""],
  ["mbr", raw({ 510: "\x55\xaa" }), "PartitionTableBroken"],
  ["mbr", raw({ ...MBR, 446: 0x11 }), "PartitionTableBroken"],
  ["gpt", raw({ ...GPT, 462: content(16, { 4: 0x83 }) }), "PartitionTableBroken"],
  ["gpt", raw({ ...GPT, 447: 9 }), "PartitionTableBroken"],
  ["gpt", raw(GPT, 4194303), "Truncated"],
])("says that the partition table of a raw disk is %s", (partitionTable, bytes, codes) => {
  expect(inspectBytes(bytes)).toMatchObject({
    format: "raw",
    diskFormat: "raw",
    virtualSizeBytes: bytes.length,
    details: { partitionTable },
  });
  expect(codesOf(inspectBytes(bytes)).join()).toBe(codes);
});

test("looks into an appliance, at its first disk", () => {
  const { inside, ...outside } = inspectBytes(ova());
  expect(outside).toStrictEqual({
    format: "ova",
    sizeBytes: 512 * 3 + 512 + 65536 + 512,
    details: { members: ["box.ovf", "disk.vmdk"], disk: "disk.vmdk" },
    findings: [],
  });
  expect(inside).toStrictEqual(inspectBytes(vmdk()));
});

test("finds what is unsafe in an appliance, and that it is cut", () => {
  expect(codesOf(inspectBytes(ova(sparse('RW 8 SPARSE "/etc/passwd"'))))).toStrictEqual(["ExternalData"]);
  expect(codesOf(inspectBytes(ova(streamed()).subarray(0, 40_000)))).toContain("Truncated");
});

test("reads a size of a member that is written as a binary number", () => {
  const archive = ova(raw());
  archive.set([0x80, 0, 0, 0, ...be(8, 4194304)], 1024 + 124);
  expect(inspectBytes(archive).inside).toMatchObject({ format: "raw", virtualSizeBytes: 4194304 });
});

test("does not look past a member of an absurd size", () => {
  const archive = ova();
  archive.set([0x80, 0, 0, 0, ...Buffer.alloc(8, 0xff)], 1024 + 124);
  expect(inspectBytes(archive)).toMatchObject({ format: "ova", details: { members: ["box.ovf"] } });
});

test("looks into gzip, as far as the first bytes go", () => {
  expect(inspectBytes(PACKED.gz)).toStrictEqual({
    format: "gz",
    sizeBytes: PACKED.gz.length,
    details: {
      unpack: expect.stringMatching(/^unpack it first, or give ImageSource\.fromUrl decompress: true, or give/),
    },
    findings: [],
    inside: {
      format: "qcow2",
      diskFormat: "qcow2",
      virtualSizeBytes: 10 * GIB,
      details: expect.objectContaining({ version: 3 }),
      findings: [finding("notice", "HeadOnly", "was judged by its first bytes alone: the rest is still packed")],
    },
  });
});

test.each(["bz2", "xz", "zst", "zip", "lzma"] as const)("says that %s was not looked into", (format) => {
  expect(inspectBytes(PACKED[format])).toStrictEqual({
    format,
    sizeBytes: 100,
    details: { unpack: expect.stringMatching(/^unpack it first/) },
    findings: [finding("notice", "NotLookedInto")],
  });
});

test("says that a gzip that cannot be unpacked was not looked into", () => {
  expect(codesOf(inspectBytes(content(100, { 0: "\x1f\x8b\x08" })))).toStrictEqual(["NotLookedInto"]);
});

test.each([
  ["empty", "is empty", Buffer.alloc(0)],
  [
    "text",
    "is a web page and no image: what a server shows instead of it, such as a login or an error",
    Buffer.from("\n<html lang='en'>"),
  ],
  ["text", "is text and no image", Buffer.from("404: n\u00f6 such file\n")],
])("fails when what is there is %s: it %s", (format, message, bytes) => {
  expect(inspectBytes(bytes)).toMatchObject({ format, findings: [finding("unsafe", "NotAnImage", message)] });
  expect(inspectBytes(bytes)).not.toHaveProperty("diskFormat");
});

test("takes text that is cut within a letter for text", () => {
  expect(inspectBytes(Buffer.from(`${"a".repeat(4095)}\u00f6`)).format).toBe("text");
});

test("fails when an archive is no appliance", () => {
  const archive = ova();
  archive.write("box.txt", 0);
  expect(inspectBytes(archive)).toMatchObject({ format: "tar", findings: [finding("unsafe", "NotAnImage")] });
});

test("judges by the first bytes alone where there are no others, and misses nothing there", () => {
  const known = { sizeBytes: 1048576, headOnly: "the server does not send ranges" };
  const seen = inspectBytes(vhdx().subarray(0, 65536), known);
  expect(seen).toStrictEqual({
    format: "vhdx",
    diskFormat: "vhdx",
    sizeBytes: 1048576,
    details: {},
    findings: [finding("notice", "HeadOnly", "was judged by its first bytes alone: the server does not send ranges")],
  });
  expect(codesOf(inspectBytes(streamed().subarray(0, 65536), known))).toStrictEqual(["FooterDiffers", "HeadOnly"]);
  expect(inspectBytes(ova().subarray(0, 65536), known)).not.toHaveProperty("inside");
});

test("fails when less is there than was said", () => {
  expect(codesOf(inspectBytes(raw({}, 1000), { sizeBytes: 5000 }))).toStrictEqual(["Truncated"]);
});
