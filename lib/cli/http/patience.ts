/** What must come within the time that one waits for it: a server that sends a byte now and then does not hold anybody up for ever. */
const ENOUGH_BYTES = 64 * 1024;

/** Ends a request whose server does not send. The time that its bytes take to be dealt with does not count. */
export class Patience {
  readonly signal: AbortSignal;
  /** Whether it ran out. */
  isOver = false;
  private readonly controller = new AbortController();
  private readonly follow: () => void;
  private leftMs: number;
  private bytes = 0;

  /** @param outer ends the request too */
  constructor(
    private readonly totalMs: number,
    private readonly outer: AbortSignal,
  ) {
    this.leftMs = totalMs;
    this.signal = this.controller.signal;
    this.follow = () => this.controller.abort(outer.reason);
    outer.addEventListener("abort", this.follow);
    if (outer.aborted) this.follow();
  }

  /** Waits for the server. */
  async wait<T>(answer: Promise<T>): Promise<T> {
    const start = performance.now();
    const timer = setTimeout(() => {
      this.isOver = true;
      this.controller.abort();
    }, this.leftMs);
    try {
      return await answer;
    } finally {
      clearTimeout(timer);
      this.leftMs -= performance.now() - start;
    }
  }

  /** Says that bytes came. */
  came(bytes: number): void {
    this.bytes += bytes;
    if (this.bytes < ENOUGH_BYTES) return;
    this.bytes = 0;
    this.leftMs = this.totalMs;
  }

  end(): void {
    this.outer.removeEventListener("abort", this.follow);
  }
}
