import { randomBytes } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DigestAlgorithm } from "../../../lib/content/digest";
import { bytesOf } from "../../content/locked-image";
import { file, status } from "../http/server";
import { newForEachTest, rawEntry } from "./harness";

const [ONE, TWO] = [randomBytes(100_000), randomBytes(100_000)];
const digestOf = (bytes: Buffer) => ({ digest: { algorithm: DigestAlgorithm.SHA512, hex: bytesOf(bytes).sha512 } });
const { server, app } = newForEachTest();
beforeEach(() => {
  server.answers["/other.img"] = file(TWO, { etag: '"1"' });
});

const other = () => ({ source: server.url("/other.img") });
const otherEntry = () => ({ [server.url("/other.img")]: rawEntry(TWO, { etag: '"1"' }) });
const GIVE = "give the image's 'digest' in the code";

/** What each declares, how it is printed, and what is said of it. */
const CASES: Record<string, () => { given: object; shown: string; why: string; wayOut: string }> = {
  "whose URL is signed": () => ({
    given: { source: server.url("/a.img?X-Amz-Signature=secret") },
    shown: server.url("/a.img?..."),
    why: "its URL holds the parameter X-Amz-Signature, and a lock file is committed",
    wayOut: GIVE,
  }),
  "whose URL holds a token": () => ({
    given: { source: server.url("/a.img?x=1&token=secret") },
    shown: server.url("/a.img?..."),
    why: "its URL holds the parameter token, and a lock file is committed",
    wayOut: GIVE,
  }),
  "whose URL holds a password": () => ({
    given: { source: `http://me:secret@${server.host}/a.img` },
    shown: `http://me:...@${server.host}/a.img`,
    why: "its URL holds a user name or password, and a lock file is committed",
    wayOut: GIVE,
  }),
  "that needs a password": () => ({
    given: { source: server.url("/a.img"), private: true },
    shown: server.url("/a.img"),
    why: "its download needs a user name and a password, which this command does not have",
    wayOut: GIVE,
  }),
  "that is packed as zip": () => {
    server.answers["/a.img"] = file(Buffer.concat([Buffer.from("PK\x03\x04"), ONE]));
    return {
      given: { source: server.url("/a.img"), unpacked: true },
      shown: server.url("/a.img"),
      why: "it is packed as zip, which this command does not unpack",
      wayOut: "give the image's 'digest' and 'storedDigest' in the code",
    };
  },
  "that is a file of another machine": () => ({
    given: { source: "own.img", kind: "file" as const },
    shown: "own.img",
    why: "there is no such file here",
    wayOut: `put it there, or ${GIVE}`,
  }),
  ...Object.fromEntries(
    [401, 403].map((code) => [
      `that the server keeps to itself with ${code}`,
      () => {
        server.answers["/a.img"] = status(code);
        return {
          given: { source: server.url("/a.img") },
          shown: server.url("/a.img"),
          why: `the server answers ${code}, as to whoever may not read it`,
          wayOut: GIVE,
        };
      },
    ]),
  ),
};
const EACH = Object.entries(CASES);

test.each(EACH)(
  "a source %s is left out where the code gives its digest, and the others are locked",
  async (_, make) => {
    const { given, shown, why } = make();
    const note = `note: ${shown} is not locked: ${why}; its digest in the code binds it`;
    app.declare({ ...given, ...digestOf(ONE) }, other());
    const ran = await app.run();
    expect({ code: ran.code, errors: ran.errors, last: ran.lines.at(-1) }).toStrictEqual({
      code: 0,
      errors: [note],
      last: "images.lock.json is written: 1 source",
    });
    expect(app.lock).toStrictEqual(otherEntry());
    expect(await app.run(["--check"])).toStrictEqual({
      code: 0,
      lines: ["nothing moved: 2 sources are as images.lock.json says"],
      errors: [note],
    });
  },
);

test.each(EACH)("fails when a source %s has no digest in the code, and says the way out", async (_, make) => {
  const { given, shown, why, wayOut } = make();
  app.declare(given, other());
  expect((await app.run()).errors).toStrictEqual([
    `${shown}: cannot be locked: ${why}; ${wayOut}`,
    "images.lock.json stays as it was: 1 of 2 sources failed",
  ]);
  expect(app.isLocked).toBe(false);
});

test("fails when only one of a source's images has a digest in the code", async () => {
  app.declare({ source: "own.img", kind: "file", ...digestOf(ONE) }, { source: "own.img", kind: "file" });
  expect((await app.run()).errors[0]).toMatch(/^own\.img: cannot be locked: there is no such file here; /);
});

test("what needs a password or must not be written down is not asked for", async () => {
  app.declare(
    { source: server.url("/a.img"), private: true, ...digestOf(ONE) },
    { source: server.url("/b.img?token=secret"), ...digestOf(ONE) },
  );
  await app.run();
  await app.run(["--check"]);
  expect(server.requests).toStrictEqual([]);
});

test("what needs a password is read from a mirror whose password is known", async () => {
  server.answers["/mirror/a.img"] = file(ONE);
  const source = "https://images.example/a.img";
  app.declare({ source, url: `http://me:secret@${server.host}/mirror/a.img`, private: true });
  expect(await app.run()).toMatchObject({ code: 0, errors: [] });
  expect(app.lock).toStrictEqual({ [source]: rawEntry(ONE) });
});

const stays = (shown: string, why: string) => `note: ${shown} is not read: ${why}; what is locked of it stays`;

describe("what is locked already", () => {
  const own = { source: "own.img", kind: "file" as const };
  beforeEach(async () => {
    writeFileSync(join(app.folder, "own.img"), ONE);
    app.declare(own);
    await app.run();
    rmSync(join(app.folder, "own.img"));
  });
  const note = stays("own.img", "there is no such file here");

  test.each([
    ["no digest", {}],
    ["the same digest", digestOf(ONE)],
  ])("stays when the file is on another machine, with %s in the code", async (_, digest) => {
    const before = readFileSync(app.lockFile, "utf8");
    app.declare({ ...own, ...digest });
    for (const words of [[], ["--update"], ["--check"]])
      expect(await app.run(words)).toMatchObject({ code: 0, errors: [note] });
    expect(readFileSync(app.lockFile, "utf8")).toBe(before);
  });

  test("goes when the code gives another digest, which binds the image then", async () => {
    app.declare({ ...own, ...digestOf(TWO) });
    expect(await app.run()).toStrictEqual({
      code: 0,
      lines: [
        "dropped own.img: it is not what the code wants, and cannot be locked anew",
        "images.lock.json is written: 0 sources",
      ],
      errors: ["note: own.img is not locked: there is no such file here; its digest in the code binds it"],
    });
    expect(app.lock).toStrictEqual({});
  });

  test("fails when the file is named, and not here", async () => {
    expect((await app.run(["--update", "own.img"])).errors[0]).toBe(
      `own.img: cannot be locked: there is no such file here; put it there, or ${GIVE}`,
    );
  });

  test("fails when it lacks a form that the code wants, and the file is not here", async () => {
    app.declare({ ...own, raw: true });
    expect((await app.run()).errors[0]).toMatch(/^own\.img: cannot be locked: there is no such file here; /);
  });
});

describe("a URL that was locked, and is kept to whoever has a password now", () => {
  const why = "the server answers 403, as to whoever may not read it";
  const source = () => ({ source: server.url("/latest/a.img") });
  beforeEach(async () => {
    server.answers["/latest/a.img"] = file(ONE);
    app.declare(source());
    await app.run();
    server.answers["/latest/a.img"] = status(403);
  });

  test("stays locked where the code gives its digest", async () => {
    app.declare({ ...source(), ...digestOf(ONE) });
    for (const words of [["--update"], ["--check"]])
      expect(await app.run(words)).toMatchObject({ code: 0, errors: [stays(server.url("/latest/a.img"), why)] });
    expect(app.lock).toStrictEqual({ [server.url("/latest/a.img")]: rawEntry(ONE) });
  });

  test("fails when nothing else binds it", async () => {
    for (const words of [["--update"], ["--check"]]) {
      const { code, errors } = await app.run(words);
      expect({ code, first: errors[0] }).toStrictEqual({
        code: 1,
        first: `${server.url("/latest/a.img")}: cannot be locked: ${why}; ${GIVE}`,
      });
    }
  });

  test("stays locked where the code says now that it needs one", async () => {
    app.declare({ ...source(), private: true });
    const note = stays(
      server.url("/latest/a.img"),
      "its download needs a user name and a password, which this command does not have",
    );
    for (const words of [["--update"], ["--check"]])
      expect(await app.run(words)).toMatchObject({ code: 0, errors: [note] });
  });
});

test("says what else keeps a source from being locked, though the code gives its digest", async () => {
  app.declare({ source: server.url("/gone.img"), ...digestOf(ONE) });
  expect((await app.run(["--check"])).lines).toStrictEqual([
    `${server.url("/gone.img")} (app/image0): not locked yet; run openstack-images lock`,
  ]);
  expect((await app.run()).errors[0]).toMatch(/gone\.img: the server answers 404/);
});
