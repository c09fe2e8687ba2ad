import { randomBytes } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import type { RequestListener } from "node:http";
import { join } from "node:path";
import { DigestAlgorithm } from "../../../lib/content/digest";
import { bytesOf } from "../../content/locked-image";
import { file, status } from "../http/server";
import { newForEachTest } from "./harness";

const [ONE, TWO] = [randomBytes(100_000), randomBytes(100_000)];
const PATHS = { fixed: "/20261121/a.img", moving: "/latest/a.img" };
const { server, app } = newForEachTest();

/** Locks what one answer gives, then checks what another one does. The lock must stay as it is. */
async function checked(
  name: keyof typeof PATHS,
  then: RequestListener,
  first = file(ONE, { etag: '"1"' }),
  words: string[] = [],
) {
  const path = PATHS[name];
  server.answers[path] = first;
  app.declare({ source: server.url(path), path: "app/A" });
  expect((await app.run()).code).toBe(0);
  const before = readFileSync(app.lockFile, "utf8");
  server.answers[path] = then;
  server.requests = [];
  const ran = await app.run(["--check", ...words]);
  expect(readFileSync(app.lockFile, "utf8")).toBe(before);
  return { ...ran, key: server.url(path), reads: server.requests.filter((request) => request === path).length };
}

const nothing = { code: 0, lines: ["nothing moved: 1 sources are as images.lock.json says"], errors: [] };
const otherSha = `its sha512 is ${bytesOf(TWO).sha512}, and locked is ${bytesOf(ONE).sha512}`;
const renew = (key: string) => `run npx openstack-images lock --update ${key}`;
const alarm = (key: string, why: string) =>
  `${key} (app/A): CHANGED BYTES UNDER THE SAME NAME: ${why}; find out who changed them and why before you run npx openstack-images lock --update ${key}`;

test("nothing moved, as the server says without a download", async () => {
  expect(await checked("fixed", file(ONE, { etag: '"1"' }))).toMatchObject({ ...nothing, reads: 0 });
});

test("nothing moved, as the bytes say where the server says nothing", async () => {
  expect(await checked("fixed", file(ONE, { etag: '"2"' }))).toMatchObject({ ...nothing, reads: 1 });
});

test.each([
  ["a weak ETag", { etag: 'W/"1"' }],
  ["Last-Modified", { "last-modified": "Sat, 21 Nov 2026 12:00:00 GMT" }],
])("changed bytes are an alarm, though the server says by %s that they are the same", async (_, headers) => {
  const { key, ...ran } = await checked("fixed", file(TWO, headers), file(ONE, headers));
  expect(ran).toStrictEqual({ code: 3, lines: [alarm(key, otherSha)], errors: [], reads: 1 });
});

test("nothing moved, as the day says of a URL that moves", async () => {
  const headers = { "last-modified": "Sat, 21 Nov 2026 12:00:00 GMT" };
  expect(await checked("moving", file(ONE, headers), file(ONE, headers))).toMatchObject({ ...nothing, reads: 0 });
});

test("a new build behind a URL that moves, though a weak ETag says that it does not", async () => {
  const headers = { etag: 'W/"1"' };
  const { reads, code } = await checked("moving", file(TWO, headers), file(ONE, headers));
  expect({ reads, code }).toStrictEqual({ reads: 1, code: 3 });
});

test("a new build behind a URL that moves", async () => {
  const { key, ...ran } = await checked("moving", file(TWO, { etag: '"2"' }));
  expect(ran).toStrictEqual({
    code: 3,
    lines: [`${key} (app/A): new build upstream: ${otherSha}; ${renew(key)}`],
    errors: [],
    reads: 1,
  });
});

test("a new build that its size tells", async () => {
  const { key, ...ran } = await checked("moving", file(Buffer.alloc(5), { etag: '"1"' }));
  expect(ran).toStrictEqual({
    code: 3,
    lines: [`${key} (app/A): new build upstream: it has 5 bytes, and locked are 100000; ${renew(key)}`],
    errors: [],
    reads: 1,
  });
});

test("a new build that the checksum file tells", async () => {
  const sums = (bytes: Buffer) => file(`${bytesOf(bytes).sha256}  a.img\n`);
  server.answers["/latest/SHA256SUMS"] = sums(ONE);
  const then: RequestListener = (request, response) => {
    server.answers["/latest/SHA256SUMS"] = sums(TWO);
    file(TWO, { etag: '"2"' })(request, response);
  };
  const { key, ...ran } = await checked("moving", then);
  const why = `${server.url("/latest/SHA256SUMS")} says sha256 ${bytesOf(TWO).sha256}, and locked is ${bytesOf(ONE).sha256}`;
  expect(ran).toStrictEqual({
    code: 3,
    lines: [`${key} (app/A): new build upstream: ${why}; ${renew(key)}`],
    errors: [],
    reads: 1,
  });
});

test("nothing moved, as the checksum file says where a mirror has an ETag of its own", async () => {
  server.answers["/latest/SHA256SUMS"] = file(`${bytesOf(ONE).sha256}  a.img\n`);
  expect(await checked("moving", file(ONE, { etag: '"mirror"' }))).toMatchObject({ ...nothing, reads: 0 });
});

test("changed bytes under the same name are an alarm", async () => {
  const { key, ...ran } = await checked("fixed", file(TWO, { etag: '"2"' }));
  expect(ran).toStrictEqual({ code: 3, lines: [alarm(key, otherSha)], errors: [], reads: 1 });
});

test.each([
  ["both", { etag: '"2"', "last-modified": "b" }, { etag: '"1"', "last-modified": "a" }],
  ["its ETag", { etag: '"2"' }, { etag: '"1"' }],
  ["its day", { etag: 'W/"1"', "last-modified": "b" }, { etag: 'W/"1"', "last-modified": "a" }],
])(
  "changed bytes are an alarm too when the checksum file still names the old ones (%s differs)",
  async (_, now, then) => {
    server.answers["/20261121/SHA256SUMS"] = file(`${bytesOf(ONE).sha256}  a.img\n`);
    const { key, ...ran } = await checked("fixed", file(TWO, now), file(ONE, then));
    expect(ran).toStrictEqual({ code: 3, lines: [alarm(key, otherSha)], errors: [], reads: 1 });
  },
);

test.each([404, 410])("a URL that vanished with %d", async (code) => {
  const { key, ...ran } = await checked("fixed", status(code));
  const line = `${key} (app/A): vanished (HTTP ${code}): the image cannot be recreated: save it now, with openstack-images save 'image 0'`;
  expect(ran).toStrictEqual({ code: 3, lines: [line], errors: [], reads: 0 });
});

test("fails when it cannot be told, and tells the rest", async () => {
  server.answers["/b.img"] = status(500);
  server.answers["/20261121/a.img"] = file(ONE);
  const b = { source: server.url("/b.img"), path: "app/B" };
  writeFileSync(app.lockFile, '{"lockVersion": 1, "images": {}}');
  app.declare({ source: server.url("/20261121/a.img"), path: "app/A" });
  await app.run();
  const { images, ...rest } = JSON.parse(readFileSync(app.lockFile, "utf8"));
  const [entry] = Object.values(images);
  writeFileSync(app.lockFile, JSON.stringify({ ...rest, images: { [b.source]: entry } }));
  app.declare({ source: server.url("/20261121/a.img"), path: "app/A" }, b);
  expect(await app.run(["--check"])).toStrictEqual({
    code: 1,
    lines: [`${server.url("/20261121/a.img")} (app/A): not locked yet; run openstack-images lock`],
    errors: [`${b.source}: the server answers 500; tried 4 times`],
  });
});

test("what is not locked yet, or not as the code wants it now", async () => {
  for (const path of ["/a.img", "/b.img.gz", "/c.img"]) server.answers[path] = file(ONE);
  const [a, b, c, d] = ["/a.img", "/b.img.gz", "/c.img", "/d.img"].map((path) => ({ source: server.url(path) }));
  app.declare({ ...a }, { ...b }, { ...c });
  await app.run();
  const digest = { algorithm: DigestAlgorithm.MD5, hex: bytesOf(TWO).md5 };
  app.declare({ ...a, digest }, { ...b, unpacked: true }, { ...c, raw: true }, { ...d });
  expect(await app.run(["--check"])).toStrictEqual({
    code: 3,
    lines: [
      `${a?.source} (app/image0): locked with another md5 than the code gives; run openstack-images lock`,
      `${b?.source} (app/image1): locked without its unpacked form; run openstack-images lock`,
      `${c?.source} (app/image2): locked without its raw form; run openstack-images lock`,
      `${d?.source} (app/image3): not locked yet; run openstack-images lock`,
    ],
    errors: [],
  });
});

test("what the code has begun to ask a published digest of is not locked, however its URL is written", async () => {
  server.answers["/a.img"] = file(ONE, { etag: '"1"' });
  server.answers["/sums"] = file(`${bytesOf(ONE).sha256}  a.img\n`);
  const source = server.url("/a.img");
  app.declare({ source });
  await app.run();
  app.declare({ source, checksums: server.url("/x/../sums") });
  expect((await app.run(["--check"])).lines).toStrictEqual([
    `${source} (app/image0): locked without the published digest that the code asks for; run openstack-images lock`,
  ]);
  await app.run();
  expect(await app.run(["--check"])).toStrictEqual(nothing);
});

test("a file that changed, and one that another machine has", async () => {
  const names = ["a.img", "b.img"];
  for (const name of names) writeFileSync(join(app.folder, name), ONE);
  app.declare(...names.map((source) => ({ source, kind: "file" as const })));
  await app.run();
  writeFileSync(join(app.folder, "a.img"), TWO);
  rmSync(join(app.folder, "b.img"));
  expect(await app.run(["--check"])).toStrictEqual({
    code: 3,
    lines: [`a.img (app/image0): the file has other bytes: ${otherSha}; if they are right, ${renew("a.img")}`],
    errors: ["note: b.img is not read: there is no such file here; what is locked of it stays"],
  });
});

test("a version whose day has passed, by the day that is given", async () => {
  server.answers["/a.img"] = file(ONE, { etag: '"1"' });
  const source = server.url("/a.img");
  app.declare({ source, path: "app/Base/20261101", retireAfter: "2027-01-31" });
  await app.run();
  expect(await app.run(["--check", "--now", "2027-01-31"])).toStrictEqual(nothing);
  expect(await app.run(["--check", "--now", "2027-02-01"])).toStrictEqual({
    code: 3,
    lines: [`${source} (app/Base/20261101): was to go after 2027-01-31: mark it as retired`],
    errors: [],
  });
});

test("what is locked for no image is a note", async () => {
  server.answers["/a.img"] = file(ONE);
  app.declare({ source: server.url("/a.img") });
  await app.run();
  app.declare();
  expect(await app.run(["--check"])).toStrictEqual({
    code: 0,
    lines: ["nothing moved: 0 sources are as images.lock.json says"],
    errors: [`note: ${server.url("/a.img")} is locked, and no image is made of it; openstack-images lock drops it`],
  });
});

test("a source whose name means something to a shell is quoted for it", async () => {
  const source = "it's a; disk.img";
  writeFileSync(join(app.folder, source), ONE);
  app.declare({ source, kind: "file" });
  await app.run();
  writeFileSync(join(app.folder, source), TWO);
  expect((await app.run(["--check"])).lines[0]).toMatch(/ --update 'it'\\''s a; disk\.img'$/);
  expect((await app.run()).errors[0]).toMatch(/ --update 'it'\\''s a; disk\.img'$/);
});

test("says it as one JSON document", async () => {
  const { code, lines, errors, key } = await checked("moving", file(TWO, { etag: '"2"' }), undefined, ["--json"]);
  expect({ code, errors, document: JSON.parse(lines.join("\n")) }).toStrictEqual({
    code: 3,
    errors: [],
    document: {
      schemaVersion: 1,
      moved: [
        {
          kind: "new-build",
          source: key,
          images: ["app/A"],
          message: `new build upstream: ${otherSha}; ${renew(key)}`,
        },
      ],
      failed: [],
    },
  });
});

test.each([
  ["sha256", "0".repeat(64)],
  ["md5", "0".repeat(32)],
  ["diskFormat", "qcow2"],
  ["virtualSizeBytes", 2 ** 50],
])("what somebody wrote into the lock by hand, as its %s, is told, and mended by name", async (key, value) => {
  server.answers["/a.img"] = file(ONE);
  const source = server.url("/a.img");
  app.declare({ source });
  await app.run();
  const right = app.lock;
  const images = { [source]: { ...(right[source] as object), [key]: value } };
  writeFileSync(app.lockFile, JSON.stringify({ lockVersion: 1, images }));
  const { code, lines } = await app.run(["--check"]);
  expect({ code, lines }).toStrictEqual({
    code: 3,
    lines: [
      expect.stringMatching(
        new RegExp(
          `: images.lock.json says another ${key} than \\w+, .*: it was changed by hand, or another version of this command made it; run npx`,
        ),
      ),
    ],
  });
  await app.run(["--update", source]);
  expect(app.lock).toStrictEqual(right);
});
