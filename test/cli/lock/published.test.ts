import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { DigestAlgorithm } from "../../../lib/content/digest";
import { lockText } from "../../../lib/content/lock-file";
import { bytesOf, lockedImage } from "../../content/locked-image";
import { file, status } from "../http/server";
import { GpgKey } from "./gpg-key";
import { newForEachTest, rawEntry } from "./harness";

const [BYTES, OTHER] = [randomBytes(10_000), randomBytes(10_000)];
const { sha512, sha256, md5 } = bytesOf(BYTES);
const { server, app } = newForEachTest();
beforeEach(() => {
  server.answers["/d/a.img"] = file(BYTES);
});

const image = (more: object = {}) => ({ source: server.url("/d/a.img"), ...more });
const upstream = () => (app.lock[server.url("/d/a.img")] as { upstream?: unknown }).upstream;
const failedFirst = async () => (await app.run()).errors[0];

test("looks beside the URL, the strongest first, and takes no web page for a checksum file", async () => {
  server.answers["/d/SHA512SUMS"] = status(200);
  server.answers["/d/sha256sum.txt"] = file(`${sha256}  a.img\n`);
  app.declare(image());
  await app.run();
  expect(upstream()).toStrictEqual({ algorithm: "sha256", hex: sha256, from: server.url("/d/sha256sum.txt") });
  const names = [
    "a.img.sha512",
    "SHA512SUMS",
    "SHA256SUMS",
    "CHECKSUM",
    "a.img.CHECKSUM",
    "a.img.sha256",
    "a.img.SHA256SUM",
  ];
  expect(server.requests).toStrictEqual(["a.img", ...names, "sha256sum.txt"].map((name) => `/d/${name}`));
});

test.each([
  ["a.img.sha512", sha512, "sha512"],
  ["SHA512SUMS", `${sha512} *a.img`, "sha512"],
  ["CHECKSUM", `SHA256 (a.img) = ${sha256}`, "sha256"],
  ["MD5SUMS", `${md5}  a.img`, "md5"],
] as const)("finds %s", async (name, text, algorithm) => {
  server.answers[`/d/${name}`] = file(text);
  app.declare(image());
  await app.run();
  expect(upstream()).toStrictEqual({ algorithm, hex: bytesOf(BYTES)[algorithm], from: server.url(`/d/${name}`) });
});

test("finds Fedora's, which is called after the build", async () => {
  const name = "Fedora-Cloud-Base-Generic-43-1.6.x86_64.qcow2";
  server.answers[`/d/${name}`] = file(BYTES);
  server.answers["/d/Fedora-Cloud-43-1.6-x86_64-CHECKSUM"] = file(`SHA256 (${name}) = ${sha256}\n`);
  app.declare({ source: server.url(`/d/${name}`) });
  await app.run();
  expect(app.lock[server.url(`/d/${name}`)]).toMatchObject({
    upstream: { hex: sha256, from: server.url("/d/Fedora-Cloud-43-1.6-x86_64-CHECKSUM") },
  });
});

test("the one that is given is the only one that is asked", async () => {
  server.answers["/sums"] = file(`${sha256}  a.img\n`);
  app.declare(image({ checksums: server.url("/sums") }));
  await app.run();
  expect(upstream()).toStrictEqual({ algorithm: "sha256", hex: sha256, from: server.url("/sums") });
  expect(server.requests).toStrictEqual(["/d/a.img", "/sums"]);
});

test("one that is published later is found when the image is locked anew", async () => {
  app.declare(image());
  await app.run();
  expect(upstream()).toBeUndefined();
  server.answers["/d/SHA256SUMS"] = file(`${sha256}  a.img\n`);
  await app.run(["--update", server.url("/d/a.img")]);
  expect(upstream()).toStrictEqual({ algorithm: "sha256", hex: sha256, from: server.url("/d/SHA256SUMS") });
});

test("a keyring that is not there any longer is missed, though nothing else is to be done", async () => {
  app.declare(image({ keyring: "keys.gpg" }));
  const upstream = { algorithm: DigestAlgorithm.SHA256, hex: sha256, from: server.url("/sums"), signedBy: "AB01" };
  writeFileSync(app.lockFile, lockText({ [server.url("/d/a.img")]: lockedImage(BYTES, { upstream }) }));
  expect(await failedFirst()).toContain("has to be signed, and the keyring ");
});

test("one that is given later is compared without another download", async () => {
  app.declare(image());
  await app.run();
  server.requests = [];
  server.answers["/sums"] = file(`${sha256}  a.img\n`);
  app.declare(image({ checksums: server.url("/sums") }));
  expect((await app.run()).lines).toStrictEqual([
    `completed ${server.url("/d/a.img")}`,
    "images.lock.json is written: 1 source",
  ]);
  expect({ upstream: upstream(), requests: server.requests }).toStrictEqual({
    upstream: { algorithm: "sha256", hex: sha256, from: server.url("/sums") },
    requests: ["/sums"],
  });
});

const GIVEN: Record<string, [string, string]> = {
  "lacks the image": [`${sha256}  b.img\n`, "does not name a.img, but b.img"],
  "names it twice": [
    `${sha256}  a.img\n${"0".repeat(64)}  a.img\n`,
    `names a.img twice, with sha256 ${sha256} and ${"0".repeat(64)}`,
  ],
  "holds no digest": ["hello\n", "holds no SHA-512, SHA-256 or MD5 digest"],
  "is a web page": ["<html>", "is a web page and no checksum file"],
};
test.each(Object.entries(GIVEN))("fails when the checksum file that is given %s", async (_, [text, said]) => {
  server.answers["/sums"] = file(text);
  app.declare(image({ checksums: server.url("/sums") }));
  expect(await failedFirst()).toBe(`${server.url("/d/a.img")}: ${server.url("/sums")} ${said}`);
  expect(app.isLocked).toBe(false);
});

test.each([403, 404])(
  "fails when the server answers %d for the checksum file that is given, and says for which",
  async (code) => {
    server.answers["/sums"] = status(code);
    app.declare(image({ checksums: server.url("/sums") }));
    expect(await failedFirst()).toBe(
      `${server.url("/d/a.img")}: its 'checksumsUrl' ${server.url("/sums")} cannot be had: the server answers ${code}`,
    );
  },
);

test.each(["lacks the image", "names it twice", "holds no digest"])(
  "one that was only found and %s is ignored, with a note",
  async (name) => {
    const [text = "", said] = GIVEN[name] ?? [];
    server.answers["/d/SHA256SUMS"] = file(text);
    app.declare(image());
    const { code, errors } = await app.run();
    expect({ code, errors }).toStrictEqual({
      code: 0,
      errors: [`note: ${server.url("/d/a.img")}: ${server.url("/d/SHA256SUMS")} ${said}, so it is ignored`],
    });
    expect(app.lock).toStrictEqual({ [server.url("/d/a.img")]: rawEntry(BYTES) });
  },
);

test.each([
  ["found", () => ({})],
  ["given", () => ({ checksums: server.url("/d/SHA256SUMS") })],
])("fails with an alarm when one that is %s disagrees with the bytes", async (_, more) => {
  server.answers["/d/SHA256SUMS"] = file(`${bytesOf(OTHER).sha256}  a.img\n`);
  app.declare(image(more()));
  expect(await failedFirst()).toBe(
    `${server.url("/d/a.img")}: DISAGREES WITH WHAT IS PUBLISHED: its sha256 is ${sha256}, and ${server.url("/d/SHA256SUMS")} says ` +
      `${bytesOf(OTHER).sha256}; either it is being replaced just now (try again later), or somebody changed it`,
  );
  expect(app.isLocked).toBe(false);
});

test("one that was found and is too large is ignored, with a note", async () => {
  server.answers["/d/SHA256SUMS"] = file(Buffer.alloc(9 * 1024 * 1024, "a\n"));
  app.declare(image());
  expect((await app.run()).errors).toStrictEqual([
    `note: ${server.url("/d/a.img")}: ${server.url("/d/SHA256SUMS")}: is larger than 8388608 bytes, the most that is read, so it is ignored`,
  ]);
});

test("fails when it cannot be found out whether there is one", async () => {
  server.answers["/d/SHA256SUMS"] = status(503);
  app.declare(image());
  expect(await failedFirst()).toBe(
    `${server.url("/d/a.img")}: ${server.url("/d/SHA256SUMS")}: the server answers 503; tried 4 times`,
  );
});

const missing = ["gpg", "gpgv"].filter((program) => spawnSync(program, ["--version"]).error).join(" and ");
const describeWithGpg = missing ? describe.skip : describe;

describeWithGpg(`with a keyring${missing ? ` (skipped: not installed: ${missing})` : ""}`, () => {
  const SUMS = `${sha256}  a.img\n`;
  let known: GpgKey;
  let stranger: GpgKey;

  beforeAll(() => {
    [known, stranger] = [new GpgKey("known"), new GpgKey("stranger")];
  }, 60_000);
  afterAll(() => {
    for (const key of [known, stranger]) key.remove();
  });
  beforeEach(() => {
    writeFileSync(join(app.folder, "keys.gpg"), known.exported());
    writeFileSync(join(app.folder, "keys.asc"), known.exported("--armor"));
    app.declare(image({ checksums: server.url("/sums"), keyring: "keys.gpg" }));
  });
  const from = () => ({ algorithm: "sha256", hex: sha256, from: server.url("/sums"), signedBy: known.fingerprint });

  test("a clear-signed file counts, and the lock says who signed it", async () => {
    server.answers["/sums"] = file(known.signed(SUMS));
    expect((await app.run()).errors).toStrictEqual([]);
    expect(upstream()).toStrictEqual(from());
  });

  test("keys may be written in letters", async () => {
    app.declare(image({ checksums: server.url("/sums"), keyring: "keys.asc" }));
    server.answers["/sums"] = file(known.signed(SUMS));
    await app.run();
    expect(upstream()).toStrictEqual(from());
  });

  test.each([".gpg", ".asc", ".sig", ".sign"])("a signature beside it (%s) counts", async (ending) => {
    server.answers["/sums"] = file(SUMS);
    server.answers[`/sums${ending}`] = file(known.signed(SUMS, "--detach-sign"));
    expect((await app.run()).errors).toStrictEqual([]);
    expect(upstream()).toStrictEqual(from());
  });

  test("a keyring that is given later asks for the signature", async () => {
    server.answers["/sums"] = file(known.signed(SUMS));
    app.declare(image({ checksums: server.url("/sums") }));
    await app.run();
    app.declare(image({ checksums: server.url("/sums"), keyring: "keys.gpg" }));
    await app.run();
    expect(upstream()).toStrictEqual(from());
  });

  test("what stands outside of the signed text does not count", async () => {
    const text = known.signed(`${bytesOf(OTHER).sha256}  b.img\n`).toString();
    server.answers["/sums"] = file(`${SUMS}${text}${SUMS}`);
    expect(await failedFirst()).toMatch(/sums (does not name a\.img, but b\.img|gpgv failed)/);
  });

  test("fails when several texts are signed", async () => {
    const text = known.signed(SUMS).toString();
    server.answers["/sums"] = file(text + text);
    expect(await failedFirst()).toContain("has several signed texts, and which one counts is not said");
  });

  test("fails when the text was changed after it was signed", async () => {
    const text = known.signed(`${bytesOf(OTHER).sha256}  a.img\n`).toString();
    server.answers["/sums"] = file(text.replace(bytesOf(OTHER).sha256, sha256));
    expect(await failedFirst()).toBe(
      `${server.url("/d/a.img")}: ${server.url("/sums")} has a BAD SIGNATURE: it was changed after known <known@example.org> signed it`,
    );
  });

  test("fails when a stranger signed it", async () => {
    server.answers["/sums"] = file(stranger.signed(SUMS));
    expect(await failedFirst()).toBe(
      `${server.url("/d/a.img")}: ${server.url("/sums")} is signed by no key of ${join(app.folder, "keys.gpg")}, but by ${stranger.fingerprint.slice(-16)}`,
    );
  });

  test("fails when what lies beside is no signature but a signed text of its own", async () => {
    server.answers["/sums"] = file(SUMS);
    server.answers["/sums.gpg"] = file(known.signed("hello\n", "--sign"));
    expect(await failedFirst()).toMatch(/not a detached signature|its signature is of another text/);
  });

  test("fails when it is not signed at all", async () => {
    server.answers["/sums"] = file(SUMS);
    expect(await failedFirst()).toContain(
      `${server.url("/sums")} has no signature in it and none beside it (.gpg, .asc, .sig, .sign), but a keyring is given`,
    );
  });

  test("fails when the keyring is not there", async () => {
    app.declare(image({ checksums: server.url("/sums"), keyring: "none.gpg" }));
    server.answers["/sums"] = file(known.signed(SUMS));
    expect(await failedFirst()).toContain(
      `has to be signed, and the keyring ${join(app.folder, "none.gpg")} cannot be read: ENOENT`,
    );
  });

  describe("and no checksum file given", () => {
    const wayOut = "; give 'checksumsUrl', or leave out 'checksumsKeyring'";
    const names = "a.img.sha512, SHA512SUMS, SHA256SUMS, CHECKSUM, a.img.CHECKSUM, a.img.sha256, a.img.SHA256SUM";
    const nothingSigned = () =>
      `${server.url("/d/a.img")}: has to be signed, for a keyring is given, and no signed file beside it gives its digest ` +
      `(tried ${names}, sha256sum.txt, MD5SUMS)${wayOut}`;
    beforeEach(() => app.declare(image({ keyring: "keys.gpg" })));

    test("one that is found beside the URL counts when it is signed", async () => {
      server.answers["/d/SHA256SUMS"] = file(known.signed(SUMS));
      expect((await app.run()).errors).toStrictEqual([]);
      expect(upstream()).toMatchObject({ from: server.url("/d/SHA256SUMS"), signedBy: known.fingerprint });
    });

    test("fails when nothing is found", async () => {
      expect(await failedFirst()).toBe(nothingSigned());
      expect(app.isLocked).toBe(false);
    });

    test("fails when the server shows a web page for all that it lacks", async () => {
      for (const name of ["SHA512SUMS", "SHA512SUMS.gpg", "SHA256SUMS"]) server.answers[`/d/${name}`] = status(200);
      expect(await failedFirst()).toBe(nothingSigned());
    });

    test("fails when what is signed does not name the image", async () => {
      server.answers["/d/SHA256SUMS"] = file(known.signed(`${sha256}  b.img\n`));
      expect(await failedFirst()).toBe(nothingSigned());
      expect(app.isLocked).toBe(false);
    });

    test("fails when what was locked before is to be signed now, and is not", async () => {
      app.declare(image());
      await app.run();
      app.declare(image({ keyring: "keys.gpg" }));
      expect(await failedFirst()).toBe(nothingSigned());
    });

    test("fails when the keyring is not there", async () => {
      app.declare(image({ keyring: "none.gpg" }));
      expect(await failedFirst()).toContain(
        `a.img: has to be signed, and the keyring ${join(app.folder, "none.gpg")} cannot be read: ENOENT`,
      );
      expect(app.isLocked).toBe(false);
    });

    test("fails when the source is a file, beside which nothing is looked for", async () => {
      writeFileSync(join(app.folder, "own.img"), BYTES);
      app.declare({ source: "own.img", kind: "file", keyring: "keys.gpg" });
      expect(await failedFirst()).toBe(
        `own.img: has to be signed, for a keyring is given, and no signed file was looked for beside it${wayOut}`,
      );
    });
  });

  test("fails when gpgv is not installed", async () => {
    server.answers["/sums"] = file(known.signed(SUMS));
    expect((await app.run([], { env: { PATH: "/nowhere" } })).errors[0]).toContain(
      "it needs the program gpgv, which is not installed; install it (package gpgv), or leave out the keyring",
    );
  });
});
