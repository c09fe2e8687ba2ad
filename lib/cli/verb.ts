/**
 * What ends a command: nothing to say, something could not be done, something unsafe was found or there are changes, something moved or
 * blocks. A signal ends it by 128 and its number.
 */
export const ExitCode = { FINE: 0, FAILED: 1, UNSAFE: 2, CHANGES: 2, MOVED: 3, FINDINGS: 3 } as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** Where a command writes, line by line. */
export interface Output {
  line(text: string): void;
  error(text: string): void;
}

export interface Verb {
  readonly usage: string;
  readonly summary: string;
  /** What `--help` says of each option. */
  readonly options: Readonly<Record<string, string>>;
  /** Throws an `Error` for what its caller has to mend. */
  run(words: readonly string[], output: Output): Promise<ExitCode>;
}
