import type { RequestListener } from "node:http";
import { followed } from "../../../lib/cli/http/follow";
import { get } from "../../../lib/cli/http/get";
import { serve, stopServers } from "./server";

jest.mock("../../../lib/cli/http/get", () => ({ ...jest.requireActual("../../../lib/cli/http/get"), get: jest.fn() }));
const real: typeof get = jest.requireActual("../../../lib/cli/http/get").get;

afterEach(stopServers);

const FOLLOWING = { env: {}, signal: new AbortController().signal, isPrivate: () => true };

/** What follows a URL of https, for which a server of http stands in. */
async function follow(url: string, listener: RequestListener) {
  const server = await serve(listener);
  const asked: string[] = [];
  jest.mocked(get).mockImplementation((each, headers, way) => {
    asked.push(each.href);
    return real(new URL(each.pathname, server), headers, way);
  });
  const outcome = followed(new URL(url), FOLLOWING, {}).then(
    ({ url: end, response }) => {
      response.destroy();
      return end.href;
    },
    ({ message }: Error) => message,
  );
  return { outcome: await outcome, asked };
}

const redirect =
  (location: string): RequestListener =>
  (request, response) => {
    if (request.url === "/end") response.end("there");
    else response.writeHead(302, { location }).end();
  };

test("fails when https redirects to http, and says both URLs without their secrets", async () => {
  const { outcome, asked } = await follow(
    "https://me:secret@mirror.example.org/a?sig=1",
    redirect("http://user:secret@cdn.example.org/end?sig=2"),
  );
  expect(outcome).toBe(
    "redirects from https://me:...@mirror.example.org/a?... to http://user:...@cdn.example.org/end?..., " +
      "where anybody on the way can change the bytes; give the http URL itself if you mean it",
  );
  expect(asked).toStrictEqual(["https://me:secret@mirror.example.org/a?sig=1"]);
});

test.each([
  ["http", "https"],
  ["http", "http"],
  ["https", "https"],
])("follows a redirect from %s to %s", async (from, to) => {
  const end = `${to}://cdn.example.org/end`;
  expect((await follow(`${from}://mirror.example.org/a`, redirect(end))).outcome).toBe(end);
});
