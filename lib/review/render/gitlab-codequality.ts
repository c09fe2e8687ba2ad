import type { Level } from "../../rules/rule";
import type { Review } from "../review";
import { fileOf, findingIds } from "./finding-id";
import { document, line, quoted, visible } from "./foreign";

const SEVERITY: Record<Level, string> = { block: "blocker", warn: "major", info: "info" };

/** Findings for GitLab's `artifacts:reports:codequality`. */
export function renderGitlabCodeQuality({ findings, plans }: Review): string {
  const ids = findingIds(findings);
  const path = visible(fileOf(plans));
  const issues = findings.map(({ rule, level, address, message, fix }, i) => ({
    description: `${quoted(address)}: ${line(message)}. Fix: ${line(fix)}`,
    check_name: rule.id,
    fingerprint: ids[i],
    severity: SEVERITY[level],
    location: { path, lines: { begin: 1 } },
  }));
  return document(issues);
}
