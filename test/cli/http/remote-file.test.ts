import type { RequestListener } from "node:http";
import { inspectUrl, type RemoteSettings } from "../../../lib/cli/http/remote-file";
import { content, qcow2, raw, vhdx } from "../../content/inspection/contents";
import { codesOf, inspectBytes } from "../../content/inspection/read";
import { file, serve, stopServers } from "./server";

const SETTINGS: RemoteSettings = { env: {}, timeoutMs: 5000, isPrivate: () => true };

afterEach(stopServers);

async function inspectFrom(listener: RequestListener, settings: Partial<RemoteSettings> = {}) {
  return inspectUrl(`${await serve(listener)}/disk.img`, { ...SETTINGS, ...settings });
}

test("fetches the ranges that it needs, and no more", async () => {
  const ranges: (string | undefined)[] = [];
  const bytes = vhdx();
  const seen = await inspectFrom((request, response) => {
    ranges.push(request.headers.range);
    file(bytes)(request, response);
  });
  expect(seen).toStrictEqual(inspectBytes(bytes));
  expect(ranges).toStrictEqual([
    "bytes=0-65535",
    "bytes=1047040-1048575",
    "bytes=196608-262143",
    "bytes=524288-589823",
    "bytes=589824-589831",
    "bytes=589832-589839",
  ]);
});

test("says that a file is empty", async () => {
  expect(await inspectFrom(file(""))).toMatchObject({ format: "empty" });
});

test("reads the first bytes of a server without ranges, and hangs up", async () => {
  let isClosed: Promise<void> | undefined;
  const seen = await inspectFrom((_, response) => {
    isClosed = new Promise((resolve) => response.once("close", resolve));
    response.writeHead(200, { "content-length": 10 * 1024 ** 3 });
    const send = () => {
      while (!response.destroyed && response.write(qcow2())) {}
    };
    response.on("drain", send);
    send();
  });
  expect(seen).toMatchObject({ format: "qcow2", sizeBytes: 10 * 1024 ** 3 });
  expect(codesOf(seen)).toStrictEqual(["HeadOnly"]);
  await isClosed;
});

test("needs no ranges of a file that is smaller than one", async () => {
  const seen = await inspectFrom((_, response) => response.end("<!DOCTYPE html>"));
  expect(seen).toMatchObject({ format: "text", sizeBytes: 15, findings: [{ code: "NotAnImage" }] });
});

test("takes the first bytes where nobody knows how many there are", async () => {
  const bytes = qcow2().subarray(0, 65536);
  const seen = await inspectFrom((_, response) => {
    response.writeHead(206, { "content-range": "bytes 0-65535/*" }).end(bytes);
  });
  expect(seen).toMatchObject({ format: "qcow2" });
  expect(codesOf(seen)).toStrictEqual(["HeadOnly"]);
});

test("passes a password on that stands in the URL", async () => {
  const server = await serve((request, response) => {
    const isKnown = request.headers.authorization === `Basic ${Buffer.from("user:p@ss").toString("base64")}`;
    if (isKnown) file(raw())(request, response);
    else response.writeHead(401).end();
  });
  expect(await inspectUrl(`${server.replace("//", "//user:p%40ss@")}/disk`, SETTINGS)).toMatchObject({ format: "raw" });
  await expect(inspectUrl(`${server}/disk`, SETTINGS)).rejects.toThrow(
    "the server answers 401; a password belongs into the URL: https://USER:PASSWORD@...",
  );
});

const answer =
  (status: number, headers: Record<string, string | number>, body: Buffer | string = ""): RequestListener =>
  (_, response) => {
    response.writeHead(status, headers).end(body);
  };
const once =
  (first: RequestListener, later: RequestListener): RequestListener =>
  (request, response) =>
    (request.headers.range?.startsWith("bytes=0-") ? first : later)(request, response);
const good = file(raw());

test.each<[string, RequestListener, string]>([
  ["there is nothing", answer(404, {}), "the server answers 404: there is nothing at this URL (any more)"],
  ["the server has an error", answer(503, {}), "the server answers 503; try again later"],
  [
    "another range is sent",
    answer(206, { "content-range": "bytes 100-199/4194304" }, Buffer.alloc(100)),
    'asked for 65536 bytes at 0, the server sends the range "bytes 100-199/4194304"; download it and inspect the file',
  ],
  [
    "no range is named",
    answer(206, {}, Buffer.alloc(100)),
    'asked for 65536 bytes at 0, the server sends the range ""; download it and inspect the file',
  ],
  [
    "more is promised than was asked for",
    answer(206, { "content-range": "bytes 0-99999/4194304" }, Buffer.alloc(100_000)),
    'asked for 65536 bytes at 0, the server sends the range "bytes 0-99999/4194304"; download it and inspect the file',
  ],
  [
    "the size is absurd",
    answer(206, { "content-range": `bytes 0-65535/${"9".repeat(30)}` }, Buffer.alloc(65536)),
    `asked for 65536 bytes at 0, the server sends the range "bytes 0-65535/${"9".repeat(30)}"; download it and inspect the file`,
  ],
  [
    "less comes than was promised",
    answer(206, { "content-range": "bytes 0-65535/4194304" }, Buffer.alloc(100)),
    "asked for 65536 bytes at 0, the server sent 100; try again",
  ],
  [
    "the connection is dropped",
    (_, response) => {
      response.writeHead(206, { "content-range": "bytes 0-65535/4194304", "content-length": 65536 });
      response.write(Buffer.alloc(100), () => response.destroy());
    },
    "was cut off: the server dropped the connection; try again (ECONNRESET)",
  ],
  [
    "the connection is dropped at once",
    (request) => request.destroy(),
    "was cut off: the server dropped the connection; try again (ECONNRESET)",
  ],
  [
    "the server said that it has more than it has",
    once(answer(206, { "content-range": `bytes 0-65535/${10 ** 12}` }, Buffer.alloc(65536)), answer(416, {})),
    "the server answers 416",
  ],
  [
    "the file changes meanwhile",
    once(good, (request, response) => {
      const [, from, to] = /(\d+)-(\d+)/.exec(request.headers.range ?? "") ?? [];
      const length = Number(to) - Number(from) + 1;
      response.writeHead(206, { "content-range": `bytes ${from}-${to}/9999999` }).end(Buffer.alloc(length));
    }),
    "changed while it was read, from 4194304 to 9999999 bytes; try again",
  ],
  [
    "the server packs on its own",
    answer(200, { "content-encoding": "gzip" }, "x"),
    "the server packs it on its way (gzip), unasked; download it and inspect the file",
  ],
  [
    "it redirects to a file",
    answer(302, { location: "file:///etc/passwd" }),
    "redirects to file:, and only http and https are followed",
  ],
  [
    "it redirects for ever",
    answer(302, { location: "/again" }),
    "redirects more than 5 times; give the URL where it ends",
  ],
])("fails when %s", async (_, listener, message) => {
  await expect(inspectFrom(listener)).rejects.toThrow(new Error(message));
});

test.each<[string, RequestListener]>([
  ["answers", () => {}],
  ["ends its headers", (_, response) => response.socket?.write("HTTP/1.1 200 OK\r\nx: ")],
  [
    "ends, and trickles",
    (_, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write("x"), 20);
      response.once("close", () => clearInterval(timer));
    },
  ],
])("fails when a server never %s", async (_, listener) => {
  await expect(inspectFrom(listener, { timeoutMs: 300 })).rejects.toThrow(
    new Error("was not read within 0.3 s; try again, or download it and inspect the file"),
  );
});

test("fails when nothing listens or the host is unknown", async () => {
  const server = await serve(good);
  stopServers();
  await expect(inspectUrl(`${server}/x`, SETTINGS)).rejects.toThrow(
    "cannot be connected to: nothing listens there (ECONNREFUSED)",
  );
  await expect(inspectUrl("http://nowhere.invalid/x", SETTINGS)).rejects.toThrow(/^has a host that is not known/);
});

describe("redirects", () => {
  /** 127.0.0.1 stands for the Internet, 127.0.0.2 for this network. */
  const isPrivate = (address: string) => address === "127.0.0.2";
  const settings = { ...SETTINGS, isPrivate };

  async function inside(): Promise<string> {
    return serve(good, "127.0.0.2");
  }

  test("are followed, also from an address of this network to another", async () => {
    const target = await inside();
    expect(await inspectFrom(answer(307, { location: `${target}/x` }))).toMatchObject({ format: "raw" });
    const start = await serve(answer(308, { location: `${target}/x` }), "127.0.0.2");
    expect(await inspectUrl(start, settings)).toMatchObject({ format: "raw" });
  });

  test("are followed within the Internet", async () => {
    const target = await serve(good);
    const start = await serve(answer(301, { location: target }));
    expect(await inspectUrl(start, settings)).toMatchObject({ format: "raw" });
  });

  const REFUSED = "which is an address of this network; give that URL itself if you mean it";

  test("fail when they lead from the Internet to an address of this network", async () => {
    const start = await serve(answer(302, { location: await inside() }));
    await expect(inspectUrl(start, settings)).rejects.toThrow(
      new Error(`redirects from the Internet to 127.0.0.2, ${REFUSED}`),
    );
  });

  test("fail when they lead from the Internet to a name that is of this network", async () => {
    const target = (await serve(good)).replace("127.0.0.1", "localhost");
    const start = await serve(answer(302, { location: target }), "127.0.0.2");
    const isOther = (address: string) => address !== "127.0.0.2";
    await expect(inspectUrl(start, { ...settings, isPrivate: isOther })).rejects.toThrow(
      new Error(`redirects from the Internet to localhost, ${REFUSED}`),
    );
  });

  test.each(["http://127.0.0.2/x", "http://localhost/x", "http://[::1]/x"])(
    "fail when they lead to %s through a proxy, which is of this network itself",
    async (location) => {
      const proxy = await serve(answer(302, { location }));
      const env = { HTTP_PROXY: proxy };
      await expect(
        inspectUrl("http://mirror.example.org/x", { ...settings, env, isPrivate: () => true }),
      ).rejects.toThrow(/^redirects from the Internet to (127\.0\.0\.2|localhost|\[::1\]), which is/);
    },
  );

  test("fail also when they come back by way of the Internet", async () => {
    const target = await inside();
    const second = await serve(answer(302, { location: target }));
    const start = await serve(answer(302, { location: second }), "127.0.0.2");
    await expect(inspectUrl(start, settings)).rejects.toThrow(/^redirects from the Internet to 127\.0\.0\.2/);
  });
});

test("reads a disk of many parts over the network as from a file", async () => {
  const bytes = content(300_000, {
    0: "QFI\xfb\0\0\0\x03",
    8: Buffer.from("0000000000030d40", "hex"),
    16: "\0\0\0\x04",
    200000: "base",
  });
  expect(await inspectFrom(file(bytes))).toStrictEqual(inspectBytes(bytes));
});
