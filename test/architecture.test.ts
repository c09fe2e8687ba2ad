import { readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, normalize, relative } from "node:path";

const LIB = join(__dirname, "..", "lib");

/**
 * What each folder of lib may import, besides itself and `framework`. DESIGN: core <- values <- image <- launch; core <- rules <- policy | review
 * <- cli. Of content rules know which URLs move, and policy which characters can be printed; of launch policy takes what a flavor has.
 */
const MAY_IMPORT: Record<string, readonly string[]> = {
  core: [],
  content: ["core"],
  properties: ["core"],
  image: ["core", "content", "properties"],
  launch: ["core", "content", "properties", "image"],
  rules: ["core", "content"],
  policy: ["core", "content", "launch", "rules"],
  review: ["core", "content", "rules"],
  cli: ["core", "content", "rules", "review"],
};

interface Import {
  readonly file: string;
  readonly target: string;
  /** Whether it is gone at run time. */
  readonly isType: boolean;
}

const FILES = readdirSync(LIB, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .sort();

/** Every module that a file names: `import`, `export ... from`, `import()` and `require()`. */
function importsOf(file: string): Import[] {
  const text = readFileSync(join(LIB, file), "utf8");
  const found = text.matchAll(
    /(?:^(?:import|export) (type )?[^;"']*\bfrom|^import|\bimport\(|\brequire\()\s*["']([^"']+)["']/gm,
  );
  return [...found].map(([, type, target]) => ({ file, target, isType: type !== undefined }));
}

const IMPORTS = FILES.flatMap(importsOf);
const WITHIN = IMPORTS.filter(({ target }) => target.startsWith("."));
const OUTSIDE = IMPORTS.filter(({ target }) => !target.startsWith("."));

/** The folder of lib that an import leads to; a file of lib itself stands for its own name. */
function folderOf(path: string): string {
  return path.split("/")[0];
}

function ledTo({ file, target }: Import): string {
  return relative(".", normalize(join(dirname(file), target)));
}

test("the imports are found", () => {
  expect(FILES.length).toBeGreaterThan(30);
  expect(WITHIN).toContainEqual({ file: "image/image.ts", target: "../core/address", isType: false });
  expect(WITHIN).toContainEqual({ file: "core/errors.ts", target: "../framework", isType: true });
  expect(OUTSIDE).toContainEqual({ file: "framework.ts", target: "cdktf", isType: false });
  const named = FILES.flatMap((file) => [
    ...readFileSync(join(LIB, file), "utf8").matchAll(/^.* from "|\b(?:import|require)\(/gm),
  ]);
  expect(IMPORTS).toHaveLength(named.length);
});

test("every folder is on the map", () => {
  const folders = [...new Set(FILES.filter((file) => file.includes("/")).map(folderOf))];
  expect(folders.filter((folder) => !(folder in MAY_IMPORT))).toStrictEqual([]);
});

test("imports point one way", () => {
  // the command says its version
  const within = WITHIN.filter(({ file, target }) => `${file} ${target}` !== "cli/run.ts ../../package.json");
  const wrong = within
    .filter(({ file }) => file.includes("/"))
    .filter((found) => {
      const [from, to] = [folderOf(found.file), folderOf(ledTo(found))];
      return from !== to && to !== "framework" && !MAY_IMPORT[from].includes(to);
    });
  expect(wrong).toStrictEqual([]);
});

test("only the framework module imports the CDK and the bindings", () => {
  const cdk = OUTSIDE.filter(({ target }) => /^(cdktf|constructs|@cdktf)(\/|$)/.test(target));
  expect([...new Set(cdk.map(({ file }) => file))]).toStrictEqual(["framework.ts"]);
});

test("nothing else is imported but what Node brings", () => {
  const builtin = new Set(builtinModules.map((name) => `node:${name}`));
  const others = OUTSIDE.filter(({ file, target }) => file !== "framework.ts" && !builtin.has(target));
  expect(others).toStrictEqual([]);
});

test("nothing but the command reaches the network, another process or the home directory", () => {
  const closed = ["http", "https", "net", "dns", "tls", "child_process", "os"].map((name) => `node:${name}`);
  // of the module that opens connections the one function that only reads text
  const checks = readFileSync(join(LIB, "core/checks.ts"), "utf8");
  expect(checks).toContain('import { isIPv4 } from "node:net";');
  const open = OUTSIDE.filter(({ file, target }) => closed.includes(target) && !file.startsWith("cli/http/")).map(
    ({ file, target }) => `${file} ${target}`,
  );
  expect(open).toStrictEqual([
    ...["cli/lock/app.ts node:child_process", "cli/lock/settings.ts node:os", "cli/lock/tool.ts node:child_process"],
    "cli/openstack-command.ts node:child_process",
    "core/checks.ts node:net",
  ]);
});

test("the values, the rules and the review know no construct, nor what knows them", () => {
  const next = (file: string) => WITHIN.filter((found) => found.file === `${file}.ts` && !found.isType).map(ledTo);
  const reached = new Set(
    FILES.filter((file) => ["rules", "review"].includes(folderOf(file))).map((file) => file.replace(/\.ts$/, "")),
  );
  // a set yields what is added to it meanwhile
  for (const file of reached) for (const target of next(file)) reached.add(target);
  expect([...reached]).not.toContain("framework");
  const seen = WITHIN.filter(({ file }) => ["content", "properties", "rules", "review"].includes(folderOf(file)));
  expect(seen.filter((found) => ledTo(found) === "framework")).toStrictEqual([]);
});

test("of constructs the policy takes types alone", () => {
  const taken = WITHIN.filter((found) => folderOf(found.file) === "policy" && folderOf(ledTo(found)) === "launch");
  expect(taken.filter(({ isType }) => !isType)).toStrictEqual([]);
});

test("the constructs do not know the command", () => {
  expect(WITHIN.filter((found) => folderOf(ledTo(found)) === "cli" && folderOf(found.file) !== "cli")).toStrictEqual(
    [],
  );
});

test("no file is imported in a circle at run time", () => {
  const next = new Map(FILES.map((file) => [file.replace(/\.ts$/, ""), [] as string[]]));
  for (const found of WITHIN.filter(({ isType }) => !isType))
    next.get(found.file.replace(/\.ts$/, ""))?.push(ledTo(found));
  const circles: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: string[]): void => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(" -> "));
    if (path.includes(file) || done.has(file)) return;
    for (const target of next.get(file) ?? []) visit(target, [...path, file]);
    done.add(file);
  };
  for (const file of next.keys()) visit(file, []);
  expect(circles).toStrictEqual([]);
});

test("instanceof is not used on constructs, and aspects are added by the user alone", () => {
  const uses = (pattern: RegExp) => FILES.filter((file) => pattern.test(readFileSync(join(LIB, file), "utf8")));
  expect(uses(/\binstanceof (?!RegExp\b|\w*(?:Error|Unusable)\b)/)).toStrictEqual([]);
  expect(uses(/\bAspects\b/)).toStrictEqual(["core/app-aspects.ts", "framework.ts"]);
  expect(uses(/\bAspects\.of\([^)]*\)\.add\b/)).toStrictEqual([]);
});
