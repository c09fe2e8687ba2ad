import { randomBytes } from "node:crypto";
import type { RequestListener } from "node:http";
import { bytesOf } from "../../content/locked-image";
import { file } from "../http/server";
import { newForEachTest } from "./harness";

const [ONE, TWO] = [randomBytes(0x186a0), randomBytes(0x186a0)];
const DAY = { "last-modified": "Sat, 21 Nov 2026 12:00:00 GMT" };
const PATH = "/20261121/a.img";
const { server, app } = newForEachTest();

/** Locks what one answer gives, then checks what another one does. */
async function checked(first: RequestListener, then: RequestListener, words: string[] = []) {
  server.answers[PATH] = first;
  app.declare({ source: server.url(PATH) });
  expect((await app.run()).code).toBe(0);
  server.answers[PATH] = then;
  server.requests = [];
  const { code, errors } = await app.run(["--check", ...words]);
  return { code, errors, reads: server.requests.filter((request) => request === PATH).length };
}

const publish = () => {
  server.answers["/20261121/SHA256SUMS"] = file(`${bytesOf(ONE).sha256}  a.img\n`);
};

/** What does not say that bytes are the same, though it says the same of them. */
const SAME: Record<string, Record<string, string>> = {
  nothing: {},
  "the same day": DAY,
  "a weak ETag": { etag: 'W/"1"' },
  "an ETag of nginx, of day and size": { etag: '"5f3b8a31-186a0"', ...DAY },
  "an ETag of Apache, of size and day": { etag: '"186a0-5b1c2d3e4f5a6"', ...DAY },
  "an ETag of day and size in large letters": { etag: '"5F3B8A31-186A0"' },
};
const EACH = Object.entries(SAME);

test.each(EACH)("changed bytes are an alarm beside a checksum file that stays, with %s", async (_, headers) => {
  publish();
  expect(await checked(file(ONE, headers), file(TWO, headers))).toStrictEqual({ code: 3, errors: [], reads: 1 });
});

test.each(EACH)("changed bytes are an alarm without a checksum file, with %s", async (_, headers) => {
  expect(await checked(file(ONE, headers), file(TWO, headers))).toStrictEqual({ code: 3, errors: [], reads: 1 });
});

test("bytes are not read when their ETag is the same, and not made of day and size", async () => {
  const headers = { etag: '"d41d8cd98f00b204-17"', ...DAY };
  expect(await checked(file(ONE, headers), file(ONE, headers))).toStrictEqual({ code: 0, errors: [], reads: 0 });
});

describe("--quick", () => {
  test.each(EACH)("believes a checksum file, with %s", async (_, headers) => {
    publish();
    const ran = await checked(file(ONE, headers), file(TWO, headers), ["--quick"]);
    expect(ran).toStrictEqual({ code: 0, errors: [], reads: 0 });
  });

  test.each(EACH.filter(([, headers]) => headers["last-modified"]))("believes %s", async (_, headers) => {
    const ran = await checked(file(ONE, headers), file(TWO, headers), ["--quick"]);
    expect(ran).toStrictEqual({ code: 0, errors: [], reads: 0 });
  });

  test.each([
    ["nothing", {}],
    ["a weak ETag", { etag: 'W/"1"' }],
  ])("reads the bytes where the server says %s of them", async (_, headers) => {
    const ran = await checked(file(ONE, headers), file(TWO, headers), ["--quick"]);
    expect(ran).toStrictEqual({ code: 3, errors: [], reads: 1 });
  });

  test("reads the bytes where the server contradicts the checksum file", async () => {
    publish();
    const ran = await checked(file(ONE, { etag: '"1"' }), file(TWO, { etag: '"2"' }), ["--quick"]);
    expect(ran).toStrictEqual({ code: 3, errors: [], reads: 1 });
  });

  test("fails when nothing is checked", async () => {
    app.declare({ source: server.url(PATH) });
    await expect(app.run(["--quick"])).rejects.toThrow("--quick, --json and --now belong to --check");
  });
});
