import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DigestAlgorithm } from "../../../lib/content/digest";
import { be, qcow2 } from "../../content/inspection/contents";
import { bytesOf, NOW } from "../../content/locked-image";
import { file, status } from "../http/server";
import { newForEachTest, rawEntry } from "./harness";

const [ONE, TWO] = [randomBytes(100_000), randomBytes(90_000)];
const { server, app } = newForEachTest();

const image = (more: object = {}) => ({ source: server.url("/a.img"), ...more });
const written = (count: string) => `images.lock.json is written: ${count}`;
const kept = (count: string) => `images.lock.json stays as it is: ${count}`;

test("locks a URL and a file, each once", async () => {
  server.answers["/a.img"] = file(ONE, { etag: '"1"' });
  writeFileSync(join(app.folder, "own.img"), TWO);
  app.declare(image(), image(), { source: "own.img", kind: "file" });
  const lines: string[] = [];
  const terminal = { isTTY: false, columns: 80, write: (text: string) => lines.push(text) > 0 };
  expect(await app.run([], { terminal })).toStrictEqual({
    code: 0,
    lines: [
      `locked ${server.url("/a.img")}: unknown, 100000 bytes, sha512 ${bytesOf(ONE).sha512}`,
      `locked own.img: unknown, 90000 bytes, sha512 ${bytesOf(TWO).sha512}`,
      written("2 sources"),
    ],
    errors: [],
  });
  expect(app.lock).toStrictEqual({ [server.url("/a.img")]: rawEntry(ONE, { etag: '"1"' }), "own.img": rawEntry(TWO) });
  expect(lines.sort()).toStrictEqual([`reading ${server.url("/a.img")} (0.1 MiB)\n`, "reading own.img (0.1 MiB)\n"]);
});

test("what is locked is not downloaded again, and the file is not written again", async () => {
  server.answers["/a.img"] = file(ONE);
  app.declare(image());
  await app.run();
  server.requests = [];
  const before = statSync(app.lockFile).ino;
  expect(await app.run()).toStrictEqual({ code: 0, lines: [kept("1 source")], errors: [] });
  expect({ requests: server.requests, inode: statSync(app.lockFile).ino }).toStrictEqual({
    requests: [],
    inode: before,
  });
});

test("what no image is made of any longer is dropped", async () => {
  server.answers["/a.img"] = file(ONE);
  server.answers["/b.img"] = file(TWO);
  app.declare(image(), image({ source: server.url("/b.img") }));
  await app.run();
  app.declare(image());
  expect(await app.run()).toStrictEqual({
    code: 0,
    lines: [`dropped ${server.url("/b.img")}: no image is made of it`, written("1 source")],
    errors: [],
  });
  expect(app.lock).toStrictEqual({ [server.url("/a.img")]: rawEntry(ONE) });
});

test("fails as a whole when one source fails, and names each that did", async () => {
  server.answers["/a.img"] = file(ONE);
  app.declare(image(), image({ source: server.url("/gone.img") }), { source: "none.img", kind: "file" });
  expect(await app.run()).toStrictEqual({
    code: 1,
    lines: [],
    errors: [
      `${server.url("/gone.img")}: the server answers 404: there is nothing at this URL (any more)`,
      "none.img: cannot be locked: there is no such file here; put it there, or give the image's 'digest' in the code",
      "images.lock.json stays as it was: 2 of 3 sources failed",
    ],
  });
  expect(app.isLocked).toBe(false);
});

test("fails when a server sends a web page as an image, or nothing", async () => {
  server.answers["/a.img"] = status(200);
  server.answers["/b.img"] = file("");
  app.declare(image(), image({ source: server.url("/b.img") }));
  expect((await app.run()).errors).toStrictEqual([
    `${server.url("/a.img")}: is a web page and no image: what a server shows instead of it, such as a login or an error`,
    `${server.url("/b.img")}: is empty`,
    "images.lock.json stays as it was: 2 of 2 sources failed",
  ]);
});

test("fails when the lock file cannot be used, before anything is read", async () => {
  server.answers["/a.img"] = file(ONE);
  app.declare(image());
  writeFileSync(app.lockFile, "<<<<<<< HEAD\n");
  await expect(app.run()).rejects.toThrow("has the conflict markers of a merge");
  expect(server.requests).toStrictEqual([]);
});

test("fails when the lock file is changed while the sources are read, and leaves it as it is then", async () => {
  const theirs = { "own.img": rawEntry(TWO) };
  server.answers["/a.img"] = (request, response) => {
    writeFileSync(app.lockFile, JSON.stringify({ lockVersion: 1, images: theirs }));
    file(ONE)(request, response);
  };
  app.declare(image());
  await expect(app.run()).rejects.toThrow(
    "images.lock.json was changed meanwhile, by another run or by hand, and stays as it is now; run it again",
  );
  expect(app.lock).toStrictEqual(theirs);
});

test("a mirror is read in place of the source, and its password stays secret", async () => {
  server.answers["/mirror/a.img"] = (request, response) => {
    const isKnown = request.headers.authorization === `Basic ${Buffer.from("me:secret").toString("base64")}`;
    (isKnown ? file(ONE) : status(401))(request, response);
  };
  server.answers["/mirror/SHA256SUMS"] = file(`${bytesOf(ONE).sha256}  a.img\n`);
  app.declare({ source: "https://images.example/a.img", url: `http://me:secret@${server.host}/mirror/a.img` });
  expect((await app.run()).code).toBe(0);
  const from = server.url("/mirror/SHA256SUMS");
  expect(app.lock).toStrictEqual({
    "https://images.example/a.img": rawEntry(ONE, {
      upstream: { algorithm: "sha256", hex: bytesOf(ONE).sha256, from },
    }),
  });
});

test("goes through the proxy of the environment", async () => {
  // a proxy is asked for the whole URL
  server.answers["http://images.example/a.img"] = file(ONE);
  app.declare({ source: "http://images.example/a.img" });
  expect((await app.run([], { env: { http_proxy: `http://${server.host}` } })).code).toBe(0);
  expect(app.lock).toStrictEqual({ "http://images.example/a.img": rawEntry(ONE) });
});

test("fails when the code gives another digest than the bytes have", async () => {
  server.answers["/a.img"] = file(ONE);
  const digest = { algorithm: DigestAlgorithm.SHA256, hex: bytesOf(TWO).sha256 };
  app.declare(image({ digest }));
  expect((await app.run()).errors[0]).toBe(
    `${server.url("/a.img")}: has the sha256 ${bytesOf(ONE).sha256}, and the code gives ${digest.hex}; one of them is wrong`,
  );
});

test("a new digest in the code renews the entry", async () => {
  server.answers["/a.img"] = file(ONE);
  app.declare(image());
  await app.run();
  server.answers["/a.img"] = file(TWO);
  app.declare(image({ digest: { algorithm: DigestAlgorithm.MD5, hex: bytesOf(TWO).md5 } }));
  expect((await app.run()).lines[0]).toBe(
    `updated ${server.url("/a.img")}: revision 2, sha512 ${bytesOf(ONE).sha512} becomes ${bytesOf(TWO).sha512}`,
  );
  expect(app.lock).toStrictEqual({ [server.url("/a.img")]: rawEntry(TWO, { revision: 2 }) });
});

test("fails when a file has other bytes than are locked, until it is renewed", async () => {
  const path = join(app.folder, "own.img");
  writeFileSync(path, ONE);
  app.declare({ source: "own.img", kind: "file" });
  await app.run();
  writeFileSync(path, TWO);
  expect((await app.run()).errors[0]).toBe(
    `own.img: HAS OTHER BYTES THAN ARE LOCKED: its sha512 is ${bytesOf(TWO).sha512}, and locked is ${bytesOf(ONE).sha512}; ` +
      "put the right ones there, or run npx openstack-images lock --update own.img",
  );
  expect((await app.run(["--update"])).code).toBe(0);
  expect(app.lock).toStrictEqual({ "own.img": rawEntry(TWO, { revision: 2 }) });
});

describe("--update", () => {
  const moving = () => ({ source: server.url("/latest/a.img"), path: "app/Moving", name: "moving" });

  test("follows what moves, and leaves the rest", async () => {
    server.answers["/latest/a.img"] = server.answers["/a.img"] = file(ONE, { etag: '"1"' });
    app.declare(image(), moving());
    await app.run();
    server.requests = [];
    server.answers["/latest/a.img"] = server.answers["/a.img"] = file(TWO, { etag: '"2"' });
    expect((await app.run(["--update"], { now: () => new Date("2026-12-01T00:00:00Z") })).code).toBe(0);
    expect(app.lock).toStrictEqual({
      [server.url("/a.img")]: rawEntry(ONE, { etag: '"1"' }),
      [server.url("/latest/a.img")]: rawEntry(TWO, { etag: '"2"', revision: 2, resolvedAt: "2026-12-01T00:00:00Z" }),
    });
    expect(server.requests.filter((path) => path.startsWith("/a.img"))).toStrictEqual([]);
  });

  test("does not download what the server says is the same", async () => {
    server.answers["/latest/a.img"] = file(ONE, { etag: '"1"' });
    app.declare(moving());
    await app.run();
    server.requests = [];
    expect((await app.run(["--update"])).lines).toStrictEqual([kept("1 source")]);
    expect(server.requests).toStrictEqual(["/latest/a.img bytes=0-0"]);
  });

  test("keeps what the server says now of bytes that are the same, so that they are not downloaded again", async () => {
    server.answers["/latest/a.img"] = file(ONE, { etag: '"1"' });
    app.declare(moving());
    await app.run();
    server.answers["/latest/a.img"] = file(ONE, { etag: '"2"', "last-modified": "today" });
    const later = { now: () => new Date("2026-12-01T00:00:00Z") };
    const key = server.url("/latest/a.img");
    expect((await app.run(["--update"], later)).lines).toStrictEqual([
      `refreshed ${key}: the same bytes, and the server says something else of them`,
      written("1 source"),
    ]);
    expect(app.lock).toStrictEqual({ [key]: rawEntry(ONE, { etag: '"2"', lastModified: "today" }) });
    server.requests = [];
    expect((await app.run(["--update"], later)).lines).toStrictEqual([kept("1 source")]);
    expect(server.requests).toStrictEqual(["/latest/a.img bytes=0-0"]);
  });

  test.each([
    ["key", () => server.url("/a.img")],
    ["path", () => "app/Fixed"],
    ["name", () => "fixed"],
  ])("renews an image that is named by its %s, even if it does not move", async (_, word) => {
    server.answers["/latest/a.img"] = server.answers["/a.img"] = file(ONE, { etag: '"1"' });
    app.declare(image({ path: "app/Fixed", name: "fixed" }), moving());
    await app.run();
    server.answers["/latest/a.img"] = server.answers["/a.img"] = file(TWO, { etag: '"1"' });
    expect((await app.run(["--update", word()])).code).toBe(0);
    expect(app.lock).toStrictEqual({
      [server.url("/a.img")]: rawEntry(TWO, { revision: 2, etag: '"1"' }),
      [server.url("/latest/a.img")]: rawEntry(ONE, { etag: '"1"' }),
    });
  });

  test("what vanished is no obstacle to what is named", async () => {
    server.answers["/latest/a.img"] = server.answers["/a.img"] = file(ONE);
    app.declare(image(), moving());
    await app.run();
    delete server.answers["/a.img"];
    server.answers["/latest/a.img"] = file(TWO);
    expect((await app.run(["--update", server.url("/latest/a.img")])).code).toBe(0);
    expect(app.lock).toStrictEqual({
      [server.url("/a.img")]: rawEntry(ONE),
      [server.url("/latest/a.img")]: rawEntry(TWO, { revision: 2 }),
    });
  });

  test("the code's word on what moves counts more than the URL's", async () => {
    server.answers["/latest/a.img"] = server.answers["/a.img"] = file(ONE);
    app.declare(image({ moving: true }), { ...moving(), moving: false });
    await app.run();
    server.answers["/latest/a.img"] = server.answers["/a.img"] = file(TWO);
    await app.run(["--update"]);
    expect(app.lock).toStrictEqual({
      [server.url("/a.img")]: rawEntry(TWO, { revision: 2 }),
      [server.url("/latest/a.img")]: rawEntry(ONE),
    });
  });

  test("fails when an image is named that there is not", async () => {
    app.declare(image());
    await expect(app.run(["--update", "nobody"])).rejects.toThrow(
      `no image has the source, path or name "nobody"; the sources are ${server.url("/a.img")}`,
    );
  });
});

test("what a cloud should refuse is locked, and said in the lock and a note", async () => {
  writeFileSync(join(app.folder, "a.qcow2"), qcow2({ 8: be(8, 512), 16: be(4, 11), 512: "/etc/passwd" }));
  app.declare({ source: "a.qcow2", kind: "file" });
  const { code, errors } = await app.run();
  expect(code).toBe(0);
  expect(errors).toContainEqual(expect.stringMatching(/^note: a\.qcow2: UNSAFE BackingFile: .*"\/etc\/passwd"/));
  const { unsafe } = app.lock["a.qcow2"] as { unsafe?: unknown };
  expect(unsafe).toContainEqual(
    'BackingFile: reads what it does not hold from the backing file "/etc/passwd": a file of the machine that opens it',
  );
});

test("fails when a file is a pipe, without waiting for it", async () => {
  execFileSync("mkfifo", [join(app.folder, "pipe")]);
  app.declare({ source: "pipe", kind: "file" });
  expect((await app.run()).errors[0]).toBe("pipe: it is not a regular file");
});

test("images that share a source must agree on where it is downloaded", async () => {
  app.declare(image({ url: "http://one.example/" }), image({ url: "http://two.example/" }));
  await expect(app.run()).rejects.toThrow("app/image0 and app/image1 have one source and must agree on its url");
});

test("never reads more at once than is allowed", async () => {
  let [now, most] = [0, 0];
  app.declare(...["a", "b", "c", "d", "e"].map((name) => ({ source: server.url(`/${name}.img`) })));
  for (const name of ["a", "b", "c", "d", "e"]) {
    server.answers[`/${name}.img`] = (request, response) => {
      most = Math.max(most, ++now);
      setTimeout(() => {
        now--;
        file(ONE)(request, response);
      }, 50);
    };
  }
  expect((await app.run(["--max-concurrency", "2"])).code).toBe(0);
  expect(most).toBe(2);
});

test("fails when a source is larger than --max-size allows, before a byte is taken", async () => {
  server.answers["/a.img"] = (_, response) => {
    response.writeHead(200, { "content-length": 1024 ** 3 + 1 }).write("x");
  };
  app.declare(image());
  expect((await app.run(["--max-size", "1"])).errors[0]).toBe(
    `${server.url("/a.img")}: is larger than 1 GiB, the most that is read`,
  );
});

const WRONG: [string[], string][] = [
  [["image"], "lock takes images only with --update, got image"],
  [["--check", "--update"], "--check writes nothing; leave out --update and --mirror-to"],
  [["--check", "--mirror-to", "m"], "--check writes nothing; leave out --update and --mirror-to"],
  [["--json"], "--json and --now belong to --check"],
  [["--check", "--now", "tomorrow"], '--now takes a day like 2026-11-21, got "tomorrow"'],
  [["--check", "--now", "2026-02-30"], '--now takes a day like 2026-11-21, got "2026-02-30"'],
  [["--max-concurrency", "0"], '--max-concurrency takes a whole number from 1, got "0"'],
  [["--max-size", "1.5"], '--max-size takes a whole number from 1, got "1.5"'],
];
test.each(WRONG)("fails when its words are %j", async (words, said) => {
  app.declare(image());
  await expect(app.run(words)).rejects.toThrow(said);
});

test(`the time is that of the run, in UTC (${NOW})`, async () => {
  server.answers["/a.img"] = file(ONE);
  app.declare(image());
  await app.run([], { now: () => new Date("2026-11-21T13:00:00.999+01:00") });
  expect(app.lock).toStrictEqual({ [server.url("/a.img")]: rawEntry(ONE) });
});
