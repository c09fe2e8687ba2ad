import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { Unpacking } from "../../../lib/cli/lock/unpacking";
import type { LockedImage } from "../../../lib/content/lock-file";
import { be, MBR, qcow2, qed, raw } from "../../content/inspection/contents";
import { bytesOf, lockedImage, NOW } from "../../content/locked-image";
import { droppedAfter, file, inTurn } from "../http/server";
import { newForEachTest, rawEntry } from "./harness";

const BYTES = randomBytes(3_000_000);
const { server, app } = newForEachTest();

const entry = (packed: Buffer, unpacked: Buffer, more: object = {}) => ({
  ...rawEntry(unpacked),
  ...bytesOf(packed),
  unpacked: bytesOf(unpacked),
  ...more,
});

test.each([
  ["gz", ["gzip", "-c"]],
  ["bz2", ["bzip2", "-c"]],
  ["xz", ["xz", "-c", "-0"]],
  ["zst", ["zstd", "-c"]],
] as const)("what is packed as %s has digests of both its forms", async (_, [command, ...words]) => {
  const packed = execFileSync(command, words, { input: BYTES, maxBuffer: 1e8 });
  server.answers["/a"] = file(packed);
  app.declare({ source: server.url("/a"), unpacked: true });
  expect(await app.run()).toMatchObject({ code: 0, errors: [] });
  expect(app.lock).toStrictEqual({ [server.url("/a")]: entry(packed, BYTES) });
});

test("what is packed in several pieces is unpacked to its end", async () => {
  const packed = Buffer.concat([gzipSync(BYTES.subarray(0, 1000)), gzipSync(BYTES.subarray(1000))]);
  server.answers["/a"] = file(packed);
  app.declare({ source: server.url("/a"), unpacked: true });
  await app.run();
  expect(app.lock).toStrictEqual({ [server.url("/a")]: entry(packed, BYTES) });
});

test("a download that begins again is unpacked again", async () => {
  const packed = gzipSync(BYTES);
  server.answers["/a"] = inTurn(droppedAfter(1_000_000, packed), file(packed));
  app.declare({ source: server.url("/a"), unpacked: true });
  await app.run();
  expect(app.lock).toStrictEqual({ [server.url("/a")]: entry(packed, BYTES) });
});

test("a source that is unpacked later is read again, and its entry gains the form", async () => {
  const packed = gzipSync(BYTES);
  server.answers["/a"] = file(packed);
  app.declare({ source: server.url("/a"), packed: true });
  await app.run();
  expect(app.lock).toStrictEqual({
    [server.url("/a")]: { revision: 1, resolvedAt: NOW, diskFormat: "unknown", ...bytesOf(packed) },
  });
  app.declare({ source: server.url("/a"), unpacked: true });
  expect((await app.run()).lines).toStrictEqual([
    `completed ${server.url("/a")}`,
    "images.lock.json is written: 1 source",
  ]);
  expect(app.lock).toStrictEqual({ [server.url("/a")]: entry(packed, BYTES) });
});

const broken: Record<string, [Buffer, RegExp]> = {
  "a gz that ends too early": [
    gzipSync(BYTES).subarray(0, 1_000_000),
    /cannot be unpacked as gz: unexpected end of file/,
  ],
  "a gz with a wrong byte": [
    Buffer.from(gzipSync(BYTES).map((byte, index) => (index === 20 ? byte ^ 0xff : byte))),
    /cannot be unpacked as gz: /,
  ],
  "an xz that ends too early": [
    execFileSync("xz", ["-c", "-0"], { input: BYTES, maxBuffer: 1e8 }).subarray(0, 1_000_000),
    /xz failed \(1\): xz: \(stdin\): Unexpected end of input/,
  ],
  "something that is not packed": [
    BYTES,
    /is declared as packed, and is not \(gz, bz2, xz, zst\); leave out decompress/,
  ],
  "five bytes": [Buffer.from("hello"), /is declared as packed, and is not/],
};
test.each(Object.entries(broken))("fails when what is to be unpacked is %s", async (_, [bytes, said]) => {
  server.answers["/a"] = file(bytes);
  app.declare({ source: server.url("/a"), unpacked: true });
  const { code, errors } = await app.run();
  expect({ code, isLocked: app.isLocked }).toStrictEqual({ code: 1, isLocked: false });
  expect(errors[0]).toMatch(said);
});

test.each([
  ["gz", gzipSync(Buffer.alloc(50_000_000))],
  ["xz", execFileSync("xz", ["-c", "-0"], { input: Buffer.alloc(50_000_000), maxBuffer: 1e8 })],
])("fails when a small file unpacks to more than is allowed (%s), and takes no more", async (_, packed) => {
  let taken = 0;
  const take = async ({ length }: Uint8Array) => {
    taken += length;
  };
  const target = { take, end: async () => {}, discard: async () => {} };
  const unpacking = new Unpacking(target, 1_000_000, process.env);
  const feed = async () => {
    await unpacking.take(packed);
    await unpacking.end();
  };
  await expect(feed()).rejects.toThrow(
    "unpacks to more than 1000000 bytes; if that is right, allow more by --max-unpacked",
  );
  await unpacking.discard();
  expect(taken).toBeLessThanOrEqual(1_000_000);
});

test("fails when the program that unpacks is not installed", async () => {
  server.answers["/a"] = file(Buffer.from("BZh91AY&SY12345"));
  app.declare({ source: server.url("/a"), unpacked: true });
  expect((await app.run([], { env: { PATH: "/nowhere" } })).errors[0]).toBe(
    `${server.url("/a")}: it needs the program bzip2, which is not installed; install it to lock what is packed as bz2`,
  );
});

describe("the format", () => {
  const locked = async (bytes: Buffer, more: object = {}) => {
    server.answers["/a"] = file(bytes);
    app.declare({ source: server.url("/a"), ...more });
    const { code, errors } = await app.run();
    const { diskFormat } = (app.isLocked ? app.lock[server.url("/a")] : {}) as { diskFormat?: string };
    return { code, error: errors[0]?.replace(`${server.url("/a")}: `, ""), diskFormat };
  };
  const fine = (diskFormat: string) => ({ code: 0, error: undefined, diskFormat });
  const refused = (error: string) => ({ code: 1, error, diskFormat: undefined });

  test("of a disk with partitions is raw", async () => {
    expect(await locked(raw(MBR))).toStrictEqual(fine("raw"));
  });

  test("of bytes that say nothing is not known", async () => {
    expect(await locked(BYTES)).toStrictEqual(fine("unknown"));
  });

  test("of what stays packed is that of the disk inside", async () => {
    expect(await locked(gzipSync(qcow2()), { packed: true })).toStrictEqual(fine("qcow2"));
  });

  test("of what stays packed and is not looked into is not known", async () => {
    const xz = execFileSync("xz", ["-c", "-0"], { input: qcow2(), maxBuffer: 1e8 });
    expect(await locked(xz, { packed: true })).toStrictEqual(fine("unknown"));
  });

  const stays = ", or give the image containerFormat: ContainerFormat.COMPRESSED if it is to stay packed";
  const unpack = "unpack it first, or give ImageSource.fromUrl decompress: true";
  const byCloud = ", or give ImageSource.fromWebDownload decompressedByCloud: true where the cloud's Glance unpacks it";
  test.each([
    ["gz", ["gzip", "-c"], byCloud],
    ["bz2", ["bzip2", "-c"], ""],
    ["xz", ["xz", "-c", "-0"], ""],
    ["zst", ["zstd", "-c"], ""],
  ] as const)("fails when the bytes are %s, and not declared so", async (name, [command, ...words], more) => {
    const packed = execFileSync(command, words, { input: qcow2(), maxBuffer: 1e8 });
    expect(await locked(packed)).toStrictEqual(
      refused(`is packed (${name}), and not declared so; ${unpack}${more}${stays}`),
    );
  });

  test("fails when what is unpacked is packed once more", async () => {
    expect(await locked(gzipSync(gzipSync(qcow2())), { unpacked: true })).toStrictEqual(
      refused(`is packed (gz), and not declared so; ${unpack}${byCloud}${stays}`),
    );
  });

  test("fails when Glance has no word for it", async () => {
    expect((await locked(qed())).error).toMatch(
      /^is qed, for which Glance has no word; give a disk that it has one for, such as qemu-img convert -O qcow2 makes$/,
    );
  });

  test("of a packed ramdisk is what the code says, so its bytes may be anything", async () => {
    expect(await locked(gzipSync(BYTES), { isDisk: false })).toStrictEqual(fine("unknown"));
  });
});

describe("for a cloud that converts to raw", () => {
  const disk = () => {
    const raw = Buffer.concat([randomBytes(200_000), Buffer.alloc(1024 * 1024 - 200_000)]);
    const [from, to] = ["disk.raw", "disk.qcow2"].map((name) => join(app.folder, name));
    writeFileSync(from ?? "", raw);
    execFileSync("qemu-img", ["convert", "-f", "raw", "-O", "qcow2", from ?? "", to ?? ""]);
    return { raw, qcow2: readFileSync(to ?? "") };
  };
  const locked = (bytes: Buffer, raw: Buffer, more: Partial<LockedImage> = {}) =>
    lockedImage(bytes, { virtualSizeBytes: raw.length, raw: bytesOf(raw), ...more });

  test("a download has a digest of its raw form", async () => {
    const { raw, qcow2 } = disk();
    server.answers["/a"] = file(qcow2);
    app.declare({ source: server.url("/a"), raw: true });
    expect(await app.run()).toMatchObject({ code: 0, errors: [] });
    expect(app.lock).toStrictEqual({ [server.url("/a")]: locked(qcow2, raw) });
  });

  test("so has what is unpacked first", async () => {
    const { raw, qcow2 } = disk();
    server.answers["/a"] = file(gzipSync(qcow2));
    app.declare({ source: server.url("/a"), raw: true, unpacked: true });
    expect(await app.run()).toMatchObject({ code: 0, errors: [] });
    expect(app.lock).toStrictEqual({ [server.url("/a")]: locked(gzipSync(qcow2), raw, { unpacked: bytesOf(qcow2) }) });
  });

  test("so has a file", async () => {
    const { raw, qcow2 } = disk();
    app.declare({ source: "disk.qcow2", kind: "file", raw: true });
    expect(await app.run()).toMatchObject({ code: 0, errors: [] });
    expect(app.lock).toStrictEqual({ "disk.qcow2": locked(qcow2, raw) });
  });

  test("raw bytes are their own raw form", async () => {
    server.answers["/a"] = file(BYTES);
    app.declare({ source: server.url("/a"), raw: true });
    await app.run();
    expect(app.lock).toStrictEqual({ [server.url("/a")]: rawEntry(BYTES, { raw: bytesOf(BYTES) }) });
  });

  test("fails when the image reads another file", async () => {
    writeFileSync(join(app.folder, "a.qcow2"), qcow2({ 8: be(8, 512), 16: be(4, 11), 512: "/etc/passwd" }));
    app.declare({ source: "a.qcow2", kind: "file", raw: true });
    expect((await app.run()).errors[0]).toMatch(/^a\.qcow2: must not be converted to raw: .*"\/etc\/passwd"/);
  });

  test("fails when there is no room for the disk", async () => {
    execFileSync("qemu-img", ["create", "-q", "-f", "qcow2", join(app.folder, "a.qcow2"), "900T"]);
    app.declare({ source: "a.qcow2", kind: "file", raw: true });
    expect((await app.run()).errors[0]).toMatch(
      /^a\.qcow2: needs 921600\.0 GiB to be converted to raw, and .* has \d+\.\d GiB; let TMPDIR name a larger place$/,
    );
  });

  test("fails when qemu-img is not installed", async () => {
    disk();
    app.declare({ source: "disk.qcow2", kind: "file", raw: true });
    expect((await app.run([], { env: { PATH: "/nowhere" } })).errors[0]).toBe(
      "disk.qcow2: it needs the program qemu-img, which is not installed; install it (package qemu-utils) to lock images that the cloud converts to raw",
    );
  });
});
