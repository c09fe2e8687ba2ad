import { parseArgs } from "node:util";

const GIB = 1024 ** 3;

export const USAGE =
  "lock [--stacks DIR] [--update [IMAGE...]] [--mirror-to DIR] [--max-concurrency N] [--max-size GIB] [--max-unpacked GIB] | lock --check [--quick] [--now YYYY-MM-DD] [--json] [--stacks DIR] (ends with 0: fine, 1: failed, 3: --check found that something moved)";

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
