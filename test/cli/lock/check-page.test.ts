import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import type { RequestListener } from "node:http";
import { join } from "node:path";
import { bytesOf } from "../../content/locked-image";
import { file } from "../http/server";
import { newForEachTest } from "./harness";

const ONE = randomBytes(100_000);
const PAGE = "<!DOCTYPE html><html><body>Please log in</body></html>";
/** A page as large as the image, as nobody would make it; only its bytes tell. */
const LONG_PAGE = PAGE.padEnd(ONE.length);
const IS_PAGE = "is a web page and no image: what a server shows instead of it, such as a login or an error";
const PATHS = ["/20261121/a.img", "/latest/a.img"];
const { server, app } = newForEachTest();

/** Locks an image, then checks another answer. */
async function checked(path: string, then: RequestListener, more: object = {}, words: string[] = []) {
  server.answers[path] = file(ONE, { etag: '"1"' });
  app.declare({ source: server.url(path), ...more });
  expect((await app.run()).code).toBe(0);
  server.answers[path] = then;
  return app.run(["--check", ...words]);
}

/** An answer that never says how large it is. */
const chunked =
  (text: string): RequestListener =>
  (_, response) =>
    void response.writeHead(200).end(text);

describe.each(PATHS)("%s", (path) => {
  test.each([
    ["a page", file(PAGE), IS_PAGE],
    ["a page of the image's size", file(LONG_PAGE), IS_PAGE],
    ["a page of unknown size", chunked(PAGE), IS_PAGE],
    ["text", file("Service unavailable\n"), "is text and no image"],
    ["nothing", chunked(""), "is empty"],
  ])("fails when the server shows %s instead of the image", async (_, then, said) => {
    expect(await checked(path, then)).toStrictEqual({ code: 1, lines: [], errors: [`${server.url(path)}: ${said}`] });
  });

  test("fails when the checksum file tells a change, and the server shows a page", async () => {
    const sums = (bytes: Buffer) => file(`${bytesOf(bytes).sha256}  a.img\n`);
    server.answers["/sums"] = sums(ONE);
    const then: RequestListener = (request, response) => {
      server.answers["/sums"] = sums(randomBytes(1));
      file(LONG_PAGE)(request, response);
    };
    const { code, errors } = await checked(path, then, { checksums: server.url("/sums") });
    expect({ code, errors }).toStrictEqual({ code: 1, errors: [`${server.url(path)}: ${IS_PAGE}`] });
  });

  test("a change to more than may be read is one still", async () => {
    const huge: RequestListener = (_, response) => {
      response.writeHead(200, { "content-length": 2 * 1024 ** 3 });
      response.write(Buffer.concat([randomBytes(100_000)]));
    };
    expect(await checked(path, huge, {}, ["--max-size", "1"])).toMatchObject({
      code: 3,
      lines: [expect.stringContaining("it has 2147483648 bytes, and locked are 100000")],
      errors: [],
    });
  });
});

test("it stands among what failed", async () => {
  const { lines } = await checked("/latest/a.img", file(PAGE), {}, ["--json"]);
  expect(JSON.parse(lines.join("\n"))).toStrictEqual({
    schemaVersion: 1,
    moved: [],
    failed: [{ source: server.url("/latest/a.img"), error: IS_PAGE }],
  });
});

test("fails when a file has become a page", async () => {
  writeFileSync(join(app.folder, "a.img"), ONE);
  app.declare({ source: "a.img", kind: "file" });
  await app.run();
  writeFileSync(join(app.folder, "a.img"), PAGE);
  expect(await app.run(["--check"])).toStrictEqual({ code: 1, lines: [], errors: [`a.img: ${IS_PAGE}`] });
});
