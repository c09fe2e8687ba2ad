import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Lock, lockText, readLock, writeLock } from "../../lib/content/lock-file";

const LOCK: Lock = {
  "https://a.example/disk.img": {
    sizeBytes: 1024,
    sha512: "a".repeat(128),
    sha256: "b".repeat(64),
    md5: "c".repeat(32),
    revision: 1,
    resolvedAt: "2026-11-21T12:00:00Z",
    diskFormat: "qcow2",
  },
};

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lock-"));
  file = join(folder, "images.lock.json");
});
afterEach(() => rmSync(folder, { recursive: true }));

test.each([
  ["is there", true],
  ["is not there yet", false],
])("a link stays, through another link to a file that %s", (_, isThere) => {
  mkdirSync(join(folder, "shared"));
  const shared = join(folder, "shared", "lock.json");
  if (isThere) writeFileSync(shared, lockText({}));
  symlinkSync("lock.json", join(folder, "shared", "other"));
  symlinkSync("shared/other", file);
  writeLock(file, LOCK);
  expect(readlinkSync(file)).toBe("shared/other");
  expect(lstatSync(shared).isFile()).toBe(true);
  expect(readLock(shared)).toStrictEqual(LOCK);
  expect(readdirSync(folder).sort()).toStrictEqual(["images.lock.json", "shared"]);
  expect(readdirSync(join(folder, "shared")).sort()).toStrictEqual(["lock.json", "other"]);
});

test.each([0o600, 0o664, 0o440])("who may read and write it stays: mode %s", (mode) => {
  writeFileSync(file, lockText({}));
  chmodSync(file, mode);
  const umask = process.umask(0o022);
  try {
    writeLock(file, LOCK);
  } finally {
    process.umask(umask);
  }
  expect(statSync(file).mode & 0o777).toBe(mode);
  expect(readLock(file)).toStrictEqual(LOCK);
});
