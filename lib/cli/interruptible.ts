/** What a shell reports of a command that a signal ended. */
const CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

type Signal = keyof typeof CODES;

/** Lets an action tidy up when the process is told to end, and ends it then; one that had come to its end counts. */
export async function interruptible<T>(action: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  let received: Signal | undefined;
  // also when it comes twice: npx hands on what a terminal sends to all
  const stop = (signal: Signal) => {
    received ??= signal;
    controller.abort(new Error("it was interrupted"));
  };
  const signals = Object.keys(CODES) as Signal[];
  for (const signal of signals) process.on(signal, stop);
  try {
    return await action(controller.signal);
  } catch (error) {
    if (received === undefined) throw error;
    return process.exit(CODES[received]);
  } finally {
    for (const signal of signals) process.off(signal, stop);
  }
}
