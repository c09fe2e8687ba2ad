import { readFileSync } from "node:fs";
import { RULES } from "../../lib/rules/rules";
import { DOCUMENT, document } from "./document";

test("docs/rules.md says what the rules say (npm run rules:docs)", () => {
  expect(readFileSync(DOCUMENT, "utf8")).toBe(document(RULES));
});
