import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bytesOf } from "../../content/locked-image";
import { file } from "../http/server";
import { newForEachTest } from "./harness";

const [ONE, TWO] = [randomBytes(100_000), randomBytes(100_000)];
const [NAME, OTHER] = [bytesOf(ONE).sha512, bytesOf(TWO).sha512];
const { server, app } = newForEachTest();
beforeEach(() => {
  server.answers["/a.img"] = file(ONE);
  app.declare({ source: server.url("/a.img") });
});

const mirror = () => join(app.folder, "mirror");
const run = () => app.run(["--mirror-to", "mirror"]);

test("keeps the bytes by their digest, and does not download them again", async () => {
  await run();
  expect(readdirSync(mirror())).toStrictEqual([NAME]);
  expect(readFileSync(join(mirror(), NAME)).equals(ONE)).toBe(true);
  const { ino } = statSync(join(mirror(), NAME));
  server.requests = [];
  expect((await run()).code).toBe(0);
  expect({ requests: server.requests, ino: statSync(join(mirror(), NAME)).ino }).toStrictEqual({ requests: [], ino });
});

test("downloads what is locked already, and what is broken in the mirror", async () => {
  await app.run();
  await run();
  writeFileSync(join(mirror(), NAME), TWO);
  expect((await run()).lines).toStrictEqual(["images.lock.json stays as it is: 1 source"]);
  expect(readFileSync(join(mirror(), NAME)).equals(ONE)).toBe(true);
});

test("fails when other bytes are there than are locked, and keeps nothing that was not asked for", async () => {
  await app.run();
  server.answers["/a.img"] = file(TWO);
  const { code, errors } = await run();
  expect({ code, first: errors[0] }).toStrictEqual({
    code: 1,
    first:
      `${server.url("/a.img")}: HAS OTHER BYTES THAN ARE LOCKED: its sha512 is ${OTHER}, and locked is ${NAME}; ` +
      `put the right ones there, or run npx openstack-images lock --update ${server.url("/a.img")}`,
  });
  expect(readdirSync(mirror())).toStrictEqual([]);
});

test("keeps nothing of what disagrees with the checksum file", async () => {
  server.answers["/SHA256SUMS"] = file(`${bytesOf(TWO).sha256}  a.img\n`);
  expect((await run()).code).toBe(1);
  expect(readdirSync(mirror())).toStrictEqual([]);
});
