import { randomBytes } from "node:crypto";
import type { RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { createServer, type Server } from "node:net";
import type { Asking } from "../../../lib/cli/http/answer";
import { describe as described, download } from "../../../lib/cli/http/download";
import { droppedAfter, file, inTurn, LoopbackServer, status } from "./server";

const BYTES = randomBytes(300_000);
const ETAG = { etag: '"1"' };
const server = new LoopbackServer();
const asking = (more: Partial<Asking> = {}): Asking => ({
  env: {},
  signal: new AbortController().signal,
  stallMs: 300,
  pauseMs: () => 1,
  isPrivate: () => true,
  ...more,
});

beforeEach(() => server.start());
afterEach(() => server.stop());

/** What a receiver got in the end, and how often it began. */
async function received(url = server.url("/a"), maxBytes = 1e9, more: Partial<Asking> = {}) {
  let starts = 0;
  let pieces: Buffer[] = [];
  const said = await download(new URL(url), asking(more), maxBytes, {
    async start() {
      starts++;
      pieces = [];
    },
    async take(bytes) {
      pieces.push(bytes);
    },
  });
  return { said, starts, bytes: Buffer.concat(pieces) };
}

/** The same, where it is to be `BYTES`. */
async function fetched(...words: Parameters<typeof received>) {
  const { bytes, ...rest } = await received(...words);
  return { ...rest, isWhole: bytes.equals(BYTES) };
}

test("reads all, and what the server says of it", async () => {
  server.answers["/a"] = file(BYTES, { ...ETAG, "last-modified": "Sat, 21 Nov 2026 12:00:00 GMT" });
  expect(await fetched()).toStrictEqual({
    said: { sizeBytes: BYTES.length, etag: '"1"', lastModified: "Sat, 21 Nov 2026 12:00:00 GMT" },
    starts: 1,
    isWhole: true,
  });
});

test("a connection that breaks off is taken up where it was", async () => {
  server.answers["/a"] = inTurn(droppedAfter(100_000, BYTES, ETAG), file(BYTES, ETAG));
  expect(await fetched()).toStrictEqual({ said: { sizeBytes: BYTES.length, ...ETAG }, starts: 1, isWhole: true });
  expect(server.requests[0]).toBe("/a");
  expect(server.requests[1]).toMatch(/^\/a bytes=\d+-$/);
  expect(server.requests).toHaveLength(2);
});

test("a download begins again when other bytes are there meanwhile", async () => {
  server.answers["/a"] = inTurn(droppedAfter(100_000, randomBytes(300_000), { etag: '"0"' }), file(BYTES, ETAG));
  expect(await fetched()).toStrictEqual({ said: { sizeBytes: BYTES.length, ...ETAG }, starts: 2, isWhole: true });
});

describe("a server that has another build meanwhile, and sends the rest of it whatever If-Range says", () => {
  const [OLD, NEW] = [randomBytes(100_000), randomBytes(100_000)];
  const [SATURDAY, SUNDAY] = ["Sat, 21 Nov 2026 12:00:00 GMT", "Sun, 22 Nov 2026 12:00:00 GMT"];
  const replaced = (before: Record<string, string>, after: Record<string, string>) =>
    inTurn(droppedAfter(40_000, OLD, before), (request, response) => {
      // file() minds If-Range
      delete request.headers["if-range"];
      file(NEW, after)(request, response);
    });

  test.each([
    ["Last-Modified", { "last-modified": SATURDAY }, { "last-modified": SUNDAY }],
    ["ETag", { etag: '"1"' }, { etag: '"2"' }],
    [
      "Last-Modified beside a weak ETag",
      { "last-modified": SATURDAY, etag: 'W/"1"' },
      { "last-modified": SUNDAY, etag: 'W/"1"' },
    ],
  ])("is asked anew when the rest has another %s: two builds are not mixed", async (_, before, after) => {
    server.answers["/a"] = replaced(before, after);
    const { starts, bytes } = await received();
    expect({ starts, isNew: bytes.equals(NEW) }).toStrictEqual({ starts: 2, isNew: true });
  });

  test("is believed when the rest does not say of what it is: the server was told", async () => {
    server.answers["/a"] = replaced({ "last-modified": SATURDAY }, {});
    const { starts, bytes } = await received();
    const at = bytes.findIndex((byte, i) => byte !== OLD[i]);
    expect({ starts, isRest: bytes.subarray(at).equals(NEW.subarray(at)) }).toStrictEqual({ starts: 1, isRest: true });
  });
});

test.each([
  ["no validator", {}],
  ["a weak ETag", { etag: 'W/"1"' }],
])("a download begins again when the server gives %s", async (_, headers) => {
  server.answers["/a"] = inTurn(droppedAfter(100_000, BYTES, headers), file(BYTES, headers));
  expect(await fetched()).toStrictEqual({ said: { sizeBytes: BYTES.length, ...headers }, starts: 2, isWhole: true });
  expect(server.requests).toStrictEqual(["/a", "/a"]);
});

test("a download begins again when the rest is that of something else", async () => {
  const wrong = inTurn(
    droppedAfter(100_000, BYTES, ETAG),
    (_, response) => {
      response.writeHead(206, { "content-range": "bytes 7-9/10", "content-length": 3 }).end("abc");
    },
    file(BYTES, ETAG),
  );
  server.answers["/a"] = wrong;
  expect(await fetched()).toStrictEqual({ said: { sizeBytes: BYTES.length, ...ETAG }, starts: 2, isWhole: true });
});

test("a busy server is asked again", async () => {
  server.answers["/a"] = inTurn(status(503), status(429), file(BYTES));
  expect(await fetched()).toStrictEqual({ said: { sizeBytes: BYTES.length }, starts: 1, isWhole: true });
});

test("fails when the server is busy four times, having waited longer each time", async () => {
  server.answers["/a"] = status(503);
  const waits: number[] = [];
  const pauseMs = (failures: number) => {
    waits.push(failures);
    return 1;
  };
  await expect(fetched(undefined, undefined, { pauseMs })).rejects.toThrow(/^the server answers 503; tried 4 times$/);
  expect({ waits, requests: server.requests.length }).toStrictEqual({ waits: [1, 2, 3], requests: 4 });
});

test("fails when the server always drops the connection", async () => {
  server.answers["/a"] = droppedAfter(100_000, BYTES);
  await expect(fetched()).rejects.toThrow(/^was cut off: .* of 300000 bytes\); tried 4 times$/);
});

test("drops do not count while each try gets further", async () => {
  const large = randomBytes(17 * 1024 * 1024 * 2);
  const half = large.length / 2;
  // each try of the first six gets 17 MiB further or nothing
  const drop =
    (length: number): RequestListener =>
    (request, response) => {
      const from = Number(/=(\d+)-/.exec(request.headers.range ?? "=0-")?.[1]);
      const headers = {
        ...ETAG,
        "content-length": large.length - from,
        "content-range": `bytes ${from}-${large.length - 1}/${large.length}`,
      };
      response.writeHead(from === 0 ? 200 : 206, headers);
      response.write(large.subarray(from, Math.max(length, from + 1)), () => response.destroy());
    };
  server.answers["/a"] = inTurn(status(503), status(503), drop(half), status(503), status(503), file(large, ETAG));
  const { bytes, ...rest } = await received();
  expect({ ...rest, isWhole: bytes.equals(large) }).toStrictEqual({
    ...{ said: { sizeBytes: large.length, ...ETAG }, starts: 1 },
    isWhole: true,
  });
});

test("fails when there is nothing, at once", async () => {
  await expect(fetched()).rejects.toThrow("the server answers 404: there is nothing at this URL (any more)");
  expect(server.requests).toHaveLength(1);
});

test("fails when a password is wanted, and says the way out", async () => {
  server.answers["/a"] = status(401);
  await expect(fetched()).rejects.toThrow(
    "the server answers 401; where it wants a password, download the image yourself and give its 'digest' in the code",
  );
});

test("fails when the server stops sending", async () => {
  server.answers["/a"] = (_, response) => {
    response.writeHead(200, { "content-length": BYTES.length });
    response.write(BYTES.subarray(0, 1000));
  };
  await expect(fetched(undefined, undefined, { stallMs: 50 })).rejects.toThrow(
    "the server stopped sending: next to nothing came in 0.05 s (after 1000 of 300000 bytes); tried 4 times",
  );
});

test("fails when the server sends a byte now and then for ever", async () => {
  const timers: NodeJS.Timeout[] = [];
  server.answers["/a"] = (_, response) => {
    timers.push(setInterval(() => response.write("x"), 5));
  };
  await expect(fetched(undefined, undefined, { stallMs: 100 })).rejects.toThrow("next to nothing came in 0.1 s");
  for (const timer of timers) clearInterval(timer);
});

test("the time that the receiver takes is not the server's", async () => {
  // more than is on its way while the first piece is taken
  const large = Buffer.alloc(20_000_000);
  server.answers["/a"] = file(large);
  let pauseMs = 600;
  const take = async () => {
    if (pauseMs > 0) await new Promise<void>((resolve) => setTimeout(resolve, pauseMs));
    pauseMs = 0;
  };
  const said = await download(new URL(server.url("/a")), asking({ stallMs: 300 }), 1e9, {
    start: async () => {},
    take,
  });
  expect(said).toStrictEqual({ sizeBytes: large.length });
  expect(server.requests).toStrictEqual(["/a"]);
});

test("fails when it says that it is larger than allowed, before a byte is taken", async () => {
  server.answers["/a"] = file(BYTES);
  await expect(fetched(undefined, 1000)).rejects.toThrow("is larger than 1000 bytes, the most that is read");
});

test("fails when it never ends", async () => {
  server.answers["/a"] = (_, response) => {
    const more = () => response.write(BYTES, more);
    response.writeHead(200);
    more();
  };
  await expect(fetched(undefined, 5_000_000)).rejects.toThrow("is larger than 5000000 bytes, the most that is read");
});

test("fails when the server packs it on its way", async () => {
  server.answers["/a"] = file(BYTES, { "content-encoding": "gzip" });
  await expect(fetched()).rejects.toThrow(
    "the server packs it on its way (Content-Encoding: gzip), unasked, so its own bytes are not known; download it and use ImageSource.fromFile",
  );
});

test("fails when it redirects to a file", async () => {
  server.answers["/a"] = status(302, { location: "file:///etc/passwd" });
  await expect(fetched()).rejects.toThrow("redirects to file:, and only http and https are followed");
});

test("fails when it redirects from the Internet into this network", async () => {
  const inside = new LoopbackServer();
  await inside.start("127.0.0.2");
  inside.answers["/a"] = file(BYTES);
  server.answers["/a"] = status(302, { location: inside.url("/a") });
  const isPrivate = (address: string) => address === "127.0.0.2";
  await expect(fetched(undefined, undefined, { isPrivate })).rejects.toThrow(
    "redirects from the Internet to 127.0.0.2",
  );
  expect(inside.requests).toStrictEqual([]);
  await inside.stop();
});

test("what the receiver throws ends the download", async () => {
  server.answers["/a"] = file(BYTES);
  const take = async () => {
    throw new Error("no room");
  };
  await expect(download(new URL(server.url("/a")), asking(), 1e9, { start: async () => {}, take })).rejects.toThrow(
    "no room",
  );
  expect(server.requests).toHaveLength(1);
});

test("a request to end ends it with its reason, while it reads and while it waits", async () => {
  server.answers["/a"] = (_, response) => {
    response.writeHead(200);
    response.write(BYTES);
  };
  for (const more of [{ stallMs: 10_000 }, { stallMs: 10, pauseMs: () => 10_000 }]) {
    const controller = new AbortController();
    const running = fetched(undefined, undefined, { ...more, signal: controller.signal });
    setTimeout(() => controller.abort(new Error("enough")), 100);
    await expect(running).rejects.toThrow("enough");
  }
});

describe("a server that lies about the length", () => {
  let liar: Server;
  const lying = async (text: string, response: string) => {
    liar = createServer((connection) => {
      connection.on("error", () => {});
      connection.once("data", () => connection.end(response));
    });
    await new Promise<void>((resolve) => liar.listen(0, "127.0.0.1", resolve));
    return fetched(`http://127.0.0.1:${(liar.address() as AddressInfo).port}/${text}`);
  };
  afterEach(() => liar.close());

  test("fails when less comes than it promised", async () => {
    await expect(lying("less", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello")).rejects.toThrow(
      "(after 5 of 10 bytes); tried 4 times",
    );
  });

  test("fails when more comes than it promised", async () => {
    await expect(lying("more", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello, and more")).rejects.toThrow(
      "the server sends more bytes than it promised; tell who runs it",
    );
  });

  test("fails when its answer is no HTTP", async () => {
    await expect(lying("other", "hello\r\n\r\n")).rejects.toThrow("tried 4 times");
  });
});

test("says what lies there by one byte of it", async () => {
  server.answers["/a"] = file(BYTES, ETAG);
  expect(await described(new URL(server.url("/a")), asking())).toStrictEqual({ sizeBytes: BYTES.length, ...ETAG });
  expect(server.requests).toStrictEqual(["/a bytes=0-0"]);
});
