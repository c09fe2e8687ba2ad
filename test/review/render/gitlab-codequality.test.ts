import * as fc from "fast-check";
import { renderGitlabCodeQuality } from "../../../lib/review/render/gitlab-codequality";
import { RUNS, SEED, TIMEOUT_MS } from "../../property/runs";
import { hostile, reviewOf, reviews, SMALL } from "./reviews";

const FINGERPRINT = expect.stringMatching(/^[0-9a-f]{64}$/);

test("is an issue for each finding", () => {
  const location = { path: "plan.json", lines: { begin: 1 } };
  const common = { fingerprint: FINGERPRINT, location };
  const issues = JSON.parse(renderGitlabCodeQuality(SMALL));
  expect(issues).toHaveLength(5);
  expect(issues.slice(2)).toStrictEqual([
    {
      ...common,
      description:
        "openstack_blockstorage_volume_v3.data: it is destroyed and made anew because of image_id: its data is lost. Fix: leave the volume on its image (lifecycle ignore_changes = [image_id]; onImageChange: ImageChange.IGNORE here), or take a snapshot before",
      check_name: "OSI-VOL-001",
      severity: "blocker",
    },
    {
      ...common,
      description:
        "openstack_images_image_v2.golden: '</details> @all\\u{a}# #1' is seen. Fix: keep `visibility` as it is <for now>",
      check_name: "OSI-TST-001",
      severity: "major",
    },
    {
      ...common,
      description: "openstack_images_image_v2.other: it was renamed to b. Fix: look after it",
      check_name: "OSI-TST-002",
      severity: "info",
    },
  ]);
});

test("is an empty list where nothing was found", () => {
  expect(renderGitlabCodeQuality(reviewOf([]))).toBe("[]\n");
});

test("keeps fingerprints while a rule finds something of a resource, whatever it says", () => {
  const fingerprints = (findings: typeof SMALL.findings) =>
    JSON.parse(renderGitlabCodeQuality({ ...SMALL, findings })).map(
      (issue: { fingerprint: string }) => issue.fingerprint,
    );
  const [first, second] = SMALL.findings;
  const [one, other] = fingerprints([first, second]);
  expect(fingerprints([second, { ...first, message: ["another"] }])).toStrictEqual([other, one]);
  const [again, more] = fingerprints([first, first]);
  expect([again, more === again]).toStrictEqual([one, false]);
});

test.each([
  ["./out/plan.json", "out/plan.json"],
  ["out\\plan.json", "out/plan.json"],
  ["/builds/plan.json", "builds/plan.json"],
  ["../plan.json", "../plan.json"],
  ["stdin", "plan.json"],
  ["", "plan.json"],
])("shows findings of %j at %s", (plan, path) => {
  const [issue] = JSON.parse(
    renderGitlabCodeQuality({ ...SMALL, findings: SMALL.findings.map((finding) => ({ ...finding, plan })) }),
  );
  expect(issue.location.path).toBe(path);
});

test(
  "is what GitLab reads, whatever the names",
  () => {
    const property = fc.property(reviews(hostile()), (review) => {
      const text = renderGitlabCodeQuality(review);
      expect(text).not.toMatch(/[^\n -~]|##/);
      const issues = JSON.parse(text);
      expect(issues).toStrictEqual(
        review.findings.map(({ rule }) => ({
          description: expect.stringMatching(/^[^\p{Cc}\p{Cf}\p{Cs}]+$/u),
          check_name: rule.id,
          fingerprint: FINGERPRINT,
          severity: expect.stringMatching(/^(?:blocker|major|info)$/),
          location: { path: expect.stringMatching(/^[^\p{Cc}\p{Cf}\p{Cs}]+$/u), lines: { begin: 1 } },
        })),
      );
      const fingerprints = issues.map((issue: { fingerprint: string }) => issue.fingerprint);
      expect(new Set(fingerprints).size).toBe(issues.length);
      expect(renderGitlabCodeQuality(review)).toBe(text);
    });
    fc.assert(property, { numRuns: RUNS, seed: SEED });
  },
  TIMEOUT_MS,
);
