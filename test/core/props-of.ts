import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as ts from "typescript";

const LIB = join(__dirname, "../../lib");

/** Every interface of the library by its name. */
const INTERFACES = new Map(
  readdirSync(LIB, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .flatMap((file) => {
      const source = ts.createSourceFile(file, readFileSync(join(LIB, file), "utf8"), ts.ScriptTarget.ES2022);
      return source.statements.filter(ts.isInterfaceDeclaration).map((found) => [found.name.text, found] as const);
    }),
);

/** The props of an interface of the library, inherited ones too, as its source has them: so a new prop needs a row in a test's table. */
export function propsOf(name: string): string[] {
  const found = INTERFACES.get(name);
  if (!found) throw new Error(`the library has no interface ${name}`);
  const parents = (found.heritageClauses ?? []).flatMap(({ types }) => types.map(({ expression }) => expression));
  const inherited = parents.flatMap((parent) => propsOf((parent as ts.Identifier).text));
  const names = [...inherited, ...found.members.map((member) => (member.name as ts.Identifier).text)];
  return [...new Set(names)];
}
