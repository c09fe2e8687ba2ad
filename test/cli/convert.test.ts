import { writeFileSync } from "node:fs";
import { ova, qed, vdi, vhd, vhdx, vmdk } from "../content/inspection/contents";
import { temporaryDirectory } from "../support/terraform-process";
import { command } from "./command";

const SENTENCE = "a new name converts nothing, and neither does a copy with dd";
const before = process.cwd();
beforeEach(() => process.chdir(temporaryDirectory("convert")));
afterEach(() => process.chdir(before));

/** What is printed of a file beyond what it is. */
async function advice(name: string, bytes: Buffer): Promise<string[]> {
  writeFileSync(name, bytes);
  const { lines } = await command("inspect", name);
  return lines.filter((line) => line.includes("convert") || line.includes("tar ")).map((line) => line.trim());
}

const converted = (name: string, other: string, format = "vmdk") =>
  `convert          qemu-img convert -f ${format} -O qcow2 ${name} ${other}`;

test.each([
  [["disk.qcow2"], "disk-converted.qcow2"],
  [["disk.qcow2", "disk-converted.qcow2"], "disk-converted-converted.qcow2"],
])("where %j are there, the conversion makes another file: qemu-img overwrites", async (names, other) => {
  for (const name of names) writeFileSync(name, "mine");
  expect(await advice("disk.vmdk", vmdk())).toStrictEqual([converted("disk.vmdk", other)]);
});

test("the disk of an archive is converted to a file that is not there", async () => {
  writeFileSync("disk.qcow2", "mine");
  expect(await advice("box.ova", ova())).toStrictEqual([
    "convert          tar -xkf box.ova -- disk.vmdk",
    converted("disk.vmdk", "disk-converted.qcow2"),
  ]);
});

test.each(["../../etc/x.vmdk", "/etc/x.vmdk", "sub/x.vmdk"])(
  "fails when the disk of an archive is %s: a file of that name here was not looked at",
  async (disk) => {
    expect(await advice("box.ova", ova(vmdk(), disk))).toStrictEqual([]);
  },
);

test("fails when the disk of an archive is in a folder by the second part of its name", async () => {
  const box = ova();
  // of the second header, behind the description of one block
  box.write("sub", 1024 + 345);
  expect(await advice("box.ova", box)).toStrictEqual([]);
});

test("a link in an archive is no disk", async () => {
  const box = ova();
  box.write("2", 1024 + 156);
  expect(await advice("box.ova", box)).toStrictEqual([]);
});

test("fails when an archive is a disk besides: it is not unpacked, and a file named as its disk was not looked at", async () => {
  expect(await advice("box.ova", ova().fill("\x55\xaa", 510, 512, "latin1"))).toStrictEqual([]);
});

describe("that a copy or another name converts nothing is said", () => {
  test.each([
    ["disk.img", "vmdk", vmdk()],
    ["disk.bin", "vdi", vdi()],
    ["disk.backup", "vhdx", vhdx()],
    ["disk", "vpc", vhd()],
    ["old.IMG", "qed", qed()],
  ])("below the conversion of %s, whose name says no format", async (name, format, bytes) => {
    const other = `${name.replace(/\.\w+$/, "")}.qcow2`;
    expect((await advice(name, bytes)).slice(0, 2)).toStrictEqual([converted(name, other, format), SENTENCE]);
  });

  test("once, where the name says another format", async () => {
    expect(await advice("disk.raw", vmdk())).toStrictEqual([
      converted("disk.raw", "disk.qcow2"),
      `notice           NameDiffers: is vmdk, though its name ends in .raw: ${SENTENCE}`,
    ]);
  });

  test("not where the name says the format", async () => {
    expect(await advice("disk.VMDK", vmdk())).toStrictEqual([converted("disk.VMDK", "disk.qcow2")]);
  });
});
