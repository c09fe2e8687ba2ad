import { LEVELS, type Level } from "../../rules/rule";
import type { Review } from "../review";
import { line, quoted } from "./foreign";

/** As many as GitHub shows of a step. */
const MAX_PER_LEVEL = 10;

const COMMAND: Record<Level, string> = { block: "error", warn: "warning", info: "notice" };

/** Findings as commands in the log of a GitHub job, which shows them on its page. */
export function renderGithubAnnotations({ findings }: Review): string {
  return LEVELS.flatMap((level) => findings.filter((finding) => finding.level === level).slice(0, MAX_PER_LEVEL))
    .map(({ rule, level, address, message, fix }) => {
      const title = property(`${rule.id} ${rule.name}`);
      return `::${COMMAND[level]} title=${title}::${data(`${quoted(address)}: ${line(message)}. Fix: ${line(fix)}`)}\n`;
    })
    .join("");
}

function data(text: string): string {
  return text.replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}

function property(text: string): string {
  return data(text).replace(/:/g, "%3A").replace(/,/g, "%2C");
}
