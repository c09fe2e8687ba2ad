import { imageFormat } from "../../../lib/cli/lock/image-format";
import { inspect } from "../../../lib/content/inspection/inspect";
import { parse } from "../../../lib/content/inspection/parser";
import { ova } from "../../content/inspection/contents";

const bytes = ova();
const whole = parse(inspect({ sizeBytes: bytes.length }), ({ offset, length }) =>
  bytes.subarray(offset, offset + length),
);
const formatOf = (isDisk: boolean) =>
  imageFormat({ shown: "a.ova", packed: false, isDisk }, whole, { note: () => {} }).diskFormat;

test("an appliance that is declared so has the format of its disk", () => {
  expect(formatOf(false)).toBe("vmdk");
});

test("an appliance that is declared as a disk is none", () => {
  expect(() => formatOf(true)).toThrow(
    "is an appliance (ova), and not declared so; give the image containerFormat: ContainerFormat.OVA, or the disk that is in it",
  );
});
