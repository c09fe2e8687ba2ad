import { randomBytes } from "node:crypto";
import type { RequestListener } from "node:http";
import { download } from "../../../lib/cli/http/download";
import { serve, stopServers } from "./server";

const [OLD, NEW] = [randomBytes(100_000), randomBytes(100_000)];
const [SATURDAY, SUNDAY] = ["Sat, 21 Nov 2026 12:00:00 GMT", "Sun, 22 Nov 2026 12:00:00 GMT"];

afterEach(stopServers);

/** Hangs up in the middle of the old build; has the new one then, and sends its rest whatever If-Range says. */
function replaced(before: Record<string, string>, after: Record<string, string>): RequestListener {
  let isOld = true;
  return (request, response) => {
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
    if (isOld) {
      isOld = false;
      response.writeHead(200, { ...before, "content-length": OLD.length });
      response.write(OLD.subarray(0, 40_000), () => response.destroy());
      return;
    }
    const range = { "content-range": `bytes ${from}-${NEW.length - 1}/${NEW.length}` };
    response.writeHead(from === 0 ? 200 : 206, { ...after, ...range, "content-length": NEW.length - from });
    response.end(NEW.subarray(from));
  };
}

async function fetched(listener: RequestListener): Promise<{ starts: number; bytes: Buffer }> {
  let starts = 0;
  let pieces: Buffer[] = [];
  const asking = {
    ...{ env: {}, signal: new AbortController().signal, isPrivate: () => true },
    ...{ stallMs: 5000, pauseMs: () => 1 },
  };
  await download(new URL(await serve(listener)), asking, 1e9, {
    async start() {
      starts++;
      pieces = [];
    },
    async take(bytes) {
      pieces.push(bytes);
    },
  });
  return { starts, bytes: Buffer.concat(pieces) };
}

test.each([
  ["Last-Modified", { "last-modified": SATURDAY }, { "last-modified": SUNDAY }],
  ["ETag", { etag: '"1"' }, { etag: '"2"' }],
  [
    "Last-Modified beside a weak ETag",
    { "last-modified": SATURDAY, etag: 'W/"1"' },
    { "last-modified": SUNDAY, etag: 'W/"1"' },
  ],
])("begins anew when the rest has another %s: two builds are not mixed", async (_, before, after) => {
  const { starts, bytes } = await fetched(replaced(before, after));
  expect({ starts, isNew: bytes.equals(NEW) }).toStrictEqual({ starts: 2, isNew: true });
});

test("goes on when the rest does not say of what it is: the server was told", async () => {
  const { starts, bytes } = await fetched(replaced({ "last-modified": SATURDAY }, {}));
  const received = bytes.findIndex((byte, i) => byte !== OLD[i]);
  expect(starts).toBe(1);
  expect(bytes.subarray(received).equals(NEW.subarray(received))).toBe(true);
});
