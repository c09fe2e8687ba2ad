import { type Answer, type Asking, answered, type Described } from "./answer";
import { PassingError, withTries } from "./tries";

const GIB = 1024 ** 3;
/** So many more bytes than any try before, and the failures before do not count. */
const FURTHER_BYTES = 16 * 1024 * 1024;

/** What tells contents apart, as a message calls it. */
const CALLED = { sizeBytes: "size", etag: "ETag", lastModified: "Last-Modified" };

/** Who gets the bytes of a download. */
export interface Receiver {
  /** They come from the beginning, perhaps once more: what came before does not count. */
  start(described: Described): Promise<void>;
  /** More bytes; resolves when they need not be kept any longer. What it throws ends the download. */
  take(bytes: Buffer): Promise<void>;
}

/** A download as it was before it broke off. */
interface Broken {
  readonly described: Described;
  readonly receivedBytes: number;
  /** What tells that the rest is of the same bytes. */
  readonly validator?: string;
}

/** Reads all that lies at a URL. A connection that breaks off is taken up where it was, if the server can tell that the bytes are still the same. */
export async function download(url: URL, asking: Asking, maxBytes: number, receiver: Receiver): Promise<Described> {
  let broken: Broken | undefined;
  let best = 0;
  let countedBest = 0;
  const attempt = () =>
    answered(url, resumption(broken), broken ? [200, 206, 416] : [200], asking, async (answer) => {
      const { response, described } = answer;
      checkEncoding(response.headers["content-encoding"]);
      const from = broken;
      broken = undefined;
      if (response.statusCode === 416) throw new PassingError("the server does not send the rest of what it began");
      const isContinued = from !== undefined && continues(answer, from);
      const whole = isContinued ? from.described : described;
      checkSize(whole.sizeBytes ?? 0, maxBytes);
      if (!isContinued) await receiver.start(whole);
      let received = isContinued ? from.receivedBytes : 0;
      try {
        for (let bytes = await answer.next(); bytes !== undefined; bytes = await answer.next()) {
          received += bytes.length;
          checkSize(received, maxBytes);
          await receiver.take(bytes);
        }
      } catch (error) {
        if (!(error instanceof PassingError)) throw error;
        throw new PassingError(
          `${error.message} (after ${received} of ${whole.sizeBytes ?? "an unknown number of"} bytes)`,
        );
      } finally {
        best = Math.max(best, received);
        broken = { described: whole, receivedBytes: received, validator: validatorOf(whole) };
      }
      if (whole.sizeBytes !== undefined && received !== whole.sizeBytes)
        throw new PassingError(`the server promised ${whole.sizeBytes} bytes and sent ${received}`);
      return { ...whole, sizeBytes: received };
    });
  return withTries(asking, attempt, () => {
    const isFurther = best >= countedBest + FURTHER_BYTES;
    if (isFurther) countedBest = best;
    return isFurther;
  });
}

/** A small text at a URL. */
export async function downloadText(url: URL, asking: Asking, maxBytes: number): Promise<Buffer> {
  let pieces: Buffer[] = [];
  await download(url, asking, maxBytes, {
    start: async () => {
      pieces = [];
    },
    take: async (bytes) => {
      pieces.push(bytes);
    },
  });
  return Buffer.concat(pieces);
}

/** What a server says of what lies at a URL. Asks for one byte of it: many do not answer a HEAD as they do a GET. */
export async function describe(url: URL, asking: Asking): Promise<Described> {
  return withTries(asking, () =>
    answered(url, { range: "bytes=0-0" }, [200, 206, 416], asking, async ({ described }) => described),
  );
}

/** The headers that ask for the rest; none where nothing tells that it is of the same bytes. */
function resumption(broken: Broken | undefined): Record<string, string> {
  if (!broken?.validator || broken.receivedBytes === 0) return {};
  return { range: `bytes=${broken.receivedBytes}-`, "if-range": broken.validator };
}

/** A weak ETag does not tell bytes apart. */
function validatorOf({ etag, lastModified }: Described): string | undefined {
  return etag !== undefined && !etag.startsWith("W/") ? etag : lastModified;
}

/** Whether the answer is the rest; if not, it is all of it. Throws when it is another's rest, so that all is asked for anew. */
function continues({ response, described }: Answer, { described: before, receivedBytes }: Broken): boolean {
  if (response.statusCode === 200) return false;
  const range = response.headers["content-range"] ?? "";
  if (!range.startsWith(`bytes ${receivedBytes}-`))
    throw new PassingError(
      `asked for what follows byte ${receivedBytes}, the server sends the range ${JSON.stringify(range)}`,
    );
  // a server that ignores If-Range sends the rest of whatever is there now
  const other = (["sizeBytes", "etag", "lastModified"] as const).find(
    (key) => before[key] !== undefined && described[key] !== undefined && before[key] !== described[key],
  );
  if (other === undefined) return true;
  throw new PassingError(
    `what is there changed while it was read: its ${CALLED[other]} was ${before[other]}, and is ${described[other]}`,
  );
}

function checkEncoding(encoding = "identity"): void {
  if (encoding !== "identity")
    throw new Error(
      `the server packs it on its way (Content-Encoding: ${encoding}), unasked, so its own bytes are not known; download it and use ImageSource.fromFile`,
    );
}

function checkSize(bytes: number, maxBytes: number): void {
  if (bytes > maxBytes)
    throw new Error(
      `is larger than ${maxBytes % GIB === 0 ? `${maxBytes / GIB} GiB` : `${maxBytes} bytes`}, the most that is read`,
    );
}
