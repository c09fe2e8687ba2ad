import * as fc from "fast-check";
import { renderText } from "../../../lib/review/render/text";
import { RUNS, SEED, TIMEOUT_MS } from "../../property/runs";
import { hostile, reviewOf, reviews, SMALL } from "./reviews";

const ESCAPE = String.fromCharCode(27);
const SGR = new RegExp(`${ESCAPE}\\[[\\d;]+m`, "g");

test("tells what becomes of each resource, the heaviest first", () => {
  expect(renderText(SMALL).split("\n")).toStrictEqual([
    "Terraform says 1 to destroy; 1 root disk and 1 volume will be erased.",
    "",
    `'openstack_compute_instance_v2.web["a b"]' (update)`,
    "  Nova rebuilds the server, which Terraform calls an update in place: its root disk is lost (image_id)",
    "  block OSI-SRV-001 ServerRebuilt: Nova rebuilds it because of image_id: what is on its root disk is lost",
    "    fix: leave the server on its image (lifecycle ignore_changes = [image_id]; onImageChange: ImageChange.IGNORE here), or replace it on purpose",
    "",
    "openstack_blockstorage_volume_v3.data (replace)",
    "  the volume is destroyed and made anew: its data is lost, because of image_id",
    "  block OSI-VOL-001 VolumeReplaced: it is destroyed and made anew because of image_id: its data is lost",
    "    fix: leave the volume on its image (lifecycle ignore_changes = [image_id]; onImageChange: ImageChange.IGNORE here), or take a snapshot before",
    "",
    "openstack_images_image_access_v2.team (create)",
    "  project 0123456789abcdef gets access",
    "  block OSI-IMG-006 MemberOfUnshared: Glance will refuse it (403): openstack_images_image_v2.golden is public, not shared",
    "    fix: share the image first (visibility = shared; ImageVisibility.SHARED here), in the same plan or before",
    "",
    "openstack_images_image_v2.golden (update)",
    "  more may see it: private becomes public",
    "  it is renamed from golden to '</details> @all\\u{a}# #1'",
    "  warn OSI-TST-001 ImageSeen: '</details> @all\\u{a}# #1' is seen",
    "    fix: keep `visibility` as it is <for now>",
    "",
    "openstack_networking_network_v2.net (create)",
    "  made",
    "",
    "openstack_images_image_v2.other",
    "  info OSI-TST-002 ImageDrifted: it was renamed to b",
    "    fix: look after it",
    "",
    "Terraform: 3 to add, 3 to change, 1 to destroy.",
    "Not shown: 1 change of nothing in the cloud.",
    "Findings: 3 block, 1 warn, 1 info.",
    "Servers and volumes on images that change: 2 in the same plan, 0 in the others; nobody looked for others in the cloud.",
    `Fingerprint: ${SMALL.fingerprint}.`,
    "",
  ]);
});

test("says of a plan without changes that there are none", () => {
  expect(renderText(reviewOf([])).split("\n")).toStrictEqual([
    "Terraform says 0 to destroy; no root disk and no volume will be erased.",
    "",
    "Terraform changes nothing.",
    "Findings: 0 block, 0 warn, 0 info.",
    `Fingerprint: ${reviewOf([]).fingerprint}.`,
    "",
  ]);
});

test("has colours when they are asked for, and says the same in them", () => {
  const colored = renderText(SMALL, { isColored: true });
  expect(colored).toContain(`  ${ESCAPE}[1;31mblock${ESCAPE}[0m OSI-SRV-001`);
  expect(colored).toContain(`  ${ESCAPE}[33mwarn${ESCAPE}[0m OSI-TST-001`);
  expect(colored).toContain(`${ESCAPE}[31mthe volume is destroyed`);
  expect(colored.replace(SGR, "")).toBe(renderText(SMALL));
});

test.each([
  ["a name that ends its quotes", "it's", "'it\\u{27}s'"],
  ["a command of a pipeline's log", "##vso[task.complete]", "'#\\u{23}vso[task.complete]'"],
  ["a command of GitHub's log", "::stop-commands::x", "'::stop-commands::x'"],
  ["half of a pair", "a\ud800", "'a\\u{d800}'"],
  ["nothing", "", "(empty)"],
  ["a name of 5000 characters", `${"a".repeat(4999)}b`, `${"'"}${"a".repeat(666)}…${"a".repeat(332)}b'`],
])("shows %s", (_, name, shown) => {
  const text = renderText({
    ...SMALL,
    cards: [{ ...SMALL.cards[0], change: { ...SMALL.cards[0].change, address: name } }],
  });
  expect(text.split("\n")[2]).toBe(`${shown} (update)`);
});

test(
  "no name steers a terminal or a log",
  () => {
    const property = fc.property(reviews(hostile()), (review) => {
      const text = renderText(review);
      expect(text.replace(/\n/g, "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|##/u);
      for (const line of text.split("\n")) expect(line).toMatch(/^(?:$|'|\(empty\)|\w|(?: {2}| {4})\S?)/);
      expect(renderText(review, { isColored: true }).replace(SGR, "")).toBe(text);
      expect(renderText(review)).toBe(text);
    });
    fc.assert(property, { numRuns: RUNS, seed: SEED });
  },
  TIMEOUT_MS,
);
