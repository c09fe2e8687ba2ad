import { execFileSync, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bytesOf } from "../../content/locked-image";
import { file } from "../http/server";
import { newForEachTest } from "./harness";

const BYTES = randomBytes(10_000);
const SUMS = `${bytesOf(BYTES).sha256}  a.img\n`;
/** Of the key that has expired since. */
const THEN = ["--faked-system-time", "20200601T000000"];

const hasGpg = ["gpg", "gpgv"].every((command) => spawnSync(command, ["--version"]).status === 0);
(hasGpg ? describe : describe.skip)("signed by two keys of the keyring (needs gpg)", () => {
  // a socket's path must be short
  const home = join(tmpdir(), `gpg2-${process.pid}`);
  const gpg = (...words: string[]) =>
    execFileSync("gpg", ["--homedir", home, "--batch", "--passphrase", "", "--pinentry-mode", "loopback", ...words], {
      stdio: "pipe",
    });
  const fingerprints: Record<string, string> = {};
  const signatures: Record<string, Buffer> = {};
  const makeKey = (user: string, expires: string, when: string[]) => {
    gpg(...when, "--quick-generate-key", `${user} <${user}@example.org>`, "ed25519", "sign", expires);
    const listed = gpg("--with-colons", "--list-keys", `${user}@example.org`).toString();
    fingerprints[user] = /^fpr:+([0-9A-F]+):/m.exec(listed)?.[1] ?? "";
    const text = join(home, "text");
    writeFileSync(text, SUMS);
    gpg(...when, "--local-user", `${user}@example.org`, "--output", join(home, user), "--detach-sign", text);
    signatures[user] = readFileSync(join(home, user));
  };
  /** What follows after what was signed: the key is no longer to be trusted. */
  const revoke = (user: string) => {
    const certificate = readFileSync(join(home, "openpgp-revocs.d", `${fingerprints[user]}.rev`), "utf8");
    // gpg puts a colon before it, so that nobody imports it by mistake
    writeFileSync(join(home, "revocation"), certificate.replace(":-----BEGIN", "-----BEGIN"));
    gpg("--import", join(home, "revocation"));
  };

  beforeAll(() => {
    mkdirSync(home, { mode: 0o700 });
    makeKey("expired", "1y", THEN);
    makeKey("revoked", "never", []);
    revoke("revoked");
    makeKey("good", "never", []);
  }, 60_000);
  afterAll(() => {
    spawnSync("gpgconf", ["--homedir", home, "--kill", "all"]);
    rmSync(home, { recursive: true, force: true });
  });

  const { server, app } = newForEachTest();
  beforeEach(() => {
    writeFileSync(join(app.folder, "keys.gpg"), gpg("--export"));
    server.answers["/a.img"] = file(BYTES);
    server.answers["/sums"] = file(SUMS);
    app.declare({ source: server.url("/a.img"), checksums: server.url("/sums"), keyring: "keys.gpg" });
  });

  const sign = (users: string[]) => {
    server.answers["/sums.gpg"] = file(Buffer.concat(users.map((user) => signatures[user] ?? Buffer.alloc(0))));
  };

  test.each([
    [["expired", "good"]],
    [["good", "expired"]],
    [["revoked", "good"]],
    [["good", "revoked"]],
    [["expired", "revoked", "good"]],
  ])("the lock names the good one of %j", async (users) => {
    sign(users);
    expect((await app.run()).errors).toStrictEqual([]);
    expect(app.lock[server.url("/a.img")]).toMatchObject({ upstream: { signedBy: fingerprints["good"] } });
  });

  test.each([[["expired"]], [["revoked"]], [["expired", "revoked"]]])(
    "fails when %j is all there is",
    async (users) => {
      sign(users);
      expect((await app.run()).errors[0]).toMatch(
        /is signed by \w+ <.*>, whose key or signature has expired or was revoked$/,
      );
      expect(app.isLocked).toBe(false);
    },
  );
});
