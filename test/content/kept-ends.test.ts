import { randomBytes } from "node:crypto";
import { inspect } from "../../lib/content/inspection/inspect";
import { parse } from "../../lib/content/inspection/parser";
import { KeptEnds } from "../../lib/content/kept-ends";

const MIB = 1024 ** 2;

function kept(bytes: Buffer, pieceBytes: number) {
  const ends = new KeptEnds();
  for (let at = 0; at < bytes.length; at += pieceBytes) ends.take(bytes.subarray(at, at + pieceBytes));
  return ends.inspection();
}

const whole = (bytes: Buffer) =>
  parse(inspect({ sizeBytes: bytes.length }), ({ offset, length }) => bytes.subarray(offset, offset + length));

/** A fixed vhd: a disk with a footer, which alone says what it is. */
function vhd(size: number): Buffer {
  const footer = Buffer.alloc(512);
  footer.write("conectix", "latin1");
  footer.writeUInt32BE(0x00010000, 12);
  footer.writeBigUInt64BE(0xffffffffffffffffn, 16);
  footer.writeBigUInt64BE(BigInt(size), 48);
  footer.writeUInt32BE(2, 60);
  return Buffer.concat([randomBytes(size), footer]);
}

test.each([1000, 64 * 1024, 100_000, 20 * MIB])(
  "judges by its ends as by the whole, whatever the pieces (%d)",
  (pieceBytes) => {
    for (const bytes of [vhd(9 * MIB), randomBytes(5), Buffer.alloc(0), randomBytes(4 * MIB + 1)])
      expect(kept(bytes, pieceBytes)).toStrictEqual(whole(bytes));
  },
);

test("judges an appliance with a member in the middle as by the whole", () => {
  const header = (name: string, size: number) => {
    const block = Buffer.alloc(512);
    block.write(name, 0);
    block.write(size.toString(8).padStart(11, "0"), 124);
    block.write("ustar", 257);
    return block;
  };
  const bytes = Buffer.concat([
    ...[header("a.ovf", 512), Buffer.alloc(512), header("a.vmdk", 6 * MIB), randomBytes(6 * MIB)],
    ...[header("a.mf", 512), Buffer.alloc(512), Buffer.alloc(2 * MIB)],
  ]);
  const inspection = kept(bytes, 64 * 1024);
  expect({ ...inspection, disk: inspection.details.disk }).toStrictEqual({ ...whole(bytes), disk: "a.vmdk" });
});
