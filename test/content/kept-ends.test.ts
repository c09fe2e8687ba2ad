import { randomBytes } from "node:crypto";
import { KeptEnds } from "../../lib/content/kept-ends";
import { member, vhdFooter } from "./inspection/contents";
import { inspectBytes } from "./inspection/read";

const MIB = 1024 ** 2;

function kept(bytes: Buffer, pieceBytes: number) {
  const ends = new KeptEnds();
  for (let at = 0; at < bytes.length; at += pieceBytes) ends.take(bytes.subarray(at, at + pieceBytes));
  return ends.inspection();
}

/** A fixed vhd: its footer alone says what it is. */
const vhd = (size: number) => Buffer.concat([randomBytes(size), vhdFooter(2)]);

test.each([1000, 64 * 1024, 100_000, 20 * MIB])(
  "judges by its ends as by the whole, whatever the pieces (%d)",
  (pieceBytes) => {
    for (const bytes of [vhd(9 * MIB), randomBytes(5), Buffer.alloc(0), randomBytes(4 * MIB + 1)])
      expect(kept(bytes, pieceBytes)).toStrictEqual(inspectBytes(bytes));
  },
);

test("judges an appliance with a member in the middle as by the whole", () => {
  const bytes = Buffer.concat([
    member("a.ovf", Buffer.alloc(512)),
    member("a.vmdk", randomBytes(6 * MIB)),
    member("a.mf", Buffer.alloc(512)),
    Buffer.alloc(2 * MIB),
  ]);
  const inspection = kept(bytes, 64 * 1024);
  expect({ ...inspection, disk: inspection.details.disk }).toStrictEqual({ ...inspectBytes(bytes), disk: "a.vmdk" });
});
