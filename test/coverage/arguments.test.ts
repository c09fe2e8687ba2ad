import { blockOf } from "./apps";
import { argumentsOf, differences, schemaOf, valueAt } from "./arguments";
import { changesIn, TABLES } from "./tables";

describe.each(TABLES.map((table) => ({ ...table, table })))("$type", ({ type, rows, table }) => {
  const schema = schemaOf(type);

  test("has one row for every argument of the provider, and none besides", () => {
    expect(rows.map(({ argument }) => argument)).toStrictEqual(argumentsOf(schema));
  });

  test.each(changesIn(table).map((entry) => ({ ...entry, title: entry.change.title })))(
    "$title",
    ({ argument, change }) => {
      const [before, after] = [change.before, change.after].map((app) => blockOf(app, type));
      expect([before, after].map((block) => valueAt(block, argument, change.index))).toStrictEqual(change.values);
      expect(differences(schema, before, after)).toStrictEqual(change.differing);
    },
  );
});
