import { parseArgs } from "node:util";

const GIB = 1024 ** 3;

export const USAGE = "lock [--update [IMAGE...]] [OPTION...] | lock --check [--quick] [--json] [OPTION...]";

/** What `--help` says of each option. */
export const OPTIONS = {
  "--update [IMAGE...]": "locks anew: by source, construct path or name of an image; else what moves, and files",
  "--check": "writes nothing, and ends with 3 when something moved",
  "--quick": "with --check: believes the servers of what does not move, and downloads less",
  "--json": "with --check: as JSON",
  "--now YYYY-MM-DD": "with --check: the day that is taken for today",
  "--stacks DIR": "a folder of synthesized stacks, such as cdktf.out; else the app of cdktf.json is run",
  "--mirror-to DIR": "keeps the bytes too, in files named by their SHA-512",
  "--max-concurrency N": "how many sources at once; 4",
  "--max-size GIB": "the most that is read of a source; 1024",
  "--max-unpacked GIB": "the most that is unpacked of one; 256",
};

/** What `lock` is asked to do. */
export interface LockOptions {
  /** A folder of synthesized stacks; the app is run where none is given. */
  readonly stacks?: string;
  /** The images to renew; none: those that move; undefined: nothing is renewed. */
  readonly update?: readonly string[];
  readonly check: boolean;
  readonly json: boolean;
  /** Whether servers are believed of what does not move, as they are of what does. */
  readonly quick: boolean;
  /** The day that is taken for today. */
  readonly now?: Date;
  readonly mirror?: string;
  readonly maxConcurrency: number;
  readonly maxBytes: number;
  readonly maxUnpackedBytes: number;
}

export function lockOptions(words: readonly string[]): LockOptions {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      stacks: { type: "string" },
      update: { type: "boolean" },
      check: { type: "boolean" },
      json: { type: "boolean" },
      quick: { type: "boolean" },
      now: { type: "string" },
      "mirror-to": { type: "string" },
      "max-concurrency": { type: "string", default: "4" },
      "max-size": { type: "string", default: "1024" },
      "max-unpacked": { type: "string", default: "256" },
    },
  });
  const { check = false, json = false, quick = false, update = false } = values;
  if (positionals.length > 0 && !update)
    throw new Error(`lock takes images only with --update, got ${positionals.join(" ")}`);
  if (check && (update || values["mirror-to"] !== undefined))
    throw new Error("--check writes nothing; leave out --update and --mirror-to");
  if (!check && (quick || json || values.now !== undefined))
    throw new Error("--quick, --json and --now belong to --check");
  return {
    stacks: values.stacks,
    update: update ? positionals : undefined,
    check,
    json,
    quick,
    now: values.now === undefined ? undefined : day(values.now),
    mirror: values["mirror-to"],
    maxConcurrency: amount("--max-concurrency", values["max-concurrency"]),
    maxBytes: amount("--max-size", values["max-size"]) * GIB,
    maxUnpackedBytes: amount("--max-unpacked", values["max-unpacked"]) * GIB,
  };
}

function amount(option: string, text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new Error(`${option} takes a whole number from 1, got ${JSON.stringify(text)}`);
}

function day(text: string): Date {
  const date = new Date(`${text}T00:00:00Z`);
  if (/^\d{4}-\d\d-\d\d$/.test(text) && date.toJSON()?.startsWith(text)) return date;
  throw new Error(`--now takes a day like 2026-11-21, got ${JSON.stringify(text)}`);
}
