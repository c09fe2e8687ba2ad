import { constants } from "node:fs";
import { type FileHandle, open, rm } from "node:fs/promises";
import { Hashing } from "../../content/hashing";
import type { Inspection } from "../../content/inspection/inspection";
import { KeptEnds } from "../../content/kept-ends";
import type { LockedBytes } from "../../content/lock-file";

/** Gets bytes piece by piece. */
export interface Sink<T> {
  /** Resolves when the bytes need not be kept any longer. */
  take(bytes: Uint8Array): Promise<void>;
  /** What became of them all. */
  end(): Promise<T>;
  /** Gives up; leaves nothing behind. After `end` it does nothing. */
  discard(): Promise<void>;
}

/** What bytes are. */
export interface Read {
  readonly bytes: LockedBytes;
  readonly inspection: Inspection;
  /** Where they are kept. */
  readonly file?: string;
}

/** Hashes bytes, looks at them, and keeps them in a file where one is wanted. */
export class Reading implements Sink<Read> {
  private readonly hashing = new Hashing();
  private readonly ends = new KeptEnds();
  private readonly writing?: Writing;
  private sizeBytes = 0;

  constructor(private readonly file?: string) {
    if (file !== undefined) this.writing = new Writing(file);
  }

  async take(bytes: Uint8Array): Promise<void> {
    this.sizeBytes += bytes.length;
    this.ends.take(bytes);
    await Promise.all([this.hashing.update(bytes), this.writing?.take(bytes)]);
  }

  async end(): Promise<Read> {
    const [digests] = await Promise.all([this.hashing.end(), this.writing?.end()]);
    return {
      bytes: { sizeBytes: this.sizeBytes, ...digests },
      inspection: this.ends.inspection(),
      ...(this.file === undefined ? {} : { file: this.file }),
    };
  }

  async discard(): Promise<void> {
    this.hashing.close();
    await this.writing?.discard();
  }
}

/** A file that is made. */
class Writing implements Sink<void> {
  private readonly opened: Promise<FileHandle>;

  constructor(private readonly path: string) {
    this.opened = open(path, "wx");
    // whoever takes or ends hears of it
    this.opened.catch(() => {});
  }

  async take(bytes: Uint8Array): Promise<void> {
    const file = await this.opened;
    for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at)).bytesWritten;
  }

  async end(): Promise<void> {
    const file = await this.opened;
    await file.sync();
    await file.close();
  }

  async discard(): Promise<void> {
    const file = await this.opened.catch(() => undefined);
    if (file === undefined) return;
    await file.close().catch(() => {});
    await rm(this.path, { force: true });
  }
}

/** Reads a file into a sink. */
export async function readInto(path: string, sink: Pick<Sink<unknown>, "take">, signal: AbortSignal): Promise<void> {
  // without waiting for the other end of a pipe
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const before = await file.stat({ bigint: true });
    if (!before.isFile()) throw new Error("it is not a regular file");
    for (;;) {
      signal.throwIfAborted();
      // a buffer of its own for each piece: a sink may still read the one before
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(1024 * 1024));
      if (bytesRead === 0) break;
      await sink.take(buffer.subarray(0, bytesRead));
    }
    const after = await file.stat({ bigint: true });
    if (before.size !== after.size || before.mtimeNs !== after.mtimeNs) throw new Error("it changed while it was read");
  } finally {
    await file.close();
  }
}
