import type { IncomingMessage } from "node:http";
import { type Content, inspect } from "../../content/inspection/inspect";
import { HEAD_BYTES, type Inspection } from "../../content/inspection/inspection";
import { parseSlowly, type Range } from "../../content/inspection/parser";
import { isPrivateAddress } from "./address";
import { explained, isBusy, wayOut } from "./failure";
import { followed, IDENTITY } from "./follow";
import { get } from "./get";

/** What tests set otherwise. */
export interface RemoteSettings {
  readonly env: NodeJS.ProcessEnv;
  /** For all that one URL needs. */
  readonly timeoutMs: number;
  isPrivate(address: string): boolean;
}

const SETTINGS: RemoteSettings = { env: process.env, timeoutMs: 60_000, isPrivate: isPrivateAddress };

const HEAD: Range = { offset: 0, length: HEAD_BYTES };

/** Inspects what lies at a URL, of which it reads only the ranges that it needs. */
export async function inspectUrl(location: string, settings: RemoteSettings = SETTINGS): Promise<Inspection> {
  const { timeoutMs } = settings;
  const ending = new AbortController();
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    ending.abort();
  }, timeoutMs);
  try {
    const file = await open(new URL(location), { ...settings, signal: ending.signal });
    return await parseSlowly(inspect(file.content), file.read);
  } catch (error) {
    if (isLate)
      throw new Error(`was not read within ${timeoutMs / 1000} s; try again, or download it and inspect the file`);
    throw new Error(explained(error as NodeJS.ErrnoException));
  } finally {
    clearTimeout(timer);
    // hangs up on whoever still sends
    ending.abort();
  }
}

interface RemoteFile {
  readonly content: Content;
  readonly read: (range: Range) => Promise<Buffer>;
}

/** Finds out how large it is, and whether the server sends ranges, while it reads the first bytes. */
async function open(start: URL, settings: RemoteSettings & { readonly signal: AbortSignal }): Promise<RemoteFile> {
  const { url, response, way } = await followed(start, settings, headersFor(HEAD));
  checkEncoding(response);
  if (response.statusCode === 416 && response.headers["content-range"] === "bytes */0")
    return held({ sizeBytes: 0 }, Buffer.alloc(0));
  if (response.statusCode === 200) return withoutRanges(response);

  const { bytes: head, total } = await partOf(response, HEAD);
  if (total === undefined) return held({ headOnly: "the server does not say how large it is" }, head);
  const read = async (range: Range) => {
    const { offset, length } = range;
    if (offset + length <= head.length) return head.subarray(offset, offset + length);
    if (offset >= total) return Buffer.alloc(0);
    const part = await partOf(await get(url, headersFor(range), way), range);
    if (part.total !== total)
      throw new Error(`changed while it was read, from ${total} to ${part.total} bytes; try again`);
    return part.bytes;
  };
  return { content: { sizeBytes: total }, read };
}

function headersFor({ offset, length }: Range): Record<string, string> {
  return { ...IDENTITY, range: `bytes=${offset}-${offset + length - 1}` };
}

/** A server that sends all from the beginning: what comes first is read, and the rest hung up on. */
async function withoutRanges(response: IncomingMessage): Promise<RemoteFile> {
  const head = await bodyOf(response, HEAD_BYTES);
  if (head.length < HEAD_BYTES) return held({ sizeBytes: head.length }, head);
  const claimed = Number(response.headers["content-length"] ?? Number.NaN);
  const headOnly = "the server does not send ranges; download it and inspect the file";
  return held({ headOnly, ...(Number.isSafeInteger(claimed) ? { sizeBytes: claimed } : {}) }, head);
}

/** A file of which there are the first bytes only. */
function held(content: Content, head: Buffer): RemoteFile {
  return { content, read: async ({ offset, length }) => head.subarray(offset, offset + length) };
}

/** The bytes of a range and the size of all, when the answer is what was asked for. */
async function partOf(
  response: IncomingMessage,
  { offset, length }: Range,
): Promise<{ bytes: Buffer; total?: number }> {
  const { statusCode = 0, headers } = response;
  if (statusCode !== 206) {
    response.destroy();
    const advice = isBusy(statusCode) ? "; try again later" : wayOut(statusCode, "inUrl");
    throw new Error(`the server answers ${statusCode}${advice}`);
  }
  checkEncoding(response);
  const range = headers["content-range"] ?? "";
  const [, from, to, all] = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(range)?.map(Number) ?? [];
  const total = range.endsWith("/*") ? undefined : all;
  const expected = Math.min(length, (total ?? to + 1) - offset);
  if (from !== offset || to - from + 1 !== expected || (total !== undefined && !Number.isSafeInteger(total))) {
    response.destroy();
    throw new Error(
      `asked for ${length} bytes at ${offset}, the server sends the range ${JSON.stringify(range)}; download it and inspect the file`,
    );
  }
  const bytes = await bodyOf(response, expected);
  if (bytes.length !== expected)
    throw new Error(`asked for ${expected} bytes at ${offset}, the server sent ${bytes.length}; try again`);
  return { bytes, total };
}

/** The body, but no more than that. */
async function bodyOf(response: IncomingMessage, length: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    chunks.push(chunk);
    size += chunk.length;
    // leaving the loop hangs up
    if (size >= length) break;
  }
  return Buffer.concat(chunks).subarray(0, length);
}

function checkEncoding({ headers }: IncomingMessage): void {
  const encoding = headers["content-encoding"] ?? "identity";
  if (encoding !== "identity")
    throw new Error(`the server packs it on its way (${encoding}), unasked; download it and inspect the file`);
}
