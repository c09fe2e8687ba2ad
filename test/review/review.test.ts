import { type Acknowledgement, acknowledgementsIn } from "../../lib/review/acknowledgement";
import { houseIn } from "../../lib/review/house";
import { planIn } from "../../lib/review/plan";
import { fails, headline, type ReviewOptions, review } from "../../lib/review/review";
import { plain } from "../../lib/rules/message";
import { RULES } from "../../lib/rules/rules";
import { SERVER_REBUILT } from "../../lib/rules/server/server-rebuilt";
import { VOLUME_REPLACED } from "../../lib/rules/volume/volume-replaced";
import { type Given, planOf, reference } from "../rules/subjects";

const IMAGE = "openstack_images_image_v2.img";
const WEB = "openstack_compute_instance_v2.web";
const REBUILT: Given = { address: WEB, actions: ["update"], before: { image_id: "1" }, after: { image_id: "2" } };
const REPLACED: Given = {
  address: "openstack_blockstorage_volume_v3.data",
  actions: ["delete", "create"],
  before: { image_id: "1" },
  after: {},
  replacePaths: [["image_id"]],
};
const RULES_HERE = [SERVER_REBUILT, VOLUME_REPLACED];
const of = (changes: Given[], options: ReviewOptions = {}) =>
  review([planIn(JSON.stringify(planOf(changes)), "plan.json")], RULES_HERE, options);
const told = (changes: Given[], options: ReviewOptions = {}) =>
  of(changes, options).findings.map(({ level, rule, address }) => `${level} ${rule.id} ${address}`);

test("the first line says what is erased, whatever Terraform counts", () => {
  expect(headline(of([REBUILT, REPLACED]))).toBe(
    "Terraform says 1 to destroy; 1 root disk and 1 volume will be erased.",
  );
  expect(headline(of([REBUILT, { ...REBUILT, address: `${WEB}2` }]))).toBe(
    "Terraform says 0 to destroy; 2 root disks will be erased.",
  );
  expect(headline(of([]))).toBe("Terraform says 0 to destroy; no root disk and no volume will be erased.");
});

test("noise is counted and not shown", () => {
  const noise: Given = {
    address: IMAGE,
    actions: ["update"],
    before: { image_cache_path: "/home/a", tags: null },
    after: { image_cache_path: "/home/b", tags: [] },
  };
  const { cards, noise: hidden, findings } = of([noise]);
  expect({ cards, hidden, findings }).toStrictEqual({ cards: [], hidden: 1, findings: [] });
});

test("the heaviest come first", () => {
  const house = houseIn('{"levels": {"OSI-SRV-001": "info"}}', "policy.json", RULES);
  expect(told([REBUILT, REPLACED], { house })).toStrictEqual([
    "block OSI-VOL-001 openstack_blockstorage_volume_v3.data",
    `info OSI-SRV-001 ${WEB}`,
  ]);
});

test("a rule that the house has turned off finds nothing", () => {
  const house = houseIn('{"levels": {"OSI-SRV-001": "off"}}', "policy.json", RULES);
  expect(told([REBUILT], { house })).toStrictEqual([]);
});

describe("an acknowledgement", () => {
  const today = "2026-11-22";
  const finding = of([REBUILT]).findings[0];
  const one: Acknowledgement = {
    ...{ rule: "OSI-SRV-001", address: WEB, fingerprint: finding?.fingerprint ?? "" },
    ...{ reason: "the disk is empty", expires: "2026-11-22" },
  };

  test("counts for its finding, up to its day, and is told with its reason", () => {
    const { findings, acknowledged } = of([REBUILT], { acknowledgements: [one], today });
    expect(findings).toStrictEqual([]);
    expect(acknowledged).toMatchObject([{ rule: { id: "OSI-SRV-001" }, reason: "the disk is empty" }]);
  });

  test.each<[string, Given[], Partial<Acknowledgement>, string[]]>([
    ["has expired", [REBUILT], { expires: "2026-11-21" }, [`block OSI-SRV-001 ${WEB}`, `warn OSI-ACK-001 ${WEB}`]],
    ["is of another rule", [REBUILT], { rule: "OSI-SRV-002" }, [`block OSI-SRV-001 ${WEB}`, `warn OSI-ACK-001 ${WEB}`]],
    [
      "is of another change",
      [{ ...REBUILT, after: { image_id: "3" } }],
      {},
      [`block OSI-SRV-001 ${WEB}`, `warn OSI-ACK-001 ${WEB}`],
    ],
    ["is of no change", [], {}, [`warn OSI-ACK-001 ${WEB}`]],
  ])("that %s is a finding itself", (_, changes, more, expected) => {
    expect(told(changes, { acknowledgements: [{ ...one, ...more }], today })).toStrictEqual(expected);
  });
});

test("a review fails at a level and above", () => {
  const warned = of([REBUILT], { house: houseIn('{"levels": {"OSI-SRV-001": "warn"}}', "policy.json", RULES) });
  expect([fails(warned, "block"), fails(warned, "warn"), fails(warned, "info")]).toStrictEqual([false, true, true]);
  expect(fails(of([]), "info")).toBe(false);
});

test("the blast radius counts what stands on images that change, here and in other plans", () => {
  const gone: Given = { address: IMAGE, actions: ["delete"], before: { id: "i" } };
  const stays = (address: string): Given => ({
    address,
    actions: ["no-op"],
    before: { image_id: "i" },
    after: { image_id: "i" },
  });
  const made: Given = { address: `${WEB}9`, actions: ["create"], after: {}, code: { image_id: reference(IMAGE) } };
  const plans = [
    [gone, stays(WEB), made],
    [stays(`${WEB}2`), stays(`${WEB}3`)],
  ].map((changes, i) => planIn(JSON.stringify(planOf(changes)), `${i}.json`));
  expect(review(plans, RULES_HERE).blast).toStrictEqual({
    inPlan: 1,
    inSiblings: 2,
    notChecked: ["servers and volumes that no plan here knows, of this project and of others"],
  });
});

test("consequences are told for each resource", () => {
  const lines = of([REBUILT, REPLACED]).cards.flatMap(({ change, consequences }) =>
    consequences.map(({ kind, message }) => `${change.address}: ${kind}: ${plain(message)}`),
  );
  expect(lines).toStrictEqual([
    `${WEB}: server-rebuilt: Nova rebuilds the server, which Terraform calls an update in place: its root disk is lost (image_id)`,
    "openstack_blockstorage_volume_v3.data: volume-replaced: the volume is destroyed and made anew: its data is lost, because of image_id",
  ]);
});

test.each<[string, Given, string[]]>([
  [
    "a server that boots from a volume of its own",
    { address: WEB, actions: ["delete"], before: { block_device: [{ boot_index: 0, destination_type: "volume" }] } },
    ["server-destroyed keeps: the server is destroyed: the volume that it boots from stays"],
  ],
  [
    "a server whose volume goes with it",
    {
      address: WEB,
      actions: ["delete"],
      before: { block_device: [{ boot_index: 0, destination_type: "volume", delete_on_termination: true }] },
    },
    ["server-destroyed root disk: the server is destroyed: its root disk is lost"],
  ],
  [
    "a server whose making failed",
    { address: WEB, actions: ["delete", "create"], before: {}, after: {}, reason: "replace_because_tainted" },
    [
      "server-replaced root disk: the server is destroyed and made anew, since an apply that made it failed: its root disk is lost",
    ],
  ],
  [
    "a server that somebody wants anew",
    { address: WEB, actions: ["create", "delete"], before: {}, after: {}, reason: "replace_by_request" },
    [
      "server-replaced root disk: the server is destroyed and made anew, as asked for by -replace: its root disk is lost",
    ],
  ],
  [
    "a volume",
    { address: "openstack_blockstorage_volume_v3.d", actions: ["delete"], before: {} },
    ["volume-destroyed volume: the volume is destroyed: its data is lost"],
  ],
  [
    "a member of another project",
    {
      address: "openstack_images_image_access_v2.m",
      actions: ["delete", "create"],
      before: { member_id: "p" },
      after: {},
      unknown: { member_id: true },
    },
    ["member-lost keeps: project p loses access", "member-gained keeps: project (known after apply) gets access"],
  ],
  [
    "what is forgotten",
    { address: IMAGE, actions: ["forget"], before: {} },
    ["forgotten keeps: Terraform forgets it; it stays in the cloud"],
  ],
  [
    "what nobody knows",
    { address: IMAGE, actions: ["melt"], before: {} },
    ["unknown keeps: does what this version does not know: do not take it for harmless"],
  ],
  [
    "an image that changes in several ways",
    {
      address: IMAGE,
      actions: ["update"],
      before: { name: "a", visibility: "public", protected: true, hidden: false },
      after: { name: "b", visibility: "private", protected: false, hidden: true, min_disk_gb: 2 },
    },
    [
      "visibility-narrower keeps: fewer may see it: public becomes private",
      "renamed keeps: it is renamed from a to b",
      "protection-lifted keeps: it is no longer protected",
      "hidden keeps: it is hidden from lists",
      "metadata keeps: changed in place: min_disk_gb",
    ],
  ],
  [
    "something else",
    { address: "random_id.x", actions: ["delete", "create"], before: {}, after: {} },
    ["replaced keeps: destroyed, and made anew"],
  ],
])("tells what becomes of %s", (_, change, expected) => {
  const lines = of([change]).cards.flatMap(({ consequences }) =>
    consequences.map(({ kind, erases = "keeps", message }) => `${kind} ${erases}: ${plain(message)}`),
  );
  expect(lines).toStrictEqual(expected);
});

describe("files of the house", () => {
  test("say what the rules cannot know", () => {
    const text = JSON.stringify({
      allowedHosts: ["images.test"],
      flavors: { "m1.small": { diskGb: 20, ramMb: "much" }, odd: 1 },
      projectNames: { p: "staging", q: 1 },
    });
    expect(houseIn(text, "policy.json", RULES)).toStrictEqual({
      policy: {
        allowedHosts: ["images.test"],
        flavors: { "m1.small": { diskGb: 20, ramMb: undefined }, odd: { diskGb: undefined, ramMb: undefined } },
        projectNames: { p: "staging" },
      },
      levels: new Map(),
    });
  });

  test("give projects their names in what is told", () => {
    const member: Given = {
      address: "openstack_images_image_access_v2.m",
      actions: ["create"],
      after: { member_id: "p" },
    };
    const house = houseIn('{"projectNames": {"p": "staging"}}', "policy.json", RULES);
    expect(
      of([member], { house }).cards.flatMap(({ consequences }) => consequences.map(({ message }) => plain(message))),
    ).toStrictEqual(["project staging gets access"]);
  });

  test.each([
    ["no JSON", "{", "policy.json is no JSON"],
    ["a list", "[]", "policy.json must be an object"],
    [
      "another key",
      '{"rules": {}}',
      'policy.json has "rules", which means nothing; there are levels, allowedHosts, flavors, projectNames',
    ],
    [
      "another rule",
      '{"levels": {"OSI-SRV-999": "warn"}}',
      'policy.json sets a level for "OSI-SRV-999", and there is no such rule',
    ],
    [
      "another level",
      '{"levels": {"OSI-SRV-001": "error"}}',
      'policy.json must set OSI-SRV-001 to block, warn, info or off, got "error"',
    ],
    ["hosts that are none", '{"allowedHosts": [1]}', "policy.json must list names of hosts in allowedHosts"],
  ])("fails when a policy is %s", (_, text, said) => {
    expect(() => houseIn(text, "policy.json", RULES)).toThrow(said);
  });

  test.each([
    ["no JSON", "{", "ack.json is no JSON"],
    ["an object", "{}", "ack.json must be a list of rule, address, fingerprint, reason, expires"],
    [
      "something missing",
      '[{"rule": "OSI-SRV-001", "address": "a", "fingerprint": "f", "expires": "2027-01-31"}]',
      "ack.json[0] must have a text for reason",
    ],
    [
      "a day that is none",
      '[{"rule": "a", "address": "a", "fingerprint": "f", "reason": "r", "expires": "soon"}]',
      'ack.json[0].expires must be a day like 2027-01-31, got "soon"',
    ],
  ])("fails when acknowledgements are %s", (_, text, said) => {
    expect(() => acknowledgementsIn(text, "ack.json")).toThrow(said);
  });
});
