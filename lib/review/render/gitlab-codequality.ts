import type { Level } from "../../rules/rule";
import type { Review } from "../review";
import { fileOf, findingIds } from "./finding-id";
import { document, line, quoted, visible } from "./foreign";

const SEVERITY: Record<Level, string> = { block: "blocker", warn: "major", info: "info" };

/** Findings for GitLab's `artifacts:reports:codequality`. */
export function renderGitlabCodeQuality({ findings }: Review): string {
  const ids = findingIds(findings);
  const issues = findings.map((finding, i) => ({
    description: `${quoted(finding.address)}: ${line(finding.message)}. Fix: ${line(finding.fix)}`,
    check_name: finding.rule.id,
    fingerprint: ids[i],
    severity: SEVERITY[finding.level],
    location: { path: visible(fileOf(finding)), lines: { begin: 1 } },
  }));
  return document(issues);
}
