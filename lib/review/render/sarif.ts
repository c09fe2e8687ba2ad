import type { Level } from "../../rules/rule";
import type { Finding, Review } from "../review";
import { fileOf, findingIds } from "./finding-id";
import { document, line, quoted, visible } from "./foreign";

/** As many as GitHub keeps of a run. */
const MAX_RESULTS = 5000;

const LEVEL: Record<Level, string> = { block: "error", warn: "warning", info: "note" };

/** What SARIF says of the tool. */
export interface SarifOptions {
  readonly toolVersion?: string;
}

/** Findings as SARIF 2.1.0, for code scanning. */
export function renderSarif(review: Review, { toolVersion }: SarifOptions = {}): string {
  const ids = findingIds(review.findings);
  const findings = review.findings.slice(0, MAX_RESULTS);
  const indexes = new Map<string, number>();
  const rules = findings.filter(({ rule }) => !indexes.has(rule.id) && indexes.set(rule.id, indexes.size));
  const leftOut = review.findings.length - findings.length;
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "openstack-images",
            ...(toolVersion === undefined ? {} : { version: toolVersion }),
            rules: rules.map(descriptor),
          },
        },
        columnKind: "utf16CodeUnits",
        results: findings.map((finding, i) => ({
          ruleId: finding.rule.id,
          ruleIndex: indexes.get(finding.rule.id),
          level: LEVEL[finding.level],
          message: {
            text: unlinked(`${quoted(finding.address)}: ${line(finding.message)}. Fix: ${line(finding.fix)}`),
          },
          locations: [
            {
              physicalLocation: { artifactLocation: { uri: uriOf(fileOf(finding)) }, region: { startLine: 1 } },
              logicalLocations: [{ fullyQualifiedName: visible(finding.address), kind: "resource" }],
            },
          ],
          partialFingerprints: { primaryLocationLineHash: `${ids[i]}:1` },
        })),
        ...(leftOut === 0 ? {} : { properties: { resultsLeftOut: leftOut } }),
      },
    ],
  };
  return document(log);
}

/** The heaviest finding of a rule says how much the rule weighs here. */
function descriptor({ rule, level }: Finding) {
  return {
    id: rule.id,
    name: rule.name,
    shortDescription: { text: rule.name.replace(/(?<=[a-z])(?=[A-Z])/g, " ") },
    fullDescription: { text: unlinked(rule.why) },
    help: { text: unlinked(`${rule.why} Fix: ${rule.fix}.`) },
    defaultConfiguration: { level: LEVEL[level] },
  };
}

/** SARIF takes `[a](b)` for a link and `{0}` for an argument. */
function unlinked(text: string): string {
  return text.replace(/\]\(/g, "] (").replace(/\{(\d+)\}/g, "{{$1}}");
}

/** The path as a relative reference. */
function uriOf(path: string): string {
  // encodeURIComponent takes no halves of pairs
  return path
    .replace(/\p{Cs}/gu, "\ufffd")
    .split("/")
    .map(encodeURIComponent)
    .join("/");
}
