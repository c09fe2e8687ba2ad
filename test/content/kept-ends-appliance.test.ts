import { randomBytes } from "node:crypto";
import { inspect } from "../../lib/content/inspection/inspect";
import { parse } from "../../lib/content/inspection/parser";
import { KeptEnds } from "../../lib/content/kept-ends";

const [KIB, MIB] = [1024, 1024 ** 2];

function kept(bytes: Buffer, pieceBytes: number) {
  const ends = new KeptEnds();
  for (let at = 0; at < bytes.length; at += pieceBytes) ends.take(bytes.subarray(at, at + pieceBytes));
  return ends.inspection();
}

const whole = (bytes: Buffer) =>
  parse(inspect({ sizeBytes: bytes.length }), ({ offset, length }) => bytes.subarray(offset, offset + length));

function member(name: string, content: Buffer): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write(content.length.toString(8).padStart(11, "0"), 124);
  header.write("ustar", 257);
  return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
}

const ova = (...members: Buffer[]) =>
  Buffer.concat([member("a.ovf", Buffer.from("<Envelope/>")), ...members, Buffer.alloc(1024)]);

const DESCRIPTOR = '# Disk DescriptorFile\nversion=1\nCID=1\nparentCID=ffffffff\ncreateType="monolithicFlat"\n';
const flat = (sizeBytes: number) => {
  const disk = Buffer.alloc(sizeBytes);
  disk.write(`${DESCRIPTOR}RW 2048 FLAT "/etc/passwd" 0\n`);
  return disk;
};

/** A vmdk that was written in one go: its header again at the end, which counts. */
function streamed(sizeBytes: number, footerCapacity = 2048n): Buffer {
  const header = (capacity: bigint, tablesAt: bigint) => {
    const block = Buffer.alloc(512);
    block.write("KDMV");
    block.writeUInt32LE(3, 4);
    block.writeBigUInt64LE(capacity, 12);
    block.writeBigUInt64LE(128n, 20);
    block.writeBigUInt64LE(1n, 28);
    block.writeBigUInt64LE(20n, 36);
    block.writeBigUInt64LE(tablesAt, 56);
    return block;
  };
  const descriptor = Buffer.alloc(20 * 512);
  descriptor.write(
    '# Disk DescriptorFile\nversion=1\nCID=1\nparentCID=ffffffff\ncreateType="streamOptimized"\nRW 2048 SPARSE "a.vmdk"\n',
  );
  const marker = Buffer.alloc(512);
  marker.writeUInt32LE(3, 12);
  const [first, last] = [header(2048n, 2n ** 64n - 1n), header(footerCapacity, 21n)];
  const rest = sizeBytes - first.length - descriptor.length - 3 * 512;
  return Buffer.concat([first, descriptor, randomBytes(rest), marker, last, Buffer.alloc(512)]);
}

const insideOf = (bytes: Buffer, pieceBytes = 64 * KIB) => {
  const { format, findings, inside } = kept(bytes, pieceBytes);
  const codes = (list: typeof findings = []) => list.map(({ code }) => code);
  return { format, outer: codes(findings), disk: inside?.diskFormat, inner: codes(inside?.findings) };
};

const more = () => member("b.vmdk", randomBytes(200_000));
const padding = (sizeBytes: number) => member("pad.xml", randomBytes(sizeBytes));

const APPLIANCES: Record<string, () => Buffer> = {
  "a disk that reads another file, and a second one": () => ova(member("evil.vmdk", flat(6 * MIB)), more()),
  "the same behind more than is kept at the beginning": () =>
    ova(padding(5 * MIB + 7), member("evil.vmdk", flat(6 * MIB)), more()),
  "two disks that were written in one go": () =>
    ova(member("a.vmdk", streamed(6 * MIB + 512)), member("b.vmdk", streamed(7 * MIB))),
  "a footer that differs, and a second disk": () => ova(member("a.vmdk", streamed(6 * MIB, 4096n)), more()),
  "many small members around a large one": () =>
    ova(
      ...[1, 512, 700].map(padding),
      member("a.vmdk", streamed(9 * MIB)),
      ...[40_000, 70_000, 130_000, 3, 300_000].map(padding),
    ),
};

describe.each(Object.entries(APPLIANCES))("an appliance with %s", (_, make) => {
  test.each([700, 64 * KIB, 100_000, MIB, 20 * MIB])(
    "is judged as by the whole, in pieces of %d bytes",
    (pieceBytes) => {
      const bytes = make();
      expect(kept(bytes, pieceBytes)).toStrictEqual(whole(bytes));
    },
  );
});

test("an appliance's findings are those of its disk, and a good one keeps its format", () => {
  const [evil, , good, other] = Object.values(APPLIANCES).map((make) => insideOf(make()));
  const appliance = { format: "ova", outer: [], disk: "vmdk" };
  expect([evil, good, other]).toStrictEqual([
    { ...appliance, inner: ["SubformatRefused", "ExternalData"] },
    { ...appliance, inner: [] },
    { ...appliance, inner: ["FooterDiffers"] },
  ]);
});

test("a place that a header leads to is kept, however far it is", () => {
  const disk = randomBytes(9 * MIB);
  disk.write("QFI\xfb", 0, "latin1");
  disk.writeUInt32BE(2, 4);
  disk.writeBigUInt64BE(BigInt(6 * MIB), 8);
  disk.writeUInt32BE(11, 16);
  disk.write("/etc/passwd", 6 * MIB);
  expect(kept(disk, MIB)).toStrictEqual(whole(disk));
  expect(kept(disk, MIB).details).toMatchObject({ backingFile: "/etc/passwd" });
});

test("says what was not kept, and keeps what it found without it", () => {
  // that the disk inside leads elsewhere is known only at the end
  const disk = Buffer.alloc(9 * MIB);
  disk.write("QFI\xfb", 0, "latin1");
  disk.writeUInt32BE(2, 4);
  disk.writeBigUInt64BE(BigInt(6 * MIB), 8);
  disk.writeUInt32BE(11, 16);
  disk.writeUInt32BE(16, 20);
  disk.writeBigUInt64BE(BigInt(MIB), 24);
  expect(insideOf(ova(member("a.qcow2", disk), more()))).toStrictEqual({
    format: "ova",
    outer: ["HeadOnly"],
    disk: "qcow2",
    inner: expect.arrayContaining(["BackingFile"]),
  });
});

test("a disk inside whose values were not kept is not called broken", () => {
  const disk = Buffer.alloc(9 * MIB);
  disk.write("vhdxfile");
  expect(insideOf(ova(member("a.vhdx", disk)))).toMatchObject({ outer: [], inner: ["Truncated"] });
  disk.write("regi", 192 * KIB);
  disk.writeUInt32LE(1, 192 * KIB + 8);
  Buffer.from("06A27C8B90479A4BB8FE575F050F886E", "hex").copy(disk, 192 * KIB + 16);
  disk.writeBigUInt64LE(BigInt(6 * MIB), 192 * KIB + 32);
  expect(insideOf(ova(member("a.vhdx", disk), more()))).toMatchObject({
    outer: ["HeadOnly"],
    disk: "vhdx",
    inner: [],
  });
});
