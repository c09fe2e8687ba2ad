import { get, type Way } from "../../../lib/cli/http/get";
import { serve, stopServers } from "./server";

afterEach(stopServers);

const way = (more: Partial<Way> = {}): Way => ({
  env: {},
  signal: new AbortController().signal,
  allows: () => true,
  ...more,
});

/** Reads an answer to its end, after which its connection could be used again. */
async function text(url: URL, how: Way): Promise<string> {
  let body = "";
  for await (const bytes of await get(url, {}, how)) body += bytes;
  return body;
}

test("fails when a name may not be asked that was asked before: no connection is kept", async () => {
  const url = new URL((await serve((_, response) => response.end("inside"))).replace("127.0.0.1", "localhost"));
  expect(await text(url, way())).toBe("inside");
  await expect(text(url, way({ allows: () => false }))).rejects.toThrow(
    "redirects from the Internet to localhost, which is an address of this network",
  );
});

test("a connection is for one request, also one to a proxy", async () => {
  const connections: (string | undefined)[] = [];
  const server = await serve((request, response) => {
    connections.push(request.headers.connection);
    response.end(request.url);
  });
  expect(await text(new URL(server), way())).toBe("/");
  const env = { HTTP_PROXY: server };
  expect(await text(new URL("http://mirror.example.org/x"), way({ env }))).toBe("http://mirror.example.org/x");
  expect(connections).toStrictEqual(["close", "close"]);
});
