import { readFileSync } from "node:fs";
import { LEVELS } from "../../lib/rules/rule";
import { RULES } from "../../lib/rules/rules";
import { DOCUMENT, document } from "./document";

test("docs/rules.md says what the rules say (npm run rules:docs)", () => {
  expect(readFileSync(DOCUMENT, "utf8")).toBe(document(RULES));
});

test("rules are in the order of their ids, each once, and say all of themselves", () => {
  const ids = RULES.map(({ id }) => id);
  expect(ids).toStrictEqual([...new Set(ids)].sort());
  expect(new Set(RULES.map(({ name }) => name)).size).toBe(RULES.length);
  for (const { id, name, level, why, example, fix, types } of RULES) {
    expect(id).toMatch(/^OSI-(IMG|SRV|VOL)-\d{3}$/);
    expect(name).toMatch(/^([A-Z][a-z]+)+$/);
    expect(LEVELS).toContain(level);
    // sentences, and a way out that goes on a line of its own
    expect([why, example]).toStrictEqual([
      expect.stringMatching(/^[A-Z`].*\.$/s),
      expect.stringMatching(/^[A-Z`].*\.$/s),
    ]);
    expect(fix).toMatch(/^[a-z`].*[^.]$/s);
    expect(types.length).toBeGreaterThan(0);
  }
});
