import { writeFileSync } from "node:fs";
import * as fc from "fast-check";
import { type Lock, type LockedImage, LockUnusable, lockText, readLock } from "../../lib/content/lock-file";
import { newLockFolder } from "./lock-folder";

const IMAGE: LockedImage = {
  sizeBytes: 1024,
  sha512: "a".repeat(128),
  sha256: "b".repeat(64),
  md5: "c".repeat(32),
  revision: 1,
  resolvedAt: "2026-11-21T12:00:00Z",
  diskFormat: "qcow2",
};
const KEY = "https://a.example/disk.img";
const TEXT = lockText({ [KEY]: IMAGE });
const ENTRY = TEXT.slice(TEXT.indexOf(`"${KEY}"`), TEXT.lastIndexOf("\n  }"));

const at = newLockFolder();

function read(text: string): Lock {
  writeFileSync(at.file, text);
  return readLock(at.file);
}

/** The lock's text with a piece of it replaced. */
function changed(piece: string, by: string): string {
  expect(TEXT).toContain(piece);
  return TEXT.replace(piece, by);
}

// with 1e3 for 1024: what is lost is as long as what the exponents become
const twice = '"revision":1,"revision":1e15';

test.each([
  ["a source twice", changed(ENTRY, `${ENTRY.replace(/a{128}/, "d".repeat(128))},\n    ${ENTRY}`)],
  ["a source twice, once in escapes", changed(ENTRY, `${ENTRY.replace("disk.img", "disk\\u002eimg")},${ENTRY}`)],
  ["a digest twice", changed('"md5":', `"md5": "${"e".repeat(32)}", "md5":`)],
  ["its images twice", changed('"images":', '"images": {}, "images":')],
  ["its version twice", changed('"lockVersion": 1', '"lockVersion": 2, "lockVersion": 1')],
  ["a number twice, and the length of one that has it once", changed('"revision": 1', twice).replace("1024", "1e3")],
  ["a number in other words", changed("1024", "1.024e3")],
])("fails when the file has %s: its reader may see another one than Terraform", (_, text) => {
  expect(() => read(text)).toThrow(LockUnusable);
  expect(() => read(text)).toThrow(
    `${at.file} was changed by hand: has something twice, or is written otherwise than openstack-images lock writes it; restore it from your repository`,
  );
});

test("white space and the order of what is in it do not matter", () => {
  const { sizeBytes, ...rest } = IMAGE;
  const image = { ...rest, sizeBytes };
  expect(read(JSON.stringify({ images: { [KEY]: image }, lockVersion: 1 }, null, "\t"))).toStrictEqual({
    [KEY]: image,
  });
});

test("whatever a source is called, what is written can be read", () => {
  const odd = fc.constantFrom("__proto__", "constructor", "10", "9", "-0", "1e3", "a b", "ab", '"', "\\", "\\u0041");
  const characters = fc.constantFrom(
    '"',
    "\\",
    "\0",
    "\n",
    "\t",
    " ",
    "\u00a0",
    "\u2028",
    "\ufeff",
    "\ud800",
    "é",
    "😀",
  );
  const texts = fc.oneof(odd, fc.string({ unit: characters }), fc.string({ unit: "binary" }), fc.nat().map(String));
  const images = fc.record({ etag: texts.filter((text) => /./.test(text)), sizeBytes: fc.maxSafeNat() });
  fc.assert(
    fc.property(fc.dictionary(texts, images), (entries) => {
      const lock = Object.fromEntries(Object.entries(entries).map(([key, one]) => [key, { ...IMAGE, ...one }]));
      expect(lockText(read(lockText(lock)))).toBe(lockText(lock));
    }),
  );
});
