import { type Answer, type Asking, answered, type Described } from "./answer";
import { PassingError, withTries } from "./tries";

const GIB = 1024 ** 3;
/** So many more bytes than any try before, and the failures before do not count. */
const FURTHER_BYTES = 16 * 1024 * 1024;

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

/** Whether the answer is the rest; if not, it is all of it. */
function continues({ response, described }: Answer, broken: Broken): boolean {
  if (response.statusCode === 200) return false;
  const range = response.headers["content-range"] ?? "";
  const isNext = range.startsWith(`bytes ${broken.receivedBytes}-`);
  const isSame = (["sizeBytes", "etag"] as const).every(
    (key) =>
      broken.described[key] === undefined || described[key] === undefined || broken.described[key] === described[key],
  );
  if (isNext && isSame) return true;
  throw new PassingError(
    `asked for what follows byte ${broken.receivedBytes}, the server sends the range ${JSON.stringify(range)}`,
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
