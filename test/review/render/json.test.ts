import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import * as fc from "fast-check";
import { renderJson } from "../../../lib/review/render/json";
import { IMAGE } from "../../../lib/rules/subject";
import { RUNS, SEED, TIMEOUT_MS } from "../../property/runs";
import { hostile, reviewOf, reviews, SMALL } from "./reviews";

const SCHEMA = JSON.parse(readFileSync(join(__dirname, "../../../docs/review.schema.json"), "utf8"));

/** The schema without what it leaves open for versions to come. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== "object" || schema === null) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  return "properties" in inner && inner.type === "object" ? { ...inner, additionalProperties: false } : inner;
}

const isReview = new Ajv({ strict: true, allErrors: true }).compile(closed(SCHEMA) as object);

function errorsOf(document: unknown) {
  isReview(document);
  return isReview.errors ?? [];
}

test("has all that the review has to say, and no attribute", () => {
  const text = renderJson(
    reviewOf([
      {
        address: `${IMAGE}.a`,
        actions: ["update"],
        before: { name: "one", visibility: "private", properties: { password: "s3cret" } },
        after: { name: "two", visibility: "shared", properties: { password: "s4cret" } },
      },
    ]),
  );
  expect(JSON.parse(text)).toStrictEqual({
    schemaVersion: 1,
    headline: "Terraform says 0 to destroy; no root disk and no volume will be erased.",
    plans: ["plan.json"],
    fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
    hasChanges: true,
    counts: { add: 0, change: 1, destroy: 0 },
    erased: { rootDisks: 0, volumes: 0 },
    noise: 0,
    blast: { inPlan: 0, inSiblings: 0, notChecked: [expect.any(String)] },
    acknowledged: [],
    findings: [
      {
        rule: "OSI-TST-001",
        name: "ImageSeen",
        level: "warn",
        plan: "plan.json",
        fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
        address: "openstack_images_image_v2.a",
        message: "two is seen",
        fix: "keep `visibility` as it is <for now>",
      },
    ],
    cards: [
      {
        plan: "plan.json",
        address: "openstack_images_image_v2.a",
        type: "openstack_images_image_v2",
        action: "update",
        consequences: [
          { kind: "visibility-wider", message: "more may see it: private becomes shared" },
          { kind: "renamed", message: "it is renamed from one to two" },
          { kind: "metadata", message: "changed in place: properties" },
        ],
      },
    ],
  });
});

test("is what its schema says, for nothing and for something of everything", () => {
  expect(SCHEMA.properties.schemaVersion).toStrictEqual({ const: 1 });
  expect(errorsOf(JSON.parse(renderJson(reviewOf([]))))).toStrictEqual([]);
  expect(errorsOf(JSON.parse(renderJson(SMALL)))).toStrictEqual([]);
});

test("fails when a document has what the schema does not tell of", () => {
  const document = JSON.parse(renderJson(SMALL));
  document.cards[0].before = { name: "a" };
  expect(errorsOf(document).map(({ instancePath }) => instancePath)).toStrictEqual(["/cards/0"]);
});

test(
  "is what its schema says, whatever the names, and keeps them as they are",
  () => {
    const property = fc.property(reviews(hostile()), (review) => {
      const text = renderJson(review);
      expect(text).not.toMatch(/[^\n -~]|##/);
      const document = JSON.parse(text);
      expect(errorsOf(document)).toStrictEqual([]);
      expect(document.plans).toStrictEqual(review.plans);
      expect(document.findings.map(({ address }: { address: string }) => address)).toStrictEqual(
        review.findings.map(({ address }) => address),
      );
      expect(renderJson(review)).toBe(text);
    });
    fc.assert(property, { numRuns: RUNS, seed: SEED });
  },
  TIMEOUT_MS,
);
