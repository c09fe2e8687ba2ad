import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { DigestAlgorithm } from "../../lib/content/digest";
import { type Lock, type LockedImage, lockText, readLock, writeLock } from "../../lib/content/lock-file";
import { newLockFolder } from "./lock-folder";

const BYTES = { sizeBytes: 1024, sha512: "a".repeat(128), sha256: "b".repeat(64), md5: "c".repeat(32) };
const IMAGE: LockedImage = {
  ...BYTES,
  revision: 1,
  resolvedAt: "2026-11-21T12:00:00Z",
  diskFormat: "qcow2",
  virtualSizeBytes: 2048,
};
const FULL: LockedImage = {
  ...IMAGE,
  unsafe: ['BackingFile: reads "/etc/passwd"', "ExternalData: has data in other files"],
  etag: '"1"',
  lastModified: "Sat, 21 Nov 2026 12:00:00 GMT",
  upstream: {
    algorithm: DigestAlgorithm.SHA256,
    hex: BYTES.sha256,
    from: "https://a.example/SHA256SUMS",
    signedBy: "ABCDEF",
  },
  unpacked: BYTES,
  raw: BYTES,
};
const LOCK: Lock = { "https://b.example/disk.img": IMAGE, "https://a.example/disk.img.gz": FULL };

const at = newLockFolder();

test("what is written is read again", () => {
  writeLock(at.file, LOCK);
  expect(readLock(at.file)).toStrictEqual(LOCK);
  expect(readdirSync(at.folder)).toStrictEqual(["images.lock.json"]);
});

test("is sorted, whatever the order that it was put together in", () => {
  const { revision, ...rest } = FULL;
  const shuffled: Lock = {
    "https://a.example/disk.img.gz": { ...rest, revision },
    "https://b.example/disk.img": IMAGE,
  };
  expect(lockText(shuffled)).toBe(lockText(LOCK));
  expect(lockText(LOCK).split("\n").slice(0, 8)).toStrictEqual([
    "{",
    '  "lockVersion": 1,',
    '  "images": {',
    '    "https://a.example/disk.img.gz": {',
    '      "revision": 1,',
    '      "resolvedAt": "2026-11-21T12:00:00Z",',
    '      "diskFormat": "qcow2",',
    '      "virtualSizeBytes": 2048,',
  ]);
  expect(lockText(LOCK).endsWith("}\n")).toBe(true);
});

test("no file is an empty lock", () => {
  expect(readLock(at.file)).toStrictEqual({});
});

const image = (change: object) =>
  JSON.stringify({ lockVersion: 1, images: { "https://a.example/x": { ...IMAGE, ...change } } });
const BY_HAND = "was changed by hand: ";
const UNUSABLE: Record<string, [string, string]> = {
  "conflict markers": [
    '{\n<<<<<<< HEAD\n"a": 1\n=======\n"a": 2\n>>>>>>> other\n}',
    "has the conflict markers of a merge; take either side, then run openstack-images lock",
  ],
  "no JSON": ["{", "is no JSON"],
  "a newer version": [
    '{"lockVersion": 2, "images": {}}',
    "is of version 2, and this package knows 1; update cdktf-openstack-images",
  ],
  "no version": ['{"images": {}}', `${BY_HAND}has no lockVersion or no images`],
  "a list": ["[]", `${BY_HAND}has no lockVersion or no images`],
  "a digest that is cut off": [
    image({ sha256: "b" }),
    `${BY_HAND}images["https://a.example/x"].sha256 must match ^[0-9a-f]{64}$, got "b"`,
  ],
  "a size in words": [
    image({ sizeBytes: "1 GiB" }),
    `${BY_HAND}images["https://a.example/x"].sizeBytes must be a whole number, got "1 GiB"`,
  ],
  "a name that is misspelled": [
    image({ sha1: "d" }),
    `${BY_HAND}images["https://a.example/x"] has "sha1", which means nothing`,
  ],
  "something missing": [
    image({ md5: undefined }),
    `${BY_HAND}images["https://a.example/x"].md5 must match ^[0-9a-f]{32}$, got undefined`,
  ],
  "an unsafe finding that is no list": [
    image({ unsafe: "BackingFile: x" }),
    `${BY_HAND}images["https://a.example/x"].unsafe must be a list, got "BackingFile: x"`,
  ],
  "an unsafe finding that steers a terminal": [
    image({ unsafe: ["BackingFile: x", "BackingFile: \u001b[2J"] }),
    `${BY_HAND}images["https://a.example/x"].unsafe[1] must match`,
  ],
  "a revision before the first": [
    image({ revision: 0 }),
    `${BY_HAND}images["https://a.example/x"].revision must be 1 or more, got 0`,
  ],
  "a published digest of other bytes": [
    image({ upstream: { algorithm: "sha256", hex: "d".repeat(64), from: "https://a.example/SHA256SUMS" } }),
    `${BY_HAND}images["https://a.example/x"].upstream.hex must be its sha256, got ${"d".repeat(64)}`,
  ],
  "a list for an image": ['{"lockVersion": 1, "images": {"x": []}}', `${BY_HAND}images["x"] must be an object, got []`],
};

test.each(Object.entries(UNUSABLE))("fails when the file has %s", (_, [text, said]) => {
  writeFileSync(at.file, text);
  expect(() => readLock(at.file)).toThrow(`${at.file} ${said}`);
});

test("fails when the file cannot be read", () => {
  expect(() => readLock(at.folder)).toThrow(`${at.folder} cannot be read: EISDIR`);
});

test("fails when it cannot be written, and stays what it was", () => {
  writeFileSync(at.file, lockText(LOCK));
  // its draft would have to take this place
  mkdirSync(`${at.file}.${process.pid}`);
  expect(() => writeLock(at.file, {})).toThrow("EISDIR");
  expect(readFileSync(at.file, "utf8")).toBe(lockText(LOCK));
});

test("fails when a folder has its name, and leaves no draft behind", () => {
  mkdirSync(at.file);
  expect(() => writeLock(at.file, LOCK)).toThrow("EISDIR");
  expect(readdirSync(at.folder)).toStrictEqual(["images.lock.json"]);
});
