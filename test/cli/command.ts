import { run } from "../../lib/cli/run";

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
