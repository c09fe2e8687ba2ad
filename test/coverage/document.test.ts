import { readFileSync } from "node:fs";
import { COMMAND, DOCUMENT, document } from "./document";
import { changesIn, TABLES } from "./tables";

test("docs/coverage.md is what the rows say", () => {
  const isUpToDate = readFileSync(DOCUMENT, "utf8") === document(TABLES);
  expect(isUpToDate ? "up to date" : `docs/coverage.md is stale: ${COMMAND}, and review what changed`).toBe(
    "up to date",
  );
});

test.each(TABLES.map((table) => ({ ...table, table })))(
  "$type: every test of a row has a title of its own",
  ({ table }) => {
    const titles = changesIn(table).map(({ change }) => change.title);
    expect(titles).toStrictEqual([...new Set(titles)]);
  },
);
