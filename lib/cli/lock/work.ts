import type { Asking } from "../http/answer";
import type { Transfers } from "./transfers";

/** What all of a run's reading shares. */
export interface Work {
  readonly asking: Asking;
  readonly transfers: Transfers;
  /** For what is made meanwhile. */
  readonly temp: string;
  readonly maxBytes: number;
  readonly maxUnpackedBytes: number;
  /** Whether servers are believed of what does not move, as they are of what does. */
  readonly quick: boolean;
  /** Where the bytes are kept too. */
  readonly mirror?: string;
  /** What time it is. */
  now(): Date;
  /** Says what its reader should know. */
  note(text: string): void;
}

/** What became of each, by its place; never more than `limit` at once. */
export async function inParallel<T, R>(
  items: readonly T[],
  limit: number,
  action: (item: T) => Promise<R>,
): Promise<PromiseSettledResult<R>[]> {
  const results: PromiseSettledResult<R>[] = [];
  const queue = items.entries();
  const worker = async () => {
    for (const [index, item] of queue) {
      results[index] = await action(item).then(
        (value) => ({ status: "fulfilled" as const, value }),
        (reason) => ({ status: "rejected" as const, reason }),
      );
    }
  };
  await Promise.all(Array.from({ length: limit }, worker));
  return results;
}
