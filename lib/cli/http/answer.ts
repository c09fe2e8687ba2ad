import type { IncomingMessage, OutgoingHttpHeaders } from "node:http";
import { explained, isBusy, isPassing, wayOut } from "./failure";
import { type Following, followed, IDENTITY } from "./follow";
import { isOverrun } from "./get";
import { Patience } from "./patience";
import { PassingError, type Trying } from "./tries";

/** Asking as long as it takes, but not for ever. */
export interface Asking extends Following, Trying {
  /** How long a server may send nothing, or next to nothing. */
  readonly stallMs: number;
}

/** What a server says of what lies at a URL. */
export interface Described {
  readonly sizeBytes?: number;
  readonly etag?: string;
  readonly lastModified?: string;
}

/** An answer with another status than was asked for. */
export class StatusError extends Error {
  constructor(readonly status: number) {
    super(`the server answers ${status}${wayOut(status, "notInUrl")}`);
  }

  /** Whether there is nothing any longer. */
  get isGone(): boolean {
    return this.status === 404 || this.status === 410;
  }
}

/** An answer whose body has not been read. */
export interface Answer {
  readonly response: IncomingMessage;
  readonly described: Described;
  /** The next bytes of the body; undefined when it has ended. */
  next(): Promise<Buffer | undefined>;
}

/** Asks for a URL and hands on its answer, of a status that is expected. */
export async function answered<T>(
  url: URL,
  sent: OutgoingHttpHeaders,
  expected: readonly number[],
  asking: Asking,
  take: (answer: Answer) => Promise<T>,
): Promise<T> {
  const patience = new Patience(asking.stallMs, asking.signal);
  const fromServer = <V>(wait: Promise<V>): Promise<V> =>
    patience.wait(wait).catch((error) => {
      if (asking.signal.aborted) throw asking.signal.reason;
      throw failure(error, patience, asking.stallMs);
    });
  let response: IncomingMessage | undefined;
  try {
    const following = { ...asking, signal: patience.signal };
    const answer = (await fromServer(followed(url, following, { ...IDENTITY, ...sent }))).response;
    response = answer;
    checkStatus(answer, expected);
    const pieces = answer[Symbol.asyncIterator]();
    const next = async () => {
      const { done, value } = await fromServer(pieces.next());
      if (done && isOverrun(answer)) throw new Error("the server sends more bytes than it promised; tell who runs it");
      if (done) return undefined;
      patience.came(value.length);
      return value as Buffer;
    };
    return await take({ response: answer, described: describedBy(answer), next });
  } finally {
    patience.end();
    response?.destroy();
  }
}

function failure(error: NodeJS.ErrnoException, patience: Patience, stallMs: number): Error {
  if (patience.isOver)
    return new PassingError(`the server stopped sending: next to nothing came in ${stallMs / 1000} s`);
  return isPassing(error) ? new PassingError(explained(error)) : new Error(explained(error));
}

function checkStatus({ statusCode = 0 }: IncomingMessage, expected: readonly number[]): void {
  if (expected.includes(statusCode)) return;
  const error = new StatusError(statusCode);
  throw isBusy(statusCode) ? new PassingError(error.message) : error;
}

function describedBy({ statusCode, headers }: IncomingMessage): Described {
  const range = /^bytes (?:\d+-\d+|\*)\/(\d+)$/.exec(headers["content-range"] ?? "")?.[1];
  const size = Number(statusCode === 200 ? (headers["content-length"] ?? Number.NaN) : (range ?? Number.NaN));
  const { etag, "last-modified": lastModified } = headers;
  return {
    ...(Number.isSafeInteger(size) ? { sizeBytes: size } : {}),
    ...(etag ? { etag } : {}),
    ...(lastModified ? { lastModified } : {}),
  };
}
