import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { type Lock, lockText, readLock, writeLock } from "../../lib/content/lock-file";
import { newLockFolder } from "./lock-folder";

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

const at = newLockFolder();

test.each([
  ["is there", true],
  ["is not there yet", false],
])("a link stays, through another link to a file that %s", (_, isThere) => {
  mkdirSync(join(at.folder, "shared"));
  const shared = join(at.folder, "shared", "lock.json");
  if (isThere) writeFileSync(shared, lockText({}));
  symlinkSync("lock.json", join(at.folder, "shared", "other"));
  symlinkSync("shared/other", at.file);
  writeLock(at.file, LOCK);
  expect(readlinkSync(at.file)).toBe("shared/other");
  expect(lstatSync(shared).isFile()).toBe(true);
  expect(readLock(shared)).toStrictEqual(LOCK);
  expect(readdirSync(at.folder).sort()).toStrictEqual(["images.lock.json", "shared"]);
  expect(readdirSync(join(at.folder, "shared")).sort()).toStrictEqual(["lock.json", "other"]);
});

test.each([0o600, 0o664, 0o440])("who may read and write it stays: mode %s", (mode) => {
  writeFileSync(at.file, lockText({}));
  chmodSync(at.file, mode);
  const umask = process.umask(0o022);
  try {
    writeLock(at.file, LOCK);
  } finally {
    process.umask(umask);
  }
  expect(statSync(at.file).mode & 0o777).toBe(mode);
  expect(readLock(at.file)).toStrictEqual(LOCK);
});
