import { Worker } from "node:worker_threads";
import type { Digests } from "./lock-file";

const SLOT_BYTES = 1024 * 1024;
const SLOTS = 8;
/** What a thread computes: SHA-512 takes about as long as the other two together. */
const THREADS = [["sha512"], ["sha256", "md5"]];

// runs from text, since it has no file of its own where TypeScript is not compiled
const WORKER = `
const { parentPort, workerData } = require("node:worker_threads");
const { createHash } = require("node:crypto");
const streams = new Map();
parentPort.on("message", ({ id, slots, slot, length, isOver }) => {
  if (slots) streams.set(id, { slots, hashes: workerData.algorithms.map((algorithm) => [algorithm, createHash(algorithm)]) });
  const stream = streams.get(id);
  if (!stream) return;
  const { hashes } = stream;
  if (slot !== undefined) {
    const bytes = stream.slots[slot].subarray(0, length);
    for (const [, hash] of hashes) hash.update(bytes);
    parentPort.postMessage({ id, slot });
  }
  if (!isOver) return;
  streams.delete(id);
  parentPort.postMessage({ id, digests: Object.fromEntries(hashes.map(([algorithm, hash]) => [algorithm, hash.digest("hex")])) });
});`;

interface Reply {
  readonly id: number;
  /** What has been read, and may be filled again. */
  readonly slot?: number;
  readonly digests?: Partial<Digests>;
}

/** The threads, which all streams share: each costs about 10 MB and 50 ms. They do not keep the process from ending. */
const THREAD_POOL = {
  workers: undefined as readonly Worker[] | undefined,
  streams: new Map<number, Hashing>(),
};

function pool(): readonly Worker[] {
  THREAD_POOL.workers ??= THREADS.map((algorithms) => {
    const worker = new Worker(WORKER, { eval: true, workerData: { algorithms } });
    worker.on("message", (reply: Reply) => THREAD_POOL.streams.get(reply.id)?._take(reply));
    worker.on("error", (error) => {
      THREAD_POOL.workers = undefined;
      for (const stream of THREAD_POOL.streams.values()) stream._fail(error);
    });
    return worker;
  });
  return THREAD_POOL.workers;
}

let made = 0;

/** All digests of bytes that come piece by piece, in threads of their own and in memory of a fixed size. */
export class Hashing {
  private readonly id = made++;
  private readonly slots = Array.from({ length: SLOTS }, () => new Uint8Array(new SharedArrayBuffer(SLOT_BYTES)));
  /** How many threads still read a slot. */
  private readonly readers = new Array<number>(SLOTS).fill(0);
  private readonly workers: readonly Worker[];
  private readonly digests: Partial<Digests> = {};
  private failure?: Error;
  private wake: () => void = () => {};
  private next = 0;

  constructor() {
    this.workers = pool();
    THREAD_POOL.streams.set(this.id, this);
    for (const worker of this.workers) {
      worker.ref();
      worker.postMessage({ id: this.id, slots: this.slots });
    }
  }

  /** Takes more bytes; resolves when they need not be kept any longer. */
  async update(bytes: Uint8Array): Promise<void> {
    for (let start = 0; start < bytes.length; start += SLOT_BYTES) {
      const piece = bytes.subarray(start, start + SLOT_BYTES);
      const slot = this.next;
      await this.until(() => this.readers[slot] === 0);
      this.slots[slot]?.set(piece);
      this.readers[slot] = this.workers.length;
      this.next = (slot + 1) % SLOTS;
      for (const worker of this.workers) worker.postMessage({ id: this.id, slot, length: piece.length });
    }
  }

  /** The digests of all that came. */
  async end(): Promise<Digests> {
    for (const worker of this.workers) worker.postMessage({ id: this.id, isOver: true });
    await this.until(() => Object.keys(this.digests).length === THREADS.flat().length);
    this.close();
    return this.digests as Digests;
  }

  /** Gives up. After the end it does nothing. */
  close(): void {
    if (!THREAD_POOL.streams.delete(this.id)) return;
    this._fail(new Error("it was given up"));
    for (const worker of this.workers) {
      worker.postMessage({ id: this.id, isOver: true });
      if (THREAD_POOL.streams.size === 0) worker.unref();
    }
  }

  /** @internal */
  _take({ slot, digests }: Reply): void {
    if (slot !== undefined) this.readers[slot] = (this.readers[slot] ?? 0) - 1;
    Object.assign(this.digests, digests);
    this.wake();
  }

  /** @internal */
  _fail(error: Error): void {
    this.failure = error;
    this.wake();
  }

  private async until(isSo: () => boolean): Promise<void> {
    for (;;) {
      if (this.failure) throw this.failure;
      if (isSo()) return;
      await new Promise<void>((done) => {
        this.wake = done;
      });
    }
  }
}
