import { RULES } from "../../../lib/rules/rules";
import { IMAGE, MEMBER } from "../../../lib/rules/subject";

const TABLE = [
  ["OSI-IMG-001", "ImageRenamed", "block", IMAGE],
  ["OSI-IMG-002", "ProtectedDestroyed", "block", IMAGE],
  ["OSI-IMG-003", "ImageDeletedInUse", "block", IMAGE],
  ["OSI-IMG-004", "VisibilityWidened", "block", IMAGE],
  ["OSI-IMG-005", "MembersStranded", "block", IMAGE],
  ["OSI-IMG-006", "MemberOfUnshared", "block", MEMBER],
  ["OSI-IMG-007", "MemberAdded", "info", MEMBER],
  ["OSI-IMG-008", "MemberRemoved", "warn", MEMBER],
  ["OSI-IMG-009", "ProtectionLifted", "warn", IMAGE],
  ["OSI-IMG-010", "ContentChanged", "warn", IMAGE],
  ["OSI-IMG-011", "ContentMayMove", "warn", IMAGE],
  ["OSI-IMG-012", "SourceUnverified", "block", IMAGE],
  ["OSI-IMG-013", "SourceInsecure", "block", IMAGE],
  ["OSI-IMG-014", "WebDownloadUnverified", "warn", IMAGE],
] as const;

test.each(TABLE)("%s is %s, and stays it", (id, name, level, type) => {
  const rule = RULES.filter((one) => one.id === id);
  expect(rule).toMatchObject([{ name, level, types: [type], of: "change" }]);
});

test.each(TABLE)("%s says why, shows an example and tells a way out", (id) => {
  const rule = RULES.find((one) => one.id === id);
  expect(rule?.why).toMatch(/^[A-Z].{30,}\.$/);
  expect(rule?.example).toMatch(/^(An?|`).{20,}\.$/);
  expect(rule?.fix).toMatch(/^[a-z].{20,}[^.]$/);
});

test("stands in the order of ids", () => {
  const ids = RULES.map(({ id }) => id).filter((id) => TABLE.some(([one]) => one === id));
  expect(ids).toStrictEqual(TABLE.map(([id]) => id));
});
