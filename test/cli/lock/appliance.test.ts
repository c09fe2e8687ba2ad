import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { imageFormat } from "../../../lib/cli/lock/image-format";
import { inspectLocalFile } from "../../../lib/content/inspection/local";
import { member, ova } from "../../content/inspection/contents";
import { inspectBytes } from "../../content/inspection/read";
import { newForEachTest } from "./harness";

const MIB = 1024 ** 2;
const { app } = newForEachTest();

/** Locks an appliance of a disk and a second one. */
async function locked(disk: Buffer) {
  const members = [
    member("a.ovf", Buffer.from("<Envelope/>")),
    member("a.disk", disk),
    member("b.disk", randomBytes(200_000)),
  ];
  writeFileSync(join(app.folder, "a.ova"), Buffer.concat(members));
  app.declare({ source: "a.ova", kind: "file", isDisk: false });
  const { code, errors } = await app.run();
  const { diskFormat, unsafe } = app.lock["a.ova"] as { diskFormat?: string; unsafe?: string[] };
  return { code, errors, diskFormat, unsafe };
}

test("what inspect finds in an appliance is locked and noted, though another disk follows", async () => {
  const disk = Buffer.alloc(6 * MIB);
  disk.write(
    '# Disk DescriptorFile\nversion=1\nCID=1\nparentCID=ffffffff\ncreateType="monolithicFlat"\nRW 2048 FLAT "/etc/passwd" 0\n',
  );
  const ran = await locked(disk);
  const findings = inspectLocalFile(join(app.folder, "a.ova")).inside?.findings ?? [];
  const unsafe = findings.map(({ code, message }) => `${code}: ${message}`);
  expect(findings.map(({ code }) => code)).toStrictEqual(["SubformatRefused", "ExternalData"]);
  expect(ran).toStrictEqual({
    code: 0,
    errors: unsafe.map((text) => `note: a.ova: UNSAFE ${text}`),
    diskFormat: "vmdk",
    unsafe,
  });
});

test("what was not looked at is noted", async () => {
  // its backing file's name lies where nobody looks while the disk goes by
  const disk = Buffer.alloc(9 * MIB);
  disk.write("QFI\xfb", 0, "latin1");
  disk.writeUInt32BE(2, 4);
  disk.writeBigUInt64BE(BigInt(6 * MIB), 8);
  disk.writeUInt32BE(11, 16);
  const { code, errors, diskFormat, unsafe } = await locked(disk);
  expect({ code, diskFormat, last: errors.at(-1) }).toStrictEqual({
    code: 0,
    diskFormat: "qcow2",
    last:
      "note: a.ova: was judged without some of the bytes that it refers to, which were not kept while it was read; " +
      "openstack-images inspect reads them",
  });
  expect(unsafe).toContainEqual(expect.stringMatching(/^BackingFile: /));
});

const formatOf = (isDisk: boolean) =>
  imageFormat({ shown: "a.ova", packed: false, isDisk }, inspectBytes(ova()), { note: () => {} }).diskFormat;

test("an appliance that is declared so has the format of its disk", () => {
  expect(formatOf(false)).toBe("vmdk");
});

test("an appliance that is declared as a disk is none", () => {
  expect(() => formatOf(true)).toThrow(
    "is an appliance (ova), and not declared so; give the image containerFormat: ContainerFormat.OVA, or the disk that is in it",
  );
});
