import { join } from "node:path";
import { run } from "../../lib/cli/run";

const ROOT = join(__dirname, "../..");

/** What Node runs the command with in a process of its own, without a build. The command's words follow. */
export const COMMAND = [
  ...[require.resolve("ts-node/dist/bin.js"), "--transpileOnly", "--project", join(ROOT, "tsconfig.check.json")],
  join(ROOT, "lib/cli/main.ts"),
];

/** Waits until it is so. It ends before a test does: a loop that goes on would keep Jest from its end. */
export async function until(isSo: () => boolean): Promise<void> {
  for (const end = Date.now() + 50_000; !isSo(); await new Promise((done) => setTimeout(done, 50))) {
    if (Date.now() > end) throw new Error(`not so after 50 s: ${isSo}`);
  }
}

/** What a command printed, and what it ended with. */
export interface Printed {
  readonly code: number;
  readonly lines: string[];
  readonly errors: string[];
}

/** Runs the command in this process, with its streams caught. */
export async function command(...words: string[]): Promise<Printed> {
  const lines: string[] = [];
  const errors: string[] = [];
  const caught = (to: string[]) => (text: unknown) => {
    to.push(...String(text).replace(/\n$/, "").split("\n"));
    return true;
  };
  const spies = [
    jest.spyOn(process.stdout, "write").mockImplementation(caught(lines)),
    jest.spyOn(process.stderr, "write").mockImplementation(caught(errors)),
  ];
  try {
    return { code: await run(words), lines, errors };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
