import { randomBytes } from "node:crypto";
import { Hashing } from "../../lib/content/hashing";
import { digestsOf } from "./locked-image";

async function hashed(...pieces: Buffer[]) {
  const hashing = new Hashing();
  for (const piece of pieces) await hashing.update(piece);
  return hashing.end();
}

test("no bytes have digests too", async () => {
  expect(await hashed()).toStrictEqual(digestsOf(Buffer.alloc(0)));
});

test("pieces of any size yield the digests of the whole", async () => {
  const bytes = randomBytes(40 * 1024 * 1024 + 7);
  const sizes = [1, 0, 64 * 1024, 1024 * 1024, 1024 * 1024 + 1, 20 * 1024 * 1024];
  const pieces: Buffer[] = [];
  let at = 0;
  for (let i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] ?? 1;
    pieces.push(bytes.subarray(at, at + size));
    at += size;
  }
  expect(await hashed(...pieces)).toStrictEqual(digestsOf(bytes));
});

test("bytes that are overwritten after their update were taken before", async () => {
  const hashing = new Hashing();
  const piece = Buffer.alloc(100, 1);
  await hashing.update(piece);
  piece.fill(2);
  await hashing.update(piece);
  expect(await hashing.end()).toStrictEqual(digestsOf(Buffer.concat([Buffer.alloc(100, 1), Buffer.alloc(100, 2)])));
});

test("several streams do not mix, and one that is given up does not hold up the others", async () => {
  const streams = ["a", "b", "c"].map((text) => ({ hashing: new Hashing(), piece: Buffer.alloc(3_000_000, text) }));
  const givenUp = new Hashing();
  for (let count = 0; count < 5; count++) {
    await Promise.all([...streams.map(({ hashing, piece }) => hashing.update(piece)), givenUp.update(Buffer.alloc(5))]);
  }
  givenUp.close();
  givenUp.close();
  for (const { hashing, piece } of streams)
    expect(await hashing.end()).toStrictEqual(digestsOf(Buffer.concat(new Array<Buffer>(5).fill(piece))));
});

test("fails when bytes come after it was given up", async () => {
  const hashing = new Hashing();
  hashing.close();
  await expect(hashing.update(Buffer.alloc(5))).rejects.toThrow("it was given up");
  await expect(hashing.end()).rejects.toThrow("it was given up");
});
