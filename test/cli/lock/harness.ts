import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lock } from "../../../lib/cli/lock/run";
import type { Settings } from "../../../lib/cli/lock/settings";
import type { DeclaredImage } from "../../../lib/cli/lock/stacks";
import { lockedImage, NOW } from "../../content/locked-image";
import type { Printed } from "../command";
import { LoopbackServer } from "../http/server";

/** What the lock says of bytes that no format claims. */
export function rawEntry(bytes: Buffer, more: object = {}) {
  return { ...lockedImage(bytes, { diskFormat: "unknown", virtualSizeBytes: bytes.length }), ...more };
}

/** An app's folder with synthesized stacks, and `lock` in it. */
export class App {
  folder = "";

  make(): void {
    this.folder = mkdtempSync(join(tmpdir(), "lock-test-"));
    mkdirSync(this.temp);
  }

  get temp(): string {
    return join(this.folder, "temp");
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
  async run(words: string[] = [], settings: Partial<Settings> = {}): Promise<Printed> {
    return this.runBare(["--stacks", "cdktf.out", ...words], settings);
  }

  async runBare(words: string[], settings: Partial<Settings> = {}): Promise<Printed> {
    const lines: string[] = [];
    const errors: string[] = [];
    const code = await lock(
      words,
      { line: (text) => void lines.push(text), error: (text) => void errors.push(text) },
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

/** A server and an app, which each test of the file gets empty, and of which nothing may be left that was made for a while. */
export function newForEachTest(): { readonly server: LoopbackServer; readonly app: App } {
  const [server, app] = [new LoopbackServer(), new App()];
  beforeEach(async () => {
    await server.start();
    app.make();
  });
  afterEach(async () => {
    const { left } = app;
    app.remove();
    await server.stop();
    expect(left).toStrictEqual([]);
  });
  return { server, app };
}
