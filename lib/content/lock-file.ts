import {
  chmodSync,
  lstatSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, resolve } from "node:path";
import type { DigestAlgorithm } from "./digest";
import { shellWord } from "./shell-word";

/** What an app's folder has them in. */
export const LOCK_FILE = "images.lock.json";
const VERSION = 1;

/** Digests of the same bytes, in lower-case hex. */
export interface Digests {
  readonly sha512: string;
  readonly sha256: string;
  readonly md5: string;
}

/** Bytes that have been read. */
export interface LockedBytes extends Digests {
  readonly sizeBytes: number;
}

/** The digest that a distribution publishes, which was found to be that of what it serves. */
export interface Upstream {
  readonly algorithm: DigestAlgorithm;
  readonly hex: string;
  /** The URL of the checksum file. */
  readonly from: string;
  /** The fingerprint of the key that signed it; none where no keyring was given. */
  readonly signedBy?: string;
}

/** What was found at a source. */
export interface LockedImage extends LockedBytes {
  /** 1 at first, one more with each change of the bytes. */
  readonly revision: number;
  /** As ISO 8601 has it, in UTC. */
  readonly resolvedAt: string;
  /** Glance's word for what the bytes are, after unpacking; `unknown` where they do not say it. */
  readonly diskFormat: string;
  /** Of the disk that a guest sees. */
  readonly virtualSizeBytes?: number;
  /** What clouds refuse in them, or should: each with its code in front. */
  readonly unsafe?: readonly string[];
  readonly etag?: string;
  readonly lastModified?: string;
  readonly upstream?: Upstream;
  /** What the source holds once it is unpacked, where the image is declared so. */
  readonly unpacked?: LockedBytes;
  /** The disk as raw bytes, for a cloud that converts what it imports. */
  readonly raw?: LockedBytes;
}

/** The command that locks a source anew. */
export function updateCommand(name: string): string {
  return `npx openstack-images lock --update ${name.startsWith("-") ? "-- " : ""}${shellWord(name)}`;
}

/** What is locked, by the source's URL or its path from the app's folder. */
export type Lock = Readonly<Record<string, LockedImage>>;

/** What a lock says of a source; a file may be called `constructor`. */
export function lockedIn(lock: Lock, source: string): LockedImage | undefined {
  return Object.getOwnPropertyDescriptor(lock, source)?.value;
}

/** Says why a lock file cannot be used, and the way out. */
export class LockUnusable extends Error {}

/** The lock in a file; an empty one when there is no file. */
export function readLock(file: string): Lock {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw new LockUnusable(`${file} cannot be read: ${(error as Error).message}`);
  }
  return lockIn(text, file);
}

/** Writes beside and renames, so that the file is the old one or the new one. Links to it and its mode stay. */
export function writeLock(file: string, lock: Lock): void {
  const target = linkedFrom(file);
  const mode = statSync(target, { throwIfNoEntry: false })?.mode;
  const draft = `${target}.${process.pid}`;
  try {
    writeFileSync(draft, lockText(lock), { mode });
    // whatever the umask
    if (mode !== undefined) chmodSync(draft, mode);
    renameSync(draft, target);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** What a link leads to, which need not be there yet; else the file itself. */
function linkedFrom(file: string): string {
  const isLink = lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink();
  return isLink ? linkedFrom(resolve(realpathSync(dirname(file)), readlinkSync(file))) : file;
}

/** As it stands in the file: sorted, a value on each line. */
export function lockText(lock: Lock): string {
  const images = Object.fromEntries(
    Object.entries(lock)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([source, image]) => [source, inOrder(image, IMAGE)]),
  );
  return `${JSON.stringify({ lockVersion: VERSION, images }, null, 2)}\n`;
}

function lockIn(text: string, file: string): Lock {
  if (/^(<{7}|={7}|>{7})/m.test(text)) {
    throw new LockUnusable(
      `${file} has the conflict markers of a merge; take either side, then run openstack-images lock`,
    );
  }
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new LockUnusable(`${file} is no JSON: ${(error as Error).message}; restore it from your repository`);
  }
  const { lockVersion, images } = isObject(content) ? content : {};
  if (typeof lockVersion === "number" && lockVersion > VERSION) {
    throw new LockUnusable(
      `${file} is of version ${lockVersion}, and this package knows ${VERSION}; update cdktf-openstack-images`,
    );
  }
  const problem =
    lockVersion !== VERSION || !isObject(images)
      ? "has no lockVersion or no images"
      : [...Object.entries(images).flatMap(entryProblems), ...repetitionsIn(text, content)][0];
  if (problem) throw new LockUnusable(`${file} was changed by hand: ${problem}; restore it from your repository`);
  return images as Lock;
}

function entryProblems([source, image]: [string, unknown]): string[] {
  const at = `images[${JSON.stringify(source)}]`;
  const problems = problemsIn(image, IMAGE, at);
  return problems.length > 0 ? problems : contradictionsIn(image as LockedImage, at);
}

function contradictionsIn({ revision, upstream, ...digests }: LockedImage, at: string): string[] {
  if (revision < 1) return [`${at}.revision must be 1 or more, got ${revision}`];
  if (!upstream || digests[upstream.algorithm] === upstream.hex) return [];
  return [`${at}.upstream.hex must be its ${upstream.algorithm}, got ${upstream.hex}`];
}

/** Of what stands in a text twice, JSON keeps the last, and a reader may see the first. */
function repetitionsIn(text: string, content: unknown): string[] {
  const withoutSpace = (json: string) => json.replace(/\s/g, "");
  return withoutSpace(text) === withoutSpace(JSON.stringify(content))
    ? []
    : ["has something twice, or is written otherwise than openstack-images lock writes it"];
}

/** What a value must look like: a pattern of a text, a number, a list of one thing, or an object; a name that ends in "?" may be missing. */
type Shape = RegExp | "count" | readonly [Shape] | { readonly [name: string]: Shape };

const BYTES = {
  sizeBytes: "count",
  sha512: /^[0-9a-f]{128}$/,
  sha256: /^[0-9a-f]{64}$/,
  md5: /^[0-9a-f]{32}$/,
} as const;
const IMAGE: { readonly [name: string]: Shape } = {
  revision: "count",
  resolvedAt: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
  diskFormat: /^\S+$/,
  "virtualSizeBytes?": "count",
  // it is printed as it is
  "unsafe?": [/^[A-Za-z]+: [^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$/u],
  ...BYTES,
  "etag?": /./,
  "lastModified?": /./,
  "upstream?": { algorithm: /^(sha512|sha256|md5)$/, hex: /^[0-9a-f]+$/, from: /./, "signedBy?": /^[0-9A-F]+$/ },
  "unpacked?": BYTES,
  "raw?": BYTES,
};

function problemsIn(value: unknown, shape: Shape, at: string): string[] {
  if (shape === "count") {
    return Number.isSafeInteger(value) && (value as number) >= 0
      ? []
      : [`${at} must be a whole number, got ${JSON.stringify(value)}`];
  }
  if (shape instanceof RegExp) {
    return typeof value === "string" && shape.test(value)
      ? []
      : [`${at} must match ${shape.source}, got ${JSON.stringify(value)}`];
  }
  if (isList(shape)) {
    if (!Array.isArray(value)) return [`${at} must be a list, got ${JSON.stringify(value)}`];
    return value.flatMap((one, index) => problemsIn(one, shape[0], `${at}[${index}]`));
  }
  if (!isObject(value)) return [`${at} must be an object, got ${JSON.stringify(value)}`];
  const names = Object.keys(shape).map((name) => name.replace("?", ""));
  const surplus = Object.keys(value).filter((name) => !names.includes(name));
  return [
    ...surplus.map((name) => `${at} has ${JSON.stringify(name)}, which means nothing`),
    ...Object.entries(shape).flatMap(([key, one]) => {
      const name = key.replace("?", "");
      return name !== key && value[name] === undefined ? [] : problemsIn(value[name], one, `${at}.${name}`);
    }),
  ];
}

/** The values in the order of the shape, so that a rewritten lock differs only where it says something else. */
function inOrder(value: unknown, shape: Shape): unknown {
  if (typeof shape !== "object" || shape instanceof RegExp || isList(shape) || !isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(shape).flatMap(([key, one]) => {
      const name = key.replace("?", "");
      return value[name] === undefined ? [] : [[name, inOrder(value[name], one)]];
    }),
  );
}

// Array.isArray does not tell a readonly one
const isList = (shape: Shape): shape is readonly [Shape] => Array.isArray(shape);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
