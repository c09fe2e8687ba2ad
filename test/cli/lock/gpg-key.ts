import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A PGP key of its own. */
export class GpgKey {
  readonly fingerprint: string;
  // short, as it holds sockets
  private readonly home = mkdtempSync(join(tmpdir(), "gpg-"));

  constructor(name: string) {
    this.gpg(["--quick-generate-key", `${name} <${name}@example.org>`, "ed25519", "sign", "never"]);
    const listed = this.gpg(["--with-colons", "--list-keys"]).toString();
    this.fingerprint = /^fpr:+([0-9A-F]+):/m.exec(listed)?.[1] ?? "";
  }

  exported(...options: string[]): Buffer {
    return this.gpg([...options, "--export"]);
  }

  /** What it makes of a text. */
  signed(text: string, how: "--clearsign" | "--detach-sign" | "--sign" = "--clearsign"): Buffer {
    return this.gpg([how], text);
  }

  remove(): void {
    spawnSync("gpgconf", ["--homedir", this.home, "--kill", "all"]);
    rmSync(this.home, { recursive: true, force: true });
  }

  private gpg(words: string[], input?: string): Buffer {
    const given = ["--homedir", this.home, "--batch", "--passphrase", "", "--pinentry-mode", "loopback", ...words];
    return execFileSync("gpg", given, { input, stdio: ["pipe", "pipe", "pipe"] });
  }
}
