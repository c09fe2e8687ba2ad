import { appendFileSync } from "node:fs";

/** A line of docs/proof.md. */
interface Proof {
  /** What of the library it shows, by the names of the API report, or an example. */
  readonly shows: readonly string[];
  readonly done: string;
  /** What the cloud said afterwards. */
  readonly seen: string;
  /** From the start of the test. */
  readonly seconds: number;
}

let started = Date.now();

/** Called before each test. */
export function startClock(): void {
  started = Date.now();
}

/** Notes what was done and what the cloud said afterwards. */
export function saw(shows: string | readonly string[], done: string, seen: string): void {
  const file = process.env.PROOF_FILE;
  const proof: Proof = {
    shows: [shows].flat(),
    done,
    seen,
    seconds: Math.round((Date.now() - started) / 1000),
  };
  if (file) appendFileSync(file, `${JSON.stringify(proof)}\n`);
}
