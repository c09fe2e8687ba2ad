import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import {
  LOCK_FILE,
  type Lock,
  type LockedImage,
  lockedIn,
  lockText,
  readLock,
  writeLock,
} from "../../content/lock-file";
import { inTemp } from "../in-temp";
import { printableJson } from "../printable";
import { ExitCode, type Output } from "../verb";
import { runApp } from "./app";
import { type Move, moves } from "./check";
import { entryFor, type Renewal } from "./entry";
import { type LockOptions, lockOptions } from "./options";
import type { Settings } from "./settings";
import { named, type Source, sourcesOf } from "./source";
import { type Declared, declaredImages } from "./stacks";
import { Transfers } from "./transfers";
import { inParallel, type Work } from "./work";

/** The version of what `--check --json` prints. Keys may be added to it; one that goes or changes its meaning raises it. */
const SCHEMA_VERSION = 1;

/** Locks, or checks what is locked, as its words say. */
export async function lock(words: readonly string[], output: Output, settings: Settings): Promise<ExitCode> {
  const options = lockOptions(words);
  const { folder, signal } = settings;
  const file = join(folder, LOCK_FILE);
  const old = readLock(file);
  return inTemp(settings.temp, async (temp) => {
    const { images, unknown } = await declared(options, settings, temp, output);
    for (const path of unknown)
      output.error(`${path}: its source is known to Terraform alone, so it is not locked; give its 'digest'`);
    const sources = sourcesOf(images, folder);
    const notes = new Set<string>();
    const work = workOf(options, settings, temp, (text) => notes.add(text));
    if (work.mirror !== undefined) await mkdir(work.mirror, { recursive: true });
    const run = options.check ? check : renew;
    const code = await run({ sources, old, options, work, output, file });
    for (const note of notes) output.error(`note: ${note}`);
    signal.throwIfAborted();
    return code;
  });
}

interface Run {
  readonly sources: readonly Source[];
  readonly old: Lock;
  readonly options: LockOptions;
  readonly work: Work;
  readonly output: Output;
  readonly file: string;
}

async function declared({ stacks }: LockOptions, settings: Settings, temp: string, output: Output): Promise<Declared> {
  const { folder, env, signal } = settings;
  if (stacks !== undefined) return declaredImages(resolve(folder, stacks), folder);
  const outdir = join(temp, "cdktf.out");
  await mkdir(outdir);
  const appliedIn = await runApp(folder, outdir, env, signal, (text) => output.error(text));
  return declaredImages(outdir, folder, appliedIn);
}

function workOf(options: LockOptions, settings: Settings, temp: string, note: (text: string) => void): Work {
  const { mirror, maxBytes, maxUnpackedBytes, quick, now = settings.now() } = options;
  return {
    asking: settings,
    transfers: new Transfers(settings.terminal),
    temp,
    maxBytes,
    maxUnpackedBytes,
    quick,
    mirror: mirror === undefined ? undefined : resolve(settings.folder, mirror),
    now: () => now,
    note,
  };
}

/** All or nothing: a lock file that is right for some images only would let a run that failed pass for one that did not. */
async function renew({ sources, old, options, work, output, file }: Run): Promise<ExitCode> {
  const chosen = options.update && (options.update.length > 0 ? named(sources, options.update) : []);
  const results = await inParallel(sources, options.maxConcurrency, (source) =>
    entryFor(source, lockedIn(old, source.key), renewalOf(source, chosen), work),
  );
  work.asking.signal.throwIfAborted();
  const lock: Record<string, Lock[string]> = {};
  const failed: string[] = [];
  sources.forEach(({ key, shown }, index) => {
    const result = results[index];
    if (result?.status !== "fulfilled") failed.push(`${shown}: ${messageOf(result?.reason)}`);
    // what cannot be locked is left out
    else if (result.value !== undefined) lock[key] = result.value;
  });
  if (failed.length > 0) {
    for (const line of failed) output.error(line);
    output.error(`${LOCK_FILE} stays as it was: ${failed.length} of ${sources.length} sources failed`);
    return ExitCode.FAILED;
  }
  const changes = changesOf(old, lock, sources);
  if (changes.length > 0) {
    checkUnchanged(file, old);
    writeLock(file, lock);
  }
  for (const line of changes) output.line(line);
  const { length } = Object.keys(lock);
  const count = `${length} ${length === 1 ? "source" : "sources"}`;
  output.line(changes.length > 0 ? `${LOCK_FILE} is written: ${count}` : `${LOCK_FILE} stays as it is: ${count}`);
  return ExitCode.FINE;
}

/** What another run wrote while this one read must not be lost. */
function checkUnchanged(file: string, old: Lock): void {
  if (lockText(readLock(file)) === lockText(old)) return;
  throw new Error(
    `${LOCK_FILE} was changed meanwhile, by another run or by hand, and stays as it is now; run it again`,
  );
}

function renewalOf(source: Source, chosen: readonly Source[] | undefined): Renewal {
  if (chosen === undefined) return "none";
  if (chosen.includes(source)) return "named";
  return chosen.length === 0 && (source.isMoving || source.isFile) ? "moving" : "none";
}

function changesOf(old: Lock, lock: Lock, sources: readonly Source[]): string[] {
  const keys = [...new Set([...Object.keys(old), ...Object.keys(lock)])].sort();
  return keys.flatMap((key) => {
    const [before, after] = [lockedIn(old, key), lockedIn(lock, key)];
    if (after === undefined) return [`dropped ${key}: ${whyDropped(sources.some((source) => source.key === key))}`];
    if (before === undefined)
      return [`locked ${key}: ${after.diskFormat}, ${after.sizeBytes} bytes, sha512 ${after.sha512}`];
    if (isSame(before, after)) return [];
    if (isSameBut(before, after))
      return [`refreshed ${key}: the same bytes, and the server says something else of them`];
    if (before.sha512 === after.sha512) return [`completed ${key}`];
    return [`updated ${key}: revision ${after.revision}, sha512 ${before.sha512} becomes ${after.sha512}`];
  });
}

function whyDropped(isSource: boolean): string {
  return isSource ? "it is not what the code wants, and cannot be locked anew" : "no image is made of it";
}

/** Whether an entry changes in nothing but what the server says. */
function isSameBut(before: LockedImage, after: LockedImage): boolean {
  const { etag, lastModified } = after;
  return isSame({ ...before, etag, lastModified }, after);
}

function isSame(one: LockedImage, other: LockedImage): boolean {
  return lockText({ one }) === lockText({ one: other });
}

async function check({ sources, old, options, work, output }: Run): Promise<ExitCode> {
  const results = await inParallel(sources, options.maxConcurrency, (source) => moves(source, old, work));
  work.asking.signal.throwIfAborted();
  const moved: Move[] = [];
  const failed: { source: string; error: string }[] = [];
  sources.forEach(({ shown }, index) => {
    const result = results[index];
    if (result?.status === "fulfilled") moved.push(...result.value);
    else failed.push({ source: shown, error: messageOf(result?.reason) });
  });
  for (const key of Object.keys(old))
    if (!sources.some((source) => source.key === key))
      work.note(`${key} is locked, and no image is made of it; openstack-images lock drops it`);
  if (options.json) {
    for (const line of printableJson({ schemaVersion: SCHEMA_VERSION, moved, failed }).split("\n")) output.line(line);
  } else {
    for (const { source, images, message } of moved) output.line(`${source} (${images.join(", ")}): ${message}`);
    for (const { source, error } of failed) output.error(`${source}: ${error}`);
    if (moved.length + failed.length === 0)
      output.line(`nothing moved: ${sources.length} sources are as ${LOCK_FILE} says`);
  }
  if (failed.length > 0) return ExitCode.FAILED;
  return moved.length > 0 ? ExitCode.MOVED : ExitCode.FINE;
}

function messageOf(reason: unknown): string {
  const { code, message } = reason as NodeJS.ErrnoException;
  return code === "ENOSPC"
    ? `the disk is full (${message}); nothing of it was kept: make room, or let TMPDIR or --mirror-to name a larger place`
    : message;
}
