import { existsSync } from "node:fs";
import { join } from "node:path";
import { LEVELS } from "../../lib/rules/rule";
import { RULES } from "../../lib/rules/rules";

const FOLDERS: Readonly<Record<string, string>> = { IMG: "image", SRV: "server", VOL: "volume" };

/** Ids, names and the heaviest levels are a contract. */
const CONTRACT = [
  ["OSI-IMG-001", "ImageRenamed", "block", "change"],
  ["OSI-IMG-002", "ProtectedDestroyed", "block", "change"],
  ["OSI-IMG-003", "ImageDeletedInUse", "block", "change"],
  ["OSI-IMG-004", "VisibilityWidened", "block", "change"],
  ["OSI-IMG-005", "MembersStranded", "block", "change"],
  ["OSI-IMG-006", "MemberOfUnshared", "block", "change"],
  ["OSI-IMG-007", "MemberAdded", "info", "change"],
  ["OSI-IMG-008", "MemberRemoved", "warn", "change"],
  ["OSI-IMG-009", "ProtectionLifted", "warn", "change"],
  ["OSI-IMG-010", "ContentChanged", "warn", "change"],
  ["OSI-IMG-011", "ContentMayMove", "warn", "change"],
  ["OSI-IMG-012", "SourceUnverified", "block", "change"],
  ["OSI-IMG-013", "SourceInsecure", "block", "change"],
  ["OSI-IMG-014", "WebDownloadUnverified", "warn", "change"],
  ["OSI-IMG-015", "SignatureMismatch", "block", "change"],
  ["OSI-IMG-016", "FormatRisky", "warn", "change"],
  ["OSI-IMG-017", "MinimumRaised", "block", "change"],
  ["OSI-IMG-018", "ChangeWithoutEffect", "warn", "change"],
  ["OSI-IMG-019", "PerpetualChange", "info", "change"],
  ["OSI-IMG-020", "Hidden", "info", "change"],
  ["OSI-IMG-021", "ContentDrifted", "block", "drift"],
  ["OSI-IMG-022", "OwnerDrifted", "warn", "drift"],
  ["OSI-IMG-023", "Forgotten", "warn", "change"],
  ["OSI-IMG-024", "LookupMoved", "warn", "change"],
  ["OSI-IMG-025", "BootPropertyChanged", "warn", "change"],
  ["OSI-IMG-026", "UnknownNotSafe", "warn", "change"],
  ["OSI-IMG-027", "ImageDestroyed", "block", "change"],
  ["OSI-IMG-028", "DriftOther", "info", "drift"],
  ["OSI-IMG-029", "RetirementPast", "warn", "change"],
  ["OSI-SRV-001", "ServerRebuilt", "block", "change"],
  ["OSI-SRV-002", "ServerReplaced", "block", "change"],
  ["OSI-SRV-003", "ServerDestroyed", "block", "change"],
  ["OSI-SRV-004", "ServerFollowsName", "block", "change"],
  ["OSI-SRV-005", "ServerSecretInPlan", "block", "change"],
  ["OSI-VOL-001", "VolumeReplaced", "block", "change"],
  ["OSI-VOL-002", "VolumeDestroyed", "block", "change"],
  ["OSI-VOL-003", "VolumeOnTerminationLost", "block", "change"],
];

test.each(CONTRACT)("%s is %s, and weighs %s at most", (id, name, level, of) => {
  expect(RULES.filter((rule) => rule.id === id)).toMatchObject([{ name, level, of }]);
});

test("there is no other, and they stand in the order of their ids", () => {
  expect(RULES.map(({ id }) => id)).toStrictEqual(CONTRACT.map(([id]) => id));
});

test.each(RULES)("$id says all of itself", ({ id, name, level, why, example, fix, types, of }) => {
  expect(id).toMatch(/^OSI-(IMG|SRV|VOL)-\d{3}$/);
  expect(LEVELS).toContain(level);
  expect(["change", "drift"]).toContain(of);
  expect(types).not.toHaveLength(0);
  expect(why).toMatch(/^[A-Z`].{20,}\.$/);
  expect(example).toMatch(/^[A-Z`].{20,}\.$/);
  expect(fix).toMatch(/^[a-z].{20,}[^.]$/);
  const file = name.replace(/(?!^)[A-Z]/g, "-$&").toLowerCase();
  const folder = FOLDERS[id.slice(4, 7)] ?? "";
  expect(existsSync(join(__dirname, "../../lib/rules", folder, `${file}.ts`))).toBe(true);
});
