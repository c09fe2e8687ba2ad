import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lock } from "../../../lib/cli/lock/run";
import type { Settings } from "../../../lib/cli/lock/settings";
import type { DeclaredImage } from "../../../lib/cli/lock/stacks";

/** What a run did. */
export interface Ran {
  readonly code: number;
  readonly lines: string[];
  readonly errors: string[];
}

export const NOW = "2026-11-21T12:00:00Z";

/** The digests and size of bytes. */
export function bytesOf(bytes: Buffer) {
  const hex = (algorithm: string) => createHash(algorithm).update(bytes).digest("hex");
  return { sizeBytes: bytes.length, sha512: hex("sha512"), sha256: hex("sha256"), md5: hex("md5") };
}

/** What the lock says of bytes that no format claims. */
export function rawEntry(bytes: Buffer, more: object = {}) {
  return {
    revision: 1,
    resolvedAt: NOW,
    diskFormat: "unknown",
    virtualSizeBytes: bytes.length,
    ...bytesOf(bytes),
    ...more,
  };
}

/** An app's folder with synthesized stacks, and `lock` in it. */
export class App {
  readonly folder = mkdtempSync(join(tmpdir(), "lock-test-"));
  readonly temp = join(this.folder, "temp");

  constructor() {
    mkdirSync(this.temp);
  }

  get lockFile(): string {
    return join(this.folder, "images.lock.json");
  }

  get lock(): Record<string, unknown> {
    return JSON.parse(readFileSync(this.lockFile, "utf8")).images;
  }

  get isLocked(): boolean {
    return existsSync(this.lockFile);
  }

  /** What is left in the folder for what is made meanwhile. */
  get left(): string[] {
    return readdirSync(this.temp);
  }

  /** Writes a stack with images, as the library does. */
  declare(...images: Partial<DeclaredImage>[]): void {
    this.declareBlocks(
      Object.fromEntries(
        images.map(({ path, name, ...entry }, index) => [
          `image${index}`,
          {
            "//": {
              metadata: { path: `${path ?? `app/image${index}`}/Default`, uniqueId: `image${index}` },
              openstackImage: { kind: "url", ...entry },
            },
            name: name ?? `image ${index}`,
          },
        ]),
      ),
    );
  }

  declareBlocks(blocks: object): void {
    const stack = join(this.folder, "cdktf.out", "stacks", "app");
    mkdirSync(stack, { recursive: true });
    writeFileSync(join(stack, "cdk.tf.json"), JSON.stringify({ resource: { openstack_images_image_v2: blocks } }));
  }

  /** Runs `lock --stacks cdktf.out` with more words. */
  async run(words: string[] = [], settings: Partial<Settings> = {}): Promise<Ran> {
    return this.runBare(["--stacks", "cdktf.out", ...words], settings);
  }

  async runBare(words: string[], settings: Partial<Settings> = {}): Promise<Ran> {
    const lines: string[] = [];
    const errors: string[] = [];
    const output = { line: (text: string) => lines.push(text), error: (text: string) => errors.push(text) };
    const code = await lock(
      words,
      { line: (text) => void output.line(text), error: (text) => void output.error(text) },
      {
        folder: this.folder,
        env: { PATH: process.env["PATH"] },
        temp: this.temp,
        terminal: { isTTY: false, columns: 80, write: () => true },
        signal: new AbortController().signal,
        stallMs: 2_000,
        pauseMs: () => 1,
        isPrivate: () => true,
        now: () => new Date(NOW),
        ...settings,
      },
    );
    return { code, lines, errors };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
