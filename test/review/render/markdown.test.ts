import * as fc from "fast-check";

import MarkdownIt = require("markdown-it");

import { MARKER, renderMarkdown } from "../../../lib/review/render/markdown";
import type { Card, Finding, Review } from "../../../lib/review/review";
import type { Message } from "../../../lib/rules/message";
import { RUNS, SEED, TIMEOUT_MS } from "../../property/runs";
import { hostile, reviewOf, reviews, SMALL } from "./reviews";

/** With tables, strikethrough and links of bare addresses, as hosts have them. */
const parser = new MarkdownIt({ html: true, linkify: true });

interface Parsed {
  /** All tokens, and the texts that are no code. */
  readonly structure: readonly string[];
  readonly codes: readonly string[];
}

function parsed(markdown: string): Parsed {
  const tokens = parser.parse(markdown, {}).flatMap((token) => [token, ...(token.children ?? [])]);
  return {
    structure: tokens
      .filter(({ type }) => type !== "inline")
      .map(({ type, tag, level, content }) => `${level} ${type} ${tag}${type === "code_inline" ? "" : ` ${content}`}`),
    codes: tokens.filter(({ type }) => type === "code_inline").map(({ content }) => content),
  };
}

/** The review in which others gave names that mean no harm, and are told from each other. */
function harmless(review: Review): Review {
  const names = new Map<string, string>();
  const name = (foreign: string) => {
    if (foreign === "") return "";
    if (!names.has(foreign)) names.set(foreign, `n${names.size}`);
    return names.get(foreign) as string;
  };
  const message = (given: Message): Message =>
    given.map((part) => (typeof part === "string" ? part : { foreign: name(part.foreign) }));
  const findings = new Map(
    review.findings.map((finding): [Finding, Finding] => [
      finding,
      { ...finding, address: name(finding.address), message: message(finding.message), fix: message(finding.fix) },
    ]),
  );
  const renamed = (finding: Finding) => findings.get(finding) as Finding;
  return {
    ...review,
    plans: review.plans.map(name),
    findings: review.findings.map(renamed),
    cards: review.cards.map((card) => ({
      ...card,
      change: { ...card.change, address: name(card.change.address) },
      consequences: card.consequences.map(({ kind, message: given }) => ({ kind, message: message(given) })),
      findings: card.findings.map(renamed),
    })),
  };
}

const bytes = (text: string) => Buffer.byteLength(text);

test("has what blocks first, then a card for each resource, then counts", () => {
  expect(renderMarkdown(SMALL).split("\n")).toStrictEqual([
    "<!-- openstack-images-review -->",
    "### Terraform says 1 to destroy; 1 root disk and 1 volume will be erased.",
    "",
    "**block OSI-IMG-006 MemberOfUnshared**. Fix: share the image first (visibility = shared; ImageVisibility.SHARED here), in the same plan or before",
    "",
    "- `openstack_images_image_access_v2.team`: Glance will refuse it (403): `openstack_images_image_v2.golden` is `public`, not shared",
    "",
    "**block OSI-SRV-001 ServerRebuilt**. Fix: leave the server on its image (lifecycle ignore_changes = \\[image_id\\]; onImageChange: ImageChange.IGNORE here), or replace it on purpose",
    "",
    '- `openstack_compute_instance_v2.web["a b"]`: Nova rebuilds it because of image_id: what is on its root disk is lost',
    "",
    "**block OSI-VOL-001 VolumeReplaced**. Fix: leave the volume on its image (lifecycle ignore_changes = \\[image_id\\]; onImageChange: ImageChange.IGNORE here), or take a snapshot before",
    "",
    "- `openstack_blockstorage_volume_v3.data`: it is destroyed and made anew because of image_id: its data is lost",
    "",
    '#### `openstack_compute_instance_v2.web["a b"]` (update)',
    "",
    "- Nova rebuilds the server, which Terraform calls an update in place: its root disk is lost (image_id)",
    "- **blocked by OSI-SRV-001**, see above",
    "",
    "#### `openstack_blockstorage_volume_v3.data` (replace)",
    "",
    "- the volume is destroyed and made anew: its data is lost, because of image_id",
    "- **blocked by OSI-VOL-001**, see above",
    "",
    "#### `openstack_images_image_access_v2.team` (create)",
    "",
    "- project `0123456789abcdef` gets access",
    "- **blocked by OSI-IMG-006**, see above",
    "",
    "#### `openstack_images_image_v2.golden` (update)",
    "",
    "- more may see it: `private` becomes `public`",
    "- it is renamed from `golden` to `\\u{3c}/details> @all\\u{a}# #1`",
    "- **warn OSI-TST-001 ImageSeen**: `\\u{3c}/details> @all\\u{a}# #1` is seen. Fix: keep `visibility` as it is &lt;for now&gt;",
    "",
    "**info OSI-TST-002 ImageDrifted**. Fix: look after it",
    "",
    "- `openstack_images_image_v2.other`: it was renamed to `b`",
    "",
    "Terraform: 3 to add, 3 to change, 1 to destroy. Not shown: 1 change of nothing in the cloud. Findings: 3 block, 1 warn, 1 info. " +
      `Servers and volumes on images that change: 2 in the same plan, 0 in the others; nobody looked for others in the cloud. Fingerprint: ${SMALL.fingerprint}. ` +
      "Besides: 1 change of other resources. Of `plan.json`.",
    "",
  ]);
});

const NOTHING = reviewOf([]).fingerprint;

test("says of a plan without changes that there are none", () => {
  expect(renderMarkdown(reviewOf([]))).toBe(
    `${MARKER}\n### Terraform says 0 to destroy; no root disk and no volume will be erased.\n\nTerraform changes nothing. Findings: 0 block, 0 warn, 0 info. Fingerprint: ${NOTHING}. Of \`plan.json\`.\n`,
  );
});

test("says a fix once for all that it mends, and again where it is another", () => {
  const [finding] = SMALL.findings;
  const given = (address: string, fix = "a"): Finding => ({ ...finding, address, message: ["m"], fix: [fix] });
  const findings = [given("a"), given("b"), given("c", "b"), given("d", "b")];
  expect(
    renderMarkdown({ ...SMALL, findings, cards: [] })
      .split("\n")
      .slice(3, -3),
  ).toStrictEqual([
    "**block OSI-IMG-006 MemberOfUnshared**. Fix: a",
    "",
    "- `a`: m",
    "- `b`: m",
    "",
    "**block OSI-IMG-006 MemberOfUnshared**. Fix: b",
    "",
    "- `c`: m",
    "- `d`: m",
  ]);
});

const named = (...names: string[]): Review => {
  const message = names.map((foreign) => ({ foreign }));
  return { ...SMALL, findings: [{ ...SMALL.findings[0], address: "a", message, fix: [] }], cards: [] };
};

test.each([
  ["a tag", ["<b>"], "`\\u{3c}b>`"],
  ["a backtick", ["a`b"], "`a\\u{60}b`"],
  ["spaces at its ends", [" a "], "`  a  `"],
  ["spaces alone", ["  "], "`  `"],
  ["nothing in it", [""], "(empty)"],
  ["another beside it", ["a", "b"], "`ab`"],
  ["160 characters", ["a".repeat(160)], `\`${"a".repeat(160)}\``],
  ["many characters", [`${"a".repeat(160)}b`], `\`${"a".repeat(105)}…${"a".repeat(51)}b\``],
  ["characters of many bytes", ["漢".repeat(100)], `\`${"漢".repeat(35)}…${"漢".repeat(17)}\``],
])("shows a name with %s", (_, names, shown) => {
  expect(renderMarkdown(named(...names)).split("\n")[5]).toBe(`- \`a\`: ${shown}`);
});

test("ends a long message between two words", () => {
  const [finding] = SMALL.findings;
  const message = ["word ".repeat(200)];
  expect(renderMarkdown({ ...SMALL, findings: [{ ...finding, address: "a", message }], cards: [] })).toContain(
    `\n- \`a\`: ${"word ".repeat(99)}…\n`,
  );
});

test.each([NaN, 0, 1999, -1])("fails when maxChars is %d", (maxChars) => {
  expect(() => renderMarkdown(SMALL, { maxChars })).toThrow(
    new RangeError(`'maxChars' must be 2000 or more, got ${maxChars}`),
  );
});

describe("a review that is too long for a comment", () => {
  const [block, , , warn, info] = SMALL.findings;
  const many = (count: number, finding: Finding, as: string): Finding[] =>
    Array.from({ length: count }, (_, i) => ({ ...finding, address: `${as}${i}` }));
  const cardsOf = (findings: readonly Finding[]): Card[] =>
    findings.map((finding) => ({
      ...SMALL.cards[0],
      change: { ...SMALL.cards[0].change, address: finding.address },
      findings: [finding],
    }));

  test("leaves out cards before findings that block", () => {
    const findings = [...many(20, block, "b"), ...many(50, warn, "w")];
    const text = renderMarkdown({ ...SMALL, findings, cards: cardsOf(findings) }, { maxChars: 8000 });
    for (let i = 0; i < 20; i++) expect(text).toContain(`- \`b${i}\`: `);
    const shown = (pattern: RegExp) => [...text.matchAll(pattern)].length;
    const [cards, warnings] = [shown(/^#### /gm), shown(/^- \*\*warn /gm)];
    expect(cards).toBeGreaterThan(20);
    expect(text.trimEnd().split("\n").pop()).toBe(
      `**Left out, as this is too long for a comment**: 0 block, ${50 - warnings} warn, 0 info; ${70 - cards} resources.`,
    );
  });

  test("shows nothing else when it leaves out what blocks", () => {
    const findings = [...many(100, block, "b"), ...many(5, warn, "w"), ...many(5, info, "i")];
    const text = renderMarkdown({ ...SMALL, findings, cards: cardsOf(findings.slice(0, 103)) }, { maxChars: 4000 });
    const shown = [...text.matchAll(/^- `b\d+`: /gm)].length;
    expect(shown).toBeGreaterThan(10);
    expect(text).not.toMatch(/^####|`[wi]\d+`/m);
    expect(text.trimEnd().split("\n").pop()).toBe(
      `**Left out, as this is too long for a comment**: ${100 - shown} block, 5 warn, 5 info; 103 resources.`,
    );
  });

  test("leaves out notes of what happened outside Terraform before cards, and warnings of it after", () => {
    const findings = [...many(5, warn, "w"), ...many(100, info, "i")];
    const text = renderMarkdown(
      { ...SMALL, findings, cards: SMALL.cards.map((card) => ({ ...card, findings: [] })) },
      { maxChars: 4000 },
    );
    const count = (pattern: RegExp) => [...text.matchAll(pattern)].length;
    expect([count(/^- `w\d`/gm), count(/^#### /gm)]).toStrictEqual([5, 4]);
    expect(count(/^- `i\d+`/gm)).toBeLessThan(100);
  });

  test.each([1, 10, 100, 1000, 10_000])("keeps the bound with %d findings", (count) => {
    const address = '漢`<b>\u202e"'.repeat(30);
    const findings = [block, warn, info].flatMap((finding) =>
      many(
        count,
        { ...finding, message: [{ foreign: address }, " ", { foreign: address }, " is what it is ".repeat(50)] },
        address,
      ),
    );
    const review = { ...SMALL, findings, cards: cardsOf(findings), plans: Array.from({ length: 9 }, () => address) };
    for (const maxChars of [2000, 2001, 5000, 32_768, 65_000, 150_000, 1_000_000]) {
      const text = renderMarkdown(review, { maxChars });
      expect(bytes(text)).toBeLessThanOrEqual(maxChars);
      expect(text.startsWith(`${MARKER}\n### Terraform says 1 to destroy;`)).toBe(true);
      // the most serious is there, in the shortest too
      expect(text).toContain("**block OSI-IMG-006 MemberOfUnshared**");
      const left = /: (\d+) block, (\d+) warn, (\d+) info; (\d+) resources?\.\n$/.exec(text);
      if (!left) expect([...text.matchAll(/^#### /gm)]).toHaveLength(3 * count);
    }
    expect(bytes(renderMarkdown(review))).toBeLessThanOrEqual(65_000);
  });

  test(
    "keeps the bound and what it counts, whatever it is of",
    () => {
      const given = [
        reviews(hostile({ maxLength: 60 }), { maxFindings: 60, maxCards: 30 }),
        fc.integer({ min: 2000, max: 30_000 }),
      ] as const;
      const property = fc.property(...given, (review, maxChars) => {
        const text = renderMarkdown(review, { maxChars });
        expect(bytes(text)).toBeLessThanOrEqual(maxChars);
        expect(text.length).toBeLessThanOrEqual(maxChars);
        const blocking = review.findings.filter(({ level }) => level === "block").length;
        const left = Number(/: (\d+) block, \d+ warn, \d+ info; \d+ resources?\.\n$/.exec(text)?.[1] ?? 0);
        expect(left === 0 || !/^(?:####|\*\*(?:warn|info))/m.test(text)).toBe(true);
        expect(left).toBeLessThanOrEqual(blocking);
        expectHarmless(text);
        expect(renderMarkdown(review, { maxChars })).toBe(text);
      });
      fc.assert(property, { numRuns: Math.ceil(RUNS / 20), seed: SEED });
    },
    TIMEOUT_MS,
  );
});

/** What holds for every comment: nothing in it but headings, lists, bold words and code, all of them closed. */
function expectHarmless(text: string): void {
  expect(text.indexOf(MARKER)).toBe(0);
  expect(text.slice(MARKER.length)).not.toMatch(/[<\t\r]|[^\n\P{Cc}]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
  const types = parsed(text).structure.map((token) => token.split(" ")[1]);
  const allowed = [
    ...["html_block", "heading_open", "heading_close", "paragraph_open", "paragraph_close", "text", "code_inline"],
    ...["bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close", "strong_open", "strong_close"],
    ...["text_special"],
  ];
  expect([...new Set(types)].filter((type) => !allowed.includes(type))).toStrictEqual([]);
  expect(types.filter((type) => type === "html_block")).toHaveLength(1);
  expect((text.match(/`/g) ?? []).length % 2).toBe(0);
}

test(
  "no name changes anything but the code that shows it",
  () => {
    const property = fc.property(reviews(hostile({ maxLength: 8 })), (review) => {
      const text = renderMarkdown(review, { maxChars: 1_000_000 });
      const [theirs, ours] = [parsed(text), parsed(renderMarkdown(harmless(review), { maxChars: 1_000_000 }))];
      expect(theirs.structure).toStrictEqual(ours.structure);
      expectHarmless(text);
    });
    fc.assert(property, { numRuns: Math.ceil(RUNS / 4), seed: SEED });
  },
  TIMEOUT_MS,
);
