import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { FINDING_CODES } from "../../lib/content/inspection/finding";
import { be, descriptor, iso, le, ova, PACKED, qcow2, raw, vdi, vmdk } from "../content/inspection/contents";
import { temporaryDirectory } from "../support/terraform-process";
import { command } from "./command";

const ESCAPE = String.fromCharCode(27);

let folder: string;

beforeAll(() => {
  folder = temporaryDirectory("inspect");
});

function file(name: string, bytes: Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

test("prints what a disk is, and what to write", async () => {
  const path = file("ubuntu.img", qcow2());
  expect(await command("inspect", path)).toStrictEqual({
    code: 0,
    errors: [],
    lines: [
      path,
      "  format           qcow2",
      "  size             256.0 KiB (262144 bytes)",
      "  virtual size     10.0 GiB (10737418240 bytes)",
      "  version          3",
      "  cluster size     64.0 KiB (65536 bytes)",
      "  compression      zlib",
      "  encryption       none",
      "  snapshots        0",
      "  write            diskFormat: DiskFormat.QCOW2,",
      "  write            minDiskGb: 10,",
    ],
  });
});

test("fails with 2 when a cloud would refuse the disk, and prints why", async () => {
  const path = file("backed.qcow2", qcow2({ 8: be(8, 200), 16: be(4, 4), 200: "base" }));
  const { code, lines } = await command("inspect", path, file("fine.raw", raw()));
  expect(code).toBe(2);
  expect(lines).toContain(
    '  unsafe           BackingFile: reads what it does not hold from the backing file "base": a file of the machine that opens it',
  );
});

test("fails with 2 when what is packed is unsafe", async () => {
  const disk = vmdk({}, descriptor("monolithicSparse", 'RW 8 SPARSE "/etc/passwd"'));
  expect((await command("inspect", file("unsafe.ova", ova(disk)))).code).toBe(2);
});

test("prints one document for machines", async () => {
  const [path, missing] = [file("box.ova", ova()), join(folder, "missing")];
  const { code, lines, errors } = await command("inspect", "--json", path, missing);
  expect({ code, errors }).toStrictEqual({ code: 1, errors: [] });
  expect(JSON.parse(lines.join("\n"))).toStrictEqual({
    schemaVersion: 1,
    inspections: [
      {
        location: path,
        format: "ova",
        sizeBytes: 68096,
        details: { members: ["box.ovf", "disk.vmdk"], disk: "disk.vmdk" },
        findings: [],
        inside: {
          format: "vmdk",
          diskFormat: "vmdk",
          sizeBytes: 65536,
          virtualSizeBytes: 1073741824,
          minDiskGb: 1,
          details: { subformat: "monolithicSparse", extents: ["a.vmdk"] },
          findings: [],
        },
      },
      { location: missing, error: expect.stringMatching(/^ENOENT: no such file or directory/) },
    ],
  });
});

test("says that a new name converts nothing", async () => {
  const { code, lines } = await command("inspect", file("renamed.raw", qcow2()), file("renamed.qcow2", raw()));
  expect(code).toBe(0);
  expect(lines.filter((line) => line.includes("NameDiffers"))).toStrictEqual([
    "  notice           NameDiffers: is qcow2, though its name ends in .raw: a new name converts nothing, and neither does a copy with dd",
    "  notice           NameDiffers: is raw, though its name ends in .qcow2: a new name converts nothing, and neither does a copy with dd",
  ]);
});

const convertLines = (lines: string[]) => lines.filter((line) => line.includes("convert  ")).map((line) => line.trim());

test.each([
  ["disk.vmdk", vmdk(), ["convert          qemu-img convert -f vmdk -O qcow2 disk.vmdk disk.qcow2"]],
  ["my disk.vmdk", vmdk(), ["convert          qemu-img convert -f vmdk -O qcow2 'my disk.vmdk' 'my disk.qcow2'"]],
  ["it's.vmdk", vmdk(), [`convert          qemu-img convert -f vmdk -O qcow2 'it'\\''s.vmdk' 'it'\\''s.qcow2'`]],
  ["-o.vmdk", vmdk(), ["convert          qemu-img convert -f vmdk -O qcow2 ./-o.vmdk ./-o.qcow2"]],
  ["nbd:x.vmdk", vmdk(), ["convert          qemu-img convert -f vmdk -O qcow2 ./nbd:x.vmdk ./nbd:x.qcow2"]],
  [
    "box.ova",
    ova(),
    [
      "convert          tar -xkf box.ova -- disk.vmdk",
      "convert          qemu-img convert -f vmdk -O qcow2 disk.vmdk disk.qcow2",
    ],
  ],
  ["climbing.ova", ova(vmdk(), "../../etc/disk"), []],
  ["plain.qcow2", qcow2(), []],
  [
    "renamed.qcow2",
    vmdk(),
    ["convert          qemu-img convert -f vmdk -O qcow2 renamed.qcow2 renamed-converted.qcow2"],
  ],
])("prints how to convert %s", async (name, bytes, expected) => {
  file(name, bytes);
  const before = process.cwd();
  process.chdir(folder);
  try {
    expect(convertLines((await command("inspect", "--", name)).lines)).toStrictEqual(expected);
  } finally {
    process.chdir(before);
  }
});

test("a file elsewhere is converted beside itself", async () => {
  const path = file("elsewhere.vdi", vdi());
  expect(convertLines((await command("inspect", path)).lines)).toStrictEqual([
    `convert          qemu-img convert -f vdi -O qcow2 ${path} ${path.replace(/vdi$/, "qcow2")}`,
  ]);
});

test.each([
  ["reads from elsewhere", "elsewhere.vmdk", vmdk({}, descriptor("monolithicSparse", 'RW 8 SPARSE "/etc/passwd"'))],
  ["is a descriptor alone", "alone.vmdk", Buffer.from(descriptor("monolithicFlat", 'RW 2048 FLAT "id_rsa" 0'))],
  ["is of a strange subformat", "strange.vmdk", vmdk({}, descriptor("fullDevice", 'RW 8 SPARSE "a"'))],
  ["is of a version to come", "future.vdi", vdi({ 68: le(4, 0x00020000) })],
  ["is a disk besides", "both.ova", Buffer.from(ova(Buffer.from("text"))).fill("\x55\xaa", 510, 512, "latin1")],
])("fails when a disk is to be converted that %s: there is no command for it", async (_, name, bytes) => {
  const { code, lines } = await command("inspect", file(name, bytes));
  expect({ code, commands: convertLines(lines) }).toStrictEqual({ code: 2, commands: [] });
});

test("says who unpacks, and what is inside as far as it is cheap", async () => {
  const { lines } = await command("inspect", file("disk.qcow2.gz", PACKED.gz), file("disk.xz", PACKED.xz));
  expect(lines.filter((line) => /unpack {2}|DiskFormat|NotLookedInto/.test(line))).toStrictEqual([
    "  unpack           unpack it first, or give ImageSource.fromUrl decompress: true, or give ImageSource.fromWebDownload decompressedByCloud: true where the cloud's Glance unpacks it",
    "    write            diskFormat: DiskFormat.QCOW2,",
    "  unpack           unpack it first, or give ImageSource.fromUrl decompress: true",
    "  notice           NotLookedInto: is packed (xz), and what is in it was not looked at; unpack it to see",
  ]);
});

test("fails when a file's text would steer the terminal: it is written as numbers", async () => {
  const disc = file("disc\u001b[2J.iso", iso({ 32808: `${ESCAPE}]0;owned\x07\x9b31m` }));
  const { lines } = await command("inspect", disc);
  expect(lines.join("")).not.toContain(ESCAPE);
  expect(lines[0]).toContain("disc\\u{1b}[2J.iso");
  expect(lines).toContain("  volume id        \\u{1b}]0;owned\\u{7}\\u{9b}31m");
  const json = (await command("inspect", "--json", disc)).lines.join("\n");
  expect(json).toMatch(/^[\n\x20-\x7e]*$/);
  expect(JSON.parse(json).inspections[0].details.volumeId).toBe(`${ESCAPE}]0;owned\x07\x9b31m`);
});

test.each([
  ["there is no file", ["inspect", "/nowhere/disk.img"], /^\/nowhere\/disk\.img: ENOENT/],
  ["it is a folder", ["inspect", "/"], /^\/: it is not a regular file$/],
  ["it is a device that never ends", ["inspect", "/dev/zero"], /^\/dev\/zero: it is not a regular file$/],
  [
    "it is a URL of something else",
    ["inspect", "file:///etc/passwd"],
    /is no URL of http or https; for a file give its path$/,
  ],
  [
    "nothing is named",
    ["inspect"],
    /^openstack-images: inspect needs a file or a URL: openstack-images inspect FILE\|URL/,
  ],
  ["an option is unknown", ["inspect", "--all"], /^openstack-images: Unknown option '--all'/],
  ["a verb is unknown", ["toString"], /^openstack-images: there is no verb "toString"; see openstack-images --help$/],
  ["no verb is given", [], /^openstack-images: it needs a verb; see/],
])("fails with 1 when %s", async (_, words, message) => {
  expect(await command(...words)).toStrictEqual({ code: 1, lines: [], errors: [expect.stringMatching(message)] });
});

test("fails when a password makes no URL, and does not print it", async () => {
  expect(await command("inspect", "https://user:SEC#RET@mirror.example.org/disk.img")).toStrictEqual({
    code: 1,
    lines: [],
    errors: ["https://...@mirror.example.org/disk.img: Invalid URL"],
  });
});

test("does not wait for the other end of a pipe", async () => {
  const pipe = join(folder, "pipe");
  execFileSync("mkfifo", [pipe]);
  expect((await command("inspect", pipe)).errors).toStrictEqual([`${pipe}: it is not a regular file`]);
});

test("prints how it is used", async () => {
  const { lines } = await command("--help");
  expect(lines.slice(0, 4)).toStrictEqual([
    "usage: openstack-images VERB ...",
    "",
    "  inspect FILE|URL... [--json]",
    "      says what the bytes of images are, what to declare, and what a cloud would refuse; ends with 2 for what is unsafe",
  ]);
  const verbs = lines.slice(2).flatMap((line) => /^ {2}(\w+)/.exec(line)?.[1] ?? []);
  expect(verbs).toStrictEqual(["inspect", "list", "lock", "review", "sanitize", "save"]);
  expect(await command("inspect", "--help")).toStrictEqual({
    code: 0,
    errors: [],
    lines: [
      "usage: openstack-images inspect FILE|URL... [--json]",
      "says what the bytes of images are, what to declare, and what a cloud would refuse; ends with 2 for what is unsafe",
      "  --json               as JSON",
    ],
  });
});

test.each(["inspect", "list", "lock", "review", "save"])("%s --help tells of options that there are", async (verb) => {
  const { lines } = await command(verb, "--help");
  const options = lines.flatMap((line) => {
    const [, option, takesWord] = /^ {2}(--[\w-]+)( [A-Z])?/.exec(line) ?? [];
    return option === undefined ? [] : [takesWord ? `${option}=x` : option];
  });
  expect(options.length).toBeGreaterThan(0);
  // of the options the first that is unknown is told, before anything else is done
  const { errors } = await command(verb, ...options, "--no-such-option");
  expect(errors.join()).toContain("Unknown option '--no-such-option'");
});

test("says its version", async () => {
  const { version } = require("../../package.json");
  expect(await command("--version")).toStrictEqual({ code: 0, errors: [], lines: [version] });
});

test("runs as the package's command", () => {
  const { bin } = require("../../package.json");
  const main = join(__dirname, "../..", bin["openstack-images"]);
  mkdirSync(join(folder, "bin"), { recursive: true });
  expect(readFileSync(main, "utf8")).toMatch(/^#!\/usr\/bin\/env node\n/);
  const output = execFileSync(process.execPath, [main, "inspect", file("fine.qcow2", qcow2())], { encoding: "utf8" });
  expect(output).toContain("diskFormat: DiskFormat.QCOW2,");
});

test("has a word in the guide for every finding", () => {
  const guide = readFileSync(join(__dirname, "../../docs/guide/inspect.md"), "utf8");
  expect(FINDING_CODES.filter((code) => !guide.includes(`| \`${code}\` |`))).toStrictEqual([]);
});
