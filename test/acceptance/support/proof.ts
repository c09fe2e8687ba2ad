import { appendFileSync } from "node:fs";

/** A line of docs/proof.md: what was done, and what the cloud said afterwards. */
export function saw(area: string, done: string, answer: string): void {
  const file = process.env.PROOF_FILE;
  if (file) appendFileSync(file, `${JSON.stringify({ area, done, answer })}\n`);
}
