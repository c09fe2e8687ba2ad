import * as fc from "fast-check";
import { renderGithubAnnotations } from "../../../lib/review/render/github-annotations";
import { RUNS, SEED, TIMEOUT_MS } from "../../property/runs";
import { hostile, reviewOf, reviews, SMALL } from "./reviews";

test("is a command for each finding", () => {
  expect(renderGithubAnnotations(SMALL).split("\n")).toStrictEqual([
    "::error title=OSI-IMG-006 MemberOfUnshared::openstack_images_image_access_v2.team: Glance will refuse it (403): openstack_images_image_v2.golden is public, not shared. Fix: share the image first (visibility = shared; ImageVisibility.SHARED here), in the same plan or before",
    `::error title=OSI-SRV-001 ServerRebuilt::'openstack_compute_instance_v2.web["a b"]': Nova rebuilds it because of image_id: what is on its root disk is lost. Fix: leave the server on its image (lifecycle ignore_changes = [image_id]; onImageChange: ImageChange.IGNORE here), or replace it on purpose`,
    "::error title=OSI-VOL-001 VolumeReplaced::openstack_blockstorage_volume_v3.data: it is destroyed and made anew because of image_id: its data is lost. Fix: leave the volume on its image (lifecycle ignore_changes = [image_id]; onImageChange: ImageChange.IGNORE here), or take a snapshot before",
    "::warning title=OSI-TST-001 ImageSeen::openstack_images_image_v2.golden: '</details> @all\\u{a}# #1' is seen. Fix: keep `visibility` as it is <for now>",
    "::notice title=OSI-TST-002 ImageDrifted::openstack_images_image_v2.other: it was renamed to b. Fix: look after it",
    "",
  ]);
});

test("is nothing where nothing was found", () => {
  expect(renderGithubAnnotations(reviewOf([]))).toBe("");
});

test("escapes what GitHub takes for its own", () => {
  const [finding] = SMALL.findings;
  const rule = { ...finding.rule, id: "A:B,C", name: "D%" };
  const text = renderGithubAnnotations({
    ...SMALL,
    findings: [{ ...finding, rule, address: "a", message: ["100%"], fix: ["x"] }],
  });
  expect(text).toBe("::error title=A%3AB%2CC D%25::a: 100%25. Fix: x\n");
});

test("has the first ten of each level", () => {
  const findings = SMALL.findings.flatMap((finding) =>
    Array.from({ length: 20 }, (_, i) => ({ ...finding, address: `a${i}` })),
  );
  const lines = renderGithubAnnotations({ ...SMALL, findings })
    .trimEnd()
    .split("\n");
  const expected = (command: string) => Array.from({ length: 10 }, (_, i) => `${command} a${i}`);
  expect(lines.map((line) => line.replace(/^::(\w+) .*?::(\w+):.*/, "$1 $2"))).toStrictEqual(
    ["error", "warning", "notice"].flatMap(expected),
  );
});

test(
  "no name makes another command",
  () => {
    const property = fc.property(reviews(hostile(), { maxFindings: 40 }), (review) => {
      const text = renderGithubAnnotations(review);
      const levels = ["block", "warn", "info"].map(
        (level) => review.findings.filter((one) => one.level === level).length,
      );
      const lines = text.split("\n").slice(0, -1);
      expect(lines).toHaveLength(levels.reduce((sum, count) => sum + Math.min(count, 10), 0));
      for (const line of lines) {
        expect(line).toMatch(/^::(?:error|warning|notice) title=OSI-[A-Z]{3}-\d{3} \w+::(?:\w|'|\(empty\))/);
        expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|##|%(?!25)/u);
      }
      expect(renderGithubAnnotations(review)).toBe(text);
    });
    fc.assert(property, { numRuns: RUNS, seed: SEED });
  },
  TIMEOUT_MS,
);
