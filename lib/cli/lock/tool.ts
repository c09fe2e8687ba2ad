import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";

/** The most that is kept of what a program complains of. */
const COMPLAINT_CHARACTERS = 2000;

/** What a program runs with. */
export interface Running {
  readonly env: NodeJS.ProcessEnv;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/** A program of the system. */
export class Tool {
  readonly process: ChildProcessWithoutNullStreams;
  /** Rejects when it cannot be run, fails, or is ended. */
  readonly finished: Promise<void>;
  private complaint = "";

  /** @param wayOut what to do when there is no such program */
  constructor(
    private readonly command: string,
    words: readonly string[],
    private readonly wayOut: string,
    { env, signal }: Running,
  ) {
    this.process = spawn(command, words, { env: { ...env, LC_ALL: "C" }, signal });
    // what it does not read any more shows by its end
    this.process.stdin.on("error", () => {});
    this.process.stderr.on("data", (text) => {
      this.complaint = `${this.complaint}${text}`.slice(-COMPLAINT_CHARACTERS);
    });
    this.finished = new Promise((resolve, reject) => {
      this.process.on("error", (error) => reject(signal.aborted ? signal.reason : this.failure(error)));
      this.process.on("close", (code, by) => (code === 0 ? resolve() : reject(this.failureWith(code ?? by))));
    });
    // whoever waits hears of it
    this.finished.catch(() => {});
  }

  private failure(error: NodeJS.ErrnoException): Error {
    if (error.code !== "ENOENT") return error;
    return new Error(`it needs the program ${this.command}, which is not installed; ${this.wayOut}`);
  }

  private failureWith(end: number | string | null): Error {
    return new Error(`${this.command} failed (${end}): ${this.complaint.trim()}`);
  }
}
