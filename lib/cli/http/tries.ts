/** How often something is tried before it is given up. */
export const TRIES = 4;

/** What may go well the next time: a connection that was dropped, a server that is busy. */
export class PassingError extends Error {}

/** What went wrong in passing so often that it is given up. */
export class GivenUpError extends Error {}

/** How to try again. */
export interface Trying {
  readonly signal: AbortSignal;
  /** How long to wait after so many failures in a row. */
  pauseMs(failures: number): number;
}

/** 1 s, 2 s, 4 s, each up to a quarter longer, so that many do not come back at once. */
export function growingPause(failures: number): number {
  return 1000 * 2 ** (failures - 1) * (1 + Math.random() / 4);
}

/**
 * Tries until it goes well, or fails for good, or fails in passing so many times in a row.
 * @param isFurther whether the last try got further than any before, so that those do not count any longer
 */
export async function withTries<T>(
  { signal, pauseMs }: Trying,
  attempt: () => Promise<T>,
  isFurther: () => boolean = () => false,
): Promise<T> {
  for (let failures = 1; ; failures++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof PassingError)) throw error;
      if (isFurther()) failures = 1;
      if (failures >= TRIES) throw new GivenUpError(`${error.message}; tried ${TRIES} times`);
    }
    await pause(pauseMs(failures), signal);
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, ms);
    signal.addEventListener("abort", stop, { once: true });
    if (signal.aborted) stop();
  });
}
