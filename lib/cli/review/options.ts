import { parseArgs } from "node:util";
import { LEVELS, type Level } from "../../rules/rule";
import { FORMATS, type Format } from "./formats";

export const USAGE = "review PLAN.json|-... [OPTION...]";

const FORMAT_NAMES = Object.keys(FORMATS).join("|");

/** What `--help` says of each option. */
export const OPTIONS = {
  "--format FORMAT": `what stdout gets: ${FORMAT_NAMES}; text`,
  "--out FORMAT=FILE": "writes a file besides; may be given several times",
  "--fail-on LEVEL": "ends with 3 for findings of that level or above: block, warn or info; block",
  "--policy FILE": "levels of rules, allowed hosts, flavors, names of projects (JSON)",
  "--ack FILE": "findings that somebody has seen: rule, address, fingerprint, reason, expires (JSON)",
  "--fingerprint": "prints what the plans mean, in 64 hex digits, and nothing else",
  "--expect FINGERPRINT": "fails when the plans mean something else than what was reviewed",
  "--detailed-exitcode": "ends with 2 when there are changes, and no findings to fail on",
  "--max-chars N": "the most characters, and bytes, of Markdown; 65000",
  "--now YYYY-MM-DD": "the day that is taken for today",
};

/** What `review` is asked to do. */
export interface ReviewWords {
  /** Files of plans; `-` is stdin. */
  readonly plans: readonly string[];
  readonly format: Format;
  readonly out: readonly { readonly format: Format; readonly file: string }[];
  readonly failOn: Level;
  readonly policy?: string;
  readonly ack?: string;
  readonly fingerprint: boolean;
  readonly expect?: string;
  readonly detailed: boolean;
  readonly maxChars: number;
  readonly today?: string;
}

export function reviewWords(words: readonly string[]): ReviewWords {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      format: { type: "string", default: "text" },
      out: { type: "string", multiple: true, default: [] },
      "fail-on": { type: "string", default: "block" },
      policy: { type: "string" },
      ack: { type: "string" },
      fingerprint: { type: "boolean" },
      expect: { type: "string" },
      "detailed-exitcode": { type: "boolean" },
      "max-chars": { type: "string", default: "65000" },
      now: { type: "string" },
    },
  });
  if (positionals.length === 0) throw new Error(`review needs a plan: openstack-images ${USAGE}`);
  if (positionals.filter((file) => file === "-").length > 1) throw new Error("one plan can come by stdin, got - twice");
  return {
    plans: positionals,
    format: formatIn(values.format),
    out: values.out.map(outIn),
    failOn: levelIn(values["fail-on"]),
    policy: values.policy,
    ack: values.ack,
    fingerprint: values.fingerprint === true,
    expect: values.expect,
    detailed: values["detailed-exitcode"] === true,
    maxChars: charsIn(values["max-chars"]),
    today: values.now === undefined ? undefined : dayIn(values.now),
  };
}

function formatIn(text: string): Format {
  const format = Object.keys(FORMATS).find((name) => name === text);
  if (format === undefined) throw new Error(`--format takes ${FORMAT_NAMES}, got ${JSON.stringify(text)}`);
  return format as Format;
}

function outIn(text: string): ReviewWords["out"][number] {
  const [, format = "", file = ""] = /^([^=]*)=(.+)$/.exec(text) ?? [];
  if (file === "") throw new Error(`--out takes FORMAT=FILE, got ${JSON.stringify(text)}`);
  return { format: formatIn(format), file };
}

function levelIn(text: string): Level {
  const level = LEVELS.find((one) => one === text);
  if (level === undefined) throw new Error(`--fail-on takes ${LEVELS.join(", ")}, got ${JSON.stringify(text)}`);
  return level;
}

function charsIn(text: string): number {
  const chars = Number(text);
  if (/^\d{1,9}$/.test(text) && chars >= 2000) return chars;
  throw new Error(`--max-chars takes a whole number from 2000, got ${JSON.stringify(text)}`);
}

function dayIn(text: string): string {
  if (/^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text)) return text;
  throw new Error(`--now takes a day like 2026-11-22, got ${JSON.stringify(text)}`);
}
