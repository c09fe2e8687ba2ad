import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder with room for a lock file, which each test of the file gets empty. */
export function newLockFolder(): { folder: string; file: string } {
  const made = { folder: "", file: "" };
  beforeEach(() => {
    made.folder = mkdtempSync(join(tmpdir(), "lock-"));
    made.file = join(made.folder, "images.lock.json");
  });
  afterEach(() => rmSync(made.folder, { recursive: true }));
  return made;
}
