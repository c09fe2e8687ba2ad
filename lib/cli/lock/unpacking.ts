import type { Readable, Writable } from "node:stream";
import { createGunzip } from "node:zlib";
import { CannotBeLockedError } from "./cannot-be-locked";
import type { Sink } from "./sink";
import { type Running, Tool } from "./tool";

/** What a packed file begins with, and what unpacks it: Node itself, or a program with a limit of its own memory. */
const PACKINGS: readonly { begins: string; name: string; command?: readonly string[] }[] = [
  { begins: "\x1f\x8b", name: "gz" },
  { begins: "BZh", name: "bz2", command: ["bzip2", "-dc"] },
  { begins: "\xfd7zXZ\0", name: "xz", command: ["xz", "-dc", "--memlimit-decompress=1GiB"] },
  { begins: "\x28\xb5\x2f\xfd", name: "zst", command: ["zstd", "-dc"] },
];
const ZIP = "PK\x03\x04";
/** So many tell what something is packed as. */
export const MAGIC_BYTES = 6;

interface Unpacker {
  readonly name: string;
  readonly input: Writable;
  readonly output: Readable;
  /** Rejects when it fails. */
  readonly finished: Promise<void>;
}

/** Unpacks bytes as they come, and hands them on. */
export class Unpacking<T> implements Sink<T> {
  private start = Buffer.alloc(0);
  private unpacker?: Unpacker;
  /** That all was handed on; rejects as soon as it cannot be. */
  private handedOn: Promise<void> = Promise.resolve();
  private readonly stop = new AbortController();

  /** @param maxBytes what a small file may become: one that was made to fill a disk becomes much more */
  constructor(
    private readonly target: Sink<T>,
    private readonly maxBytes: number,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  async take(bytes: Uint8Array): Promise<void> {
    if (this.unpacker) return this.write(this.unpacker, bytes);
    this.start = Buffer.concat([this.start, bytes]);
    if (this.start.length >= MAGIC_BYTES) await this.begin();
  }

  async end(): Promise<T> {
    const { input } = this.unpacker ?? (await this.begin());
    input.end();
    await this.handedOn;
    return this.target.end();
  }

  async discard(): Promise<void> {
    this.stop.abort();
    await this.handedOn.catch(() => {});
    await this.unpacker?.finished.catch(() => {});
    await this.target.discard();
  }

  private async begin(): Promise<Unpacker> {
    const unpacker = unpackerOf(this.start, { env: this.env, signal: this.stop.signal });
    this.unpacker = unpacker;
    this.handedOn = this.handOn(unpacker);
    this.handedOn.catch(() => {});
    await this.write(unpacker, this.start);
    return unpacker;
  }

  /** Waits until the bytes are taken, so that never more than a few are on their way. */
  private async write({ input }: Unpacker, bytes: Uint8Array): Promise<void> {
    const written = new Promise<void>((resolve) => input.write(bytes, () => resolve()));
    // what comes behind the end of the packed bytes is nobody's; why it fails is known to those who hand on
    await Promise.race([written, this.handedOn]);
  }

  private async handOn({ name, output, finished }: Unpacker): Promise<void> {
    let sizeBytes = 0;
    try {
      for await (const bytes of output) {
        sizeBytes += bytes.length;
        if (sizeBytes > this.maxBytes)
          throw new Error(
            `unpacks to more than ${this.maxBytes} bytes; if that is right, allow more by --max-unpacked`,
          );
        await this.target.take(bytes);
      }
      await finished;
    } catch (error) {
      this.stop.abort();
      const { code, message } = error as NodeJS.ErrnoException;
      throw code?.startsWith("Z_") ? new Error(`cannot be unpacked as ${name}: ${message}`) : error;
    }
  }
}

/** Of the first bytes of what is declared as packed. */
export function checkUnpackable(start: Buffer): void {
  if (start.toString("latin1", 0, ZIP.length) !== ZIP) return;
  throw new CannotBeLockedError(
    "it is packed as zip, which this command does not unpack",
    "give the image's 'digest' and 'storedDigest' in the code",
  );
}

function unpackerOf(start: Buffer, running: Running): Unpacker {
  checkUnpackable(start);
  const packing = PACKINGS.find(({ begins }) => start.toString("latin1", 0, begins.length) === begins);
  if (packing === undefined) {
    const names = PACKINGS.map(({ name }) => name).join(", ");
    throw new Error(
      `is declared as packed, and is not (${names}); leave out decompress and decompressedByCloud, or unpack it yourself`,
    );
  }
  const { name, command } = packing;
  if (command === undefined) {
    const gunzip = createGunzip();
    running.signal.addEventListener("abort", () => gunzip.destroy());
    return { name, input: gunzip, output: gunzip, finished: Promise.resolve() };
  }
  const [program = "", ...words] = command;
  const { process, finished } = new Tool(program, words, `install it to lock what is packed as ${name}`, running);
  return { name, input: process.stdin, output: process.stdout, finished };
}
