import * as fc from "fast-check";
import type { Consequence } from "../../../lib/review/consequence";
import { planIn } from "../../../lib/review/plan";
import { type Card, type Finding, type Review, review } from "../../../lib/review/review";
import { MEMBER_OF_UNSHARED } from "../../../lib/rules/image/member-of-unshared";
import { type Message, say } from "../../../lib/rules/message";
import { LEVELS, type Rule } from "../../../lib/rules/rule";
import { SERVER_REBUILT } from "../../../lib/rules/server/server-rebuilt";
import { IMAGE, MEMBER, SERVER, VOLUME } from "../../../lib/rules/subject";
import { VOLUME_REPLACED } from "../../../lib/rules/volume/volume-replaced";
import { type Given, literal, planOf, reference } from "../../rules/subjects";

const rule = (given: Partial<Rule>): Rule => ({
  id: "OSI-TST-001",
  name: "ImageSeen",
  level: "warn",
  why: "An image is `seen`. By [all](of them).",
  example: "Any.",
  fix: "keep `visibility` as it is <for now>",
  types: [IMAGE],
  of: "change",
  check: () => [],
  ...given,
});

/** Rules of the two levels that weigh less. */
export const WARNING = rule({
  check: ({ before, after }) =>
    before?.text("visibility") === after?.text("visibility")
      ? []
      : [{ message: say`${after?.text("name") ?? ""} is seen` }],
});
export const NOTE = rule({
  id: "OSI-TST-002",
  name: "ImageDrifted",
  level: "info",
  fix: "look after it",
  of: "drift",
  check: ({ after }) => [{ message: say`it was renamed to ${after?.text("name") ?? ""}` }],
});

/** Few, so that another rule is no change here. */
const SOME_RULES = [MEMBER_OF_UNSHARED, SERVER_REBUILT, VOLUME_REPLACED, WARNING, NOTE];

export function reviewOf(changes: readonly Given[], drift: readonly Given[] = [], name = "plan.json"): Review {
  return review([planIn(JSON.stringify(planOf(changes, drift)), name)], SOME_RULES);
}

/** A review that has something of everything, and a name that means to do harm. */
export const SMALL = reviewOf(
  [
    {
      address: `${IMAGE}.golden`,
      actions: ["update"],
      before: { id: "1", name: "golden", visibility: "private" },
      after: { id: "1", name: "</details> @all\n# #1", visibility: "public" },
    },
    {
      address: `${SERVER}.web["a b"]`,
      actions: ["update"],
      index: "a b",
      before: { image_id: "1" },
      after: { image_id: "2" },
    },
    {
      address: `${VOLUME}.data`,
      actions: ["delete", "create"],
      before: { image_id: "1" },
      after: { image_id: "2" },
      replacePaths: [["image_id"]],
    },
    {
      address: `${MEMBER}.team`,
      actions: ["create"],
      after: { member_id: "0123456789abcdef" },
      code: { image_id: reference(`${IMAGE}.golden.id`), member_id: literal("0123456789abcdef") },
    },
    { address: "openstack_networking_network_v2.net", actions: ["create"], after: {} },
    { address: `${IMAGE}.same`, actions: ["update"], before: { updated_at: "1" }, after: { updated_at: "2" } },
  ],
  [{ address: `${IMAGE}.other`, actions: ["update"], before: { name: "a" }, after: { name: "b" } }],
);

/** What Markdown, HTML, terminals, logs and those who read reviews could take for their own. */
const PIECES = [
  ..."`~*_#[]()<>!|\\&@:-+=.,;'\"$%{}^/ 1aé漢😀",
  ..."\n\r\t\0\u001b\u0007\u007f\u0085\u00a0\u00ad\u200b\u200d\u202e\u2066\u2028\u2029\ufeff\uffff\u0301",
  ...["\ud800", "\udc00", "\r\n", "\n\n", "\n- ", "\n# ", "\n```\n", "```", "~~~", "``", "` ", " `", "\\`", "    "],
  ...["</details>", "<details>", "<!-- openstack-images-review -->", "<!--", "-->", "<script>", "<b>", "<img src=x>"],
  ...[
    "@all",
    "@octocat",
    "@<0>",
    "#123",
    "!1",
    "GH-1",
    "owner/name#1",
    "&amp;",
    "&#64;",
    "&lt;",
    "](",
    "[a](b)",
    "![a](b)",
  ],
  ...[
    "https://example.org/",
    "www.example.org",
    "a@example.org",
    "<https://example.org>",
    "[a]: b",
    "\n[a]: b\n",
    "{0}",
  ],
  ...["**", "__", "||", "| a | b |\n| - | - |", "\u001b[31m", "\u009b1m", "::error::", "##vso[", "##[group]", "/close"],
  ...["%0A", "%", "$`", "`$", ":smile:", "___", "---", "***", "block: ", "(empty)", "…", "\u{e0041}", "__proto__"],
];

/** Text that means to do harm. */
export function hostile({ minLength = 0, maxLength = 12 } = {}): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 6, arbitrary: fc.string({ unit: fc.constantFrom(...PIECES), minLength, maxLength }) },
    { weight: 1, arbitrary: fc.string({ unit: "binary", minLength, maxLength }) },
    {
      weight: 1,
      arbitrary: fc.string({
        unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
        minLength,
        maxLength,
      }),
    },
  );
}

/** Our words, as rules have them. */
const WORDS = fc.constantFrom(
  ...[
    "it is lost ",
    " because of ",
    " (403)",
    ": ",
    ", ",
    "image_id",
    "`a` or `b`",
    "_",
    "[image_id]",
    "<id>",
    " a*b*c ",
  ],
  ...["no `end", " 1 < 2 & 3 > 2 ", "-replace=ADDRESS", "\n\n# ", "|", "~~", "$", "]("],
);

/** A message with other people's words in it. */
export function message(foreign: fc.Arbitrary<string>, maxParts = 4): fc.Arbitrary<Message> {
  return fc.array(
    fc.oneof(
      WORDS,
      foreign.map((text) => ({ foreign: text })),
    ),
    { maxLength: maxParts },
  );
}

const TYPES = [IMAGE, SERVER, VOLUME, MEMBER, "openstack_networking_network_v2"];
const ACTIONS = ["none", "create", "update", "replace", "delete", "forget", "strange"] as const;
const KINDS = ["server-rebuilt", "volume-destroyed", "metadata", "created", "unknown"] as const;
const BASE = reviewOf([]);
const [PATTERN] = SMALL.cards;

/** Any review, whatever others called their things. */
export function reviews(foreign: fc.Arbitrary<string>, { maxFindings = 12, maxCards = 6 } = {}): fc.Arbitrary<Review> {
  const count = fc.nat({ max: 20_000 });
  const consequence: fc.Arbitrary<Consequence> = fc.record({
    kind: fc.constantFrom(...KINDS),
    message: message(foreign),
  });
  const finding: fc.Arbitrary<Finding> = fc.record({
    rule: fc.constantFrom(...SOME_RULES),
    level: fc.constantFrom(...LEVELS),
    address: foreign,
    message: message(foreign),
    fix: message(foreign),
    plan: fc.constant("plan.json"),
    fingerprint: fc.constant("0"),
  });
  const card = (findings: readonly Finding[]): fc.Arbitrary<Card> =>
    fc.record({
      change: fc
        .record({
          address: foreign,
          type: fc.oneof(fc.constantFrom(...TYPES), foreign),
          action: fc.constantFrom(...ACTIONS),
        })
        .map((change) => ({ ...PATTERN.change, ...change })),
      consequences: fc.array(consequence, { maxLength: 8 }),
      findings: fc.subarray([...findings], { maxLength: Math.min(findings.length, 4) }),
    });
  return fc.array(finding, { maxLength: maxFindings }).chain((findings) =>
    fc
      .record({
        plans: fc.array(foreign, { maxLength: 5 }),
        counts: fc.record({ add: count, change: count, destroy: count }),
        erased: fc.record({ rootDisks: count, volumes: count }),
        cards: fc.array(card(findings), { maxLength: maxCards }),
        noise: count,
        hasChanges: fc.boolean(),
      })
      .map((given) => ({
        ...BASE,
        ...given,
        findings: [...findings].sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level)),
      })),
  );
}
