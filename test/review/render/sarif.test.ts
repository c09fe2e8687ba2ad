import { readFileSync } from "node:fs";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import * as fc from "fast-check";
import { renderSarif } from "../../../lib/review/render/sarif";
import { RUNS, SEED, TIMEOUT_MS } from "../../property/runs";
import { hostile, reviewOf, reviews, SMALL } from "./reviews";

// of draft 4, which differs here in the name of its id alone; its pattern of languages is none with the flag u
const SCHEMA = require.resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
const { $schema: _, id: $id, ...schema } = JSON.parse(readFileSync(SCHEMA, "utf8"));
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats(ajv);
const isSarif = ajv.compile({ $id, ...schema });

function errorsOf(text: string) {
  isSarif(JSON.parse(text));
  return isSarif.errors ?? [];
}

test("names rules, and has a result for each finding", () => {
  const { runs, ...log } = JSON.parse(renderSarif(SMALL, { toolVersion: "1.2.3" }));
  expect(log).toStrictEqual({ $schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0" });
  const [{ tool, results, ...run }] = runs;
  expect([runs.length, run]).toStrictEqual([1, { columnKind: "utf16CodeUnits" }]);
  const { rules, ...driver } = tool.driver;
  expect(driver).toStrictEqual({ name: "openstack-images", version: "1.2.3" });
  expect(rules.map(({ id }: { id: string }) => id)).toStrictEqual(SMALL.findings.map(({ rule }) => rule.id));
  expect(rules[3]).toStrictEqual({
    id: "OSI-TST-001",
    name: "ImageSeen",
    shortDescription: { text: "Image Seen" },
    fullDescription: { text: "An image is `seen`. By [all] (of them)." },
    help: { text: "An image is `seen`. By [all] (of them). Fix: keep `visibility` as it is <for now>." },
    defaultConfiguration: { level: "warning" },
  });
  expect(results.map(({ level }: { level: string }) => level)).toStrictEqual([
    ...["error", "error", "error"],
    ...["warning", "note"],
  ]);
  expect(results[3]).toStrictEqual({
    ruleId: "OSI-TST-001",
    ruleIndex: 3,
    level: "warning",
    message: {
      text: "openstack_images_image_v2.golden: '</details> @all\\u{a}# #1' is seen. Fix: keep `visibility` as it is <for now>",
    },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: "plan.json" }, region: { startLine: 1 } },
        logicalLocations: [{ fullyQualifiedName: "openstack_images_image_v2.golden", kind: "resource" }],
      },
    ],
    partialFingerprints: { primaryLocationLineHash: expect.stringMatching(/^[0-9a-f]{64}:1$/) },
  });
});

test("is a run without results where nothing was found", () => {
  const text = renderSarif(reviewOf([]));
  expect(errorsOf(text)).toStrictEqual([]);
  expect(JSON.parse(text).runs[0]).toStrictEqual({
    tool: { driver: { name: "openstack-images", rules: [] } },
    columnKind: "utf16CodeUnits",
    results: [],
  });
});

test("fails when a result has no message, by the schema", () => {
  const log = JSON.parse(renderSarif(SMALL));
  delete log.runs[0].results[0].message;
  expect(errorsOf(JSON.stringify(log)).map(({ instancePath }) => instancePath)).toStrictEqual(["/runs/0/results/0"]);
});

test("has the first 5000 findings, and says how many more there are", () => {
  const findings = Array.from({ length: 5003 }, (_, i) => ({ ...SMALL.findings[i < 5000 ? 0 : 4], address: `a${i}` }));
  const text = renderSarif({ ...SMALL, findings });
  const [{ results, tool, properties }] = JSON.parse(text).runs;
  expect([results.length, tool.driver.rules.length, properties]).toStrictEqual([5000, 1, { resultsLeftOut: 3 }]);
  expect(errorsOf(text)).toStrictEqual([]);
});

test("gives a rule the level of its heaviest finding", () => {
  const [finding] = SMALL.findings;
  const { rules } = JSON.parse(renderSarif({ ...SMALL, findings: [finding, { ...finding, level: "info" }] })).runs[0]
    .tool.driver;
  expect(rules.map((rule: { defaultConfiguration: object }) => rule.defaultConfiguration)).toStrictEqual([
    { level: "error" },
  ]);
});

test.each([
  ["a link", "[a](https://example.org)", "[a] (https://example.org)"],
  ["an argument", "{0} {12}", "{{0}} {{12}}"],
  ["a control character", "\0", "\\u{{0}}"],
])("no name is %s", (_, name, shown) => {
  const text = renderSarif({ ...SMALL, findings: [{ ...SMALL.findings[0], message: [{ foreign: name }] }] });
  expect(JSON.parse(text).runs[0].results[0].message.text).toContain(`: '${shown}'. Fix: `);
});

test("has the plan's name as a reference", () => {
  const uri = (plan: string) =>
    JSON.parse(renderSarif({ ...SMALL, findings: SMALL.findings.map((finding) => ({ ...finding, plan })) })).runs[0]
      .results[0].locations[0].physicalLocation.artifactLocation;
  expect(uri("a b/ö#\ud800.json")).toStrictEqual({ uri: "a%20b/%C3%B6%23%EF%BF%BD.json" });
});

test(
  "is SARIF, whatever the names",
  () => {
    const property = fc.property(reviews(hostile()), (review) => {
      const text = renderSarif(review);
      expect(text).not.toMatch(/[^\n -~]|##/);
      expect(errorsOf(text)).toStrictEqual([]);
      const [{ results, tool }] = JSON.parse(text).runs;
      expect(results).toHaveLength(review.findings.length);
      for (const { ruleId, ruleIndex, message } of results) {
        expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
        expect(message.text).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]|\]\(|(?<!\{)\{\d+\}/u);
      }
      expect(renderSarif(review)).toBe(text);
    });
    fc.assert(property, { numRuns: Math.ceil(RUNS / 4), seed: SEED });
  },
  TIMEOUT_MS,
);
