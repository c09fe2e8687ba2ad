import { createHash } from "node:crypto";

import fs = require("node:fs");

import { join } from "node:path";
import { DigestAlgorithm } from "../../lib/content/digest";
import { fileDigest } from "../../lib/content/local-file";
import { temporaryDirectory } from "../support/terraform-process";

const { MD5, SHA256, SHA512 } = DigestAlgorithm;

let folder: string;
let path: string;

beforeEach(() => {
  folder = temporaryDirectory("app");
  path = join(folder, "disk.raw");
  fs.writeFileSync(path, "bytes");
});

afterEach(() => {
  jest.restoreAllMocks();
});

function digestOf(content: string | Buffer, algorithm: string = SHA512): string {
  return createHash(algorithm).update(content).digest("hex");
}

const CACHE = [".cache", "cdktf-openstack-images", "digests.json"];

/** How often the file's bytes are read while `run` runs. */
function readsDuring(run: () => void): number {
  const spy = jest.spyOn(fs, "readSync");
  run();
  const reads = spy.mock.calls.length;
  spy.mockRestore();
  return reads;
}

describe("a digest", () => {
  test.each([SHA512, SHA256, MD5])("%s is that of the bytes", (algorithm) => {
    expect(fileDigest(path, algorithm, folder)).toBe(digestOf("bytes", algorithm));
  });

  test("is streamed: a file of several chunks comes out whole", () => {
    const content = Buffer.alloc(9 * 1024 * 1024 + 3, "abc");
    fs.writeFileSync(path, content);
    let hex = "";
    expect(readsDuring(() => (hex = fileDigest(path, SHA512, folder)))).toBeGreaterThanOrEqual(3);
    expect(hex).toBe(digestOf(content));
  });

  test("is not computed again while size, mtime and inode stay", () => {
    const first = fileDigest(path, SHA512, folder);
    expect(readsDuring(() => expect(fileDigest(path, SHA512, folder)).toBe(first))).toBe(0);
  });

  test("is computed again for another algorithm, and both are kept", () => {
    fileDigest(path, SHA512, folder);
    fileDigest(path, MD5, folder);
    expect(readsDuring(() => expect(fileDigest(path, MD5, folder)).toBe(digestOf("bytes", MD5)))).toBe(0);
    expect(readsDuring(() => fileDigest(path, SHA512, folder))).toBe(0);
  });

  test("is computed again when the size changes", () => {
    const { atime, mtime } = fs.statSync(path);
    fileDigest(path, SHA512, folder);
    fs.writeFileSync(path, "more bytes");
    fs.utimesSync(path, atime, mtime);
    expect(fileDigest(path, SHA512, folder)).toBe(digestOf("more bytes"));
  });

  test("is computed again when the mtime changes", () => {
    fs.utimesSync(path, 1000, 1000);
    fileDigest(path, SHA512, folder);
    fs.writeFileSync(path, "BYTES");
    fs.utimesSync(path, 1000, 1001);
    expect(fileDigest(path, SHA512, folder)).toBe(digestOf("BYTES"));
  });

  test("is computed again when another file takes the place", () => {
    fs.utimesSync(path, 1000, 1000);
    fileDigest(path, SHA512, folder);
    const other = join(folder, "other");
    fs.writeFileSync(other, "BYTES");
    fs.utimesSync(other, 1000, 1000);
    fs.renameSync(other, path);
    expect(fileDigest(path, SHA512, folder)).toBe(digestOf("BYTES"));
  });

  test("fails when the file changes while it is read, and is not kept", () => {
    const read = fs.readSync;
    const spy = jest.spyOn(fs, "readSync").mockImplementation(((...args: Parameters<typeof fs.readSync>) => {
      fs.appendFileSync(path, "!");
      spy.mockRestore();
      return read(...args);
    }) as typeof fs.readSync);
    expect(() => fileDigest(path, SHA512, folder)).toThrow("it changed while it was read");
    expect(fileDigest(path, SHA512, folder)).toBe(digestOf("bytes!"));
  });

  test("fails when there is no file", () => {
    expect(() => fileDigest(join(folder, "missing"), SHA512, folder)).toThrow("ENOENT");
  });
});

describe("the cache", () => {
  test("lies in the app's folder when there are no node_modules, and leaves no draft", () => {
    fileDigest(path, SHA512, folder);
    expect(fs.readdirSync(join(folder, ".cache", "cdktf-openstack-images"))).toStrictEqual(["digests.json"]);
  });

  test("lies in node_modules when there are some", () => {
    fs.mkdirSync(join(folder, "node_modules"));
    fileDigest(path, SHA512, folder);
    expect(fs.existsSync(join(folder, "node_modules", ...CACHE))).toBe(true);
    expect(fs.existsSync(join(folder, ".cache"))).toBe(false);
  });

  test("lies in the nearest node_modules upward", () => {
    const app = join(folder, "apps", "images");
    fs.mkdirSync(join(folder, "node_modules"));
    fs.mkdirSync(app, { recursive: true });
    fileDigest(path, SHA512, app);
    expect(fs.existsSync(join(folder, "node_modules", ...CACHE))).toBe(true);
    expect(fs.readdirSync(app)).toStrictEqual([]);
    expect(readsDuring(() => fileDigest(path, SHA512, app))).toBe(0);

    fs.mkdirSync(join(folder, "apps", "node_modules"));
    fileDigest(path, SHA512, app);
    expect(fs.existsSync(join(folder, "apps", "node_modules", ...CACHE))).toBe(true);
  });

  test.each(["", "{", "null", "[]", '"text"', "3", '{"key": null}'])("that says %j is an empty one", (content) => {
    fileDigest(path, SHA512, folder);
    fs.writeFileSync(join(folder, ...CACHE), content);
    expect(fileDigest(path, SHA512, folder)).toBe(digestOf("bytes"));
    expect(readsDuring(() => fileDigest(path, SHA512, folder))).toBe(0);
  });

  test.each([undefined, null, 7, ["a"]])("whose entry holds %j for a digest is not believed", (hex) => {
    fileDigest(path, SHA512, folder);
    const cache = JSON.parse(fs.readFileSync(join(folder, ...CACHE), "utf8"));
    const [key] = Object.keys(cache);
    fs.writeFileSync(join(folder, ...CACHE), JSON.stringify({ [key]: { state: cache[key].state, hex } }));
    expect(fileDigest(path, SHA512, folder)).toBe(digestOf("bytes"));
  });

  test("keeps what another synth wrote meanwhile", () => {
    const other = join(folder, "other.raw");
    fs.writeFileSync(other, "other");
    const read = fs.readSync;
    const spy = jest.spyOn(fs, "readSync").mockImplementation(((...args: Parameters<typeof fs.readSync>) => {
      spy.mockRestore();
      fileDigest(other, SHA512, folder);
      return read(...args);
    }) as typeof fs.readSync);
    fileDigest(path, SHA512, folder);
    expect(readsDuring(() => [path, other].map((file) => fileDigest(file, SHA512, folder)))).toBe(0);
  });

  test.each(["EACCES", "EROFS", "EPERM"])("that cannot be written (%s) costs the cache only", (code) => {
    jest.spyOn(fs, "mkdirSync").mockImplementation(() => {
      throw Object.assign(new Error(code), { code });
    });
    expect(fileDigest(path, SHA512, folder)).toBe(digestOf("bytes"));
    expect(readsDuring(() => fileDigest(path, SHA512, folder))).toBeGreaterThan(0);
  });

  test("that fills the disk costs the cache only, and leaves no half of it", () => {
    const write = fs.writeFileSync;
    jest.spyOn(fs, "writeFileSync").mockImplementation((file) => {
      write(file, '{"half');
      throw Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
    });
    expect(fileDigest(path, SHA512, folder)).toBe(digestOf("bytes"));
    expect(fs.readdirSync(join(folder, ".cache", "cdktf-openstack-images"))).toStrictEqual([]);
    expect(readsDuring(() => fileDigest(path, SHA512, folder))).toBeGreaterThan(0);
  });

  test("whose folder's name is a file's costs the cache only", () => {
    fs.writeFileSync(join(folder, ".cache"), "");
    expect(fileDigest(path, SHA512, folder)).toBe(digestOf("bytes"));
  });
});
