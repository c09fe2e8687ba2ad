import { createHash } from "node:crypto";
import type { Finding } from "../review";

/** An id for each finding, the same in every run while its rule finds something of the same resource. */
export function findingIds(findings: readonly Finding[]): readonly string[] {
  const times = new Map<string, number>();
  return findings.map(({ rule, plan, address }) => {
    const key = JSON.stringify([rule.id, plan, address]);
    const time = times.get(key) ?? 0;
    times.set(key, time + 1);
    return createHash("sha256")
      .update(JSON.stringify([rule.id, plan, address, time]))
      .digest("hex");
  });
}

/** The file that a finding is shown at: pages of code review show none without. */
export function fileOf({ plan }: Finding): string {
  const path = plan.replace(/\\/g, "/").replace(/^(?:\.?\/)+/, "");
  return path === "" || path === "stdin" ? "plan.json" : path;
}
