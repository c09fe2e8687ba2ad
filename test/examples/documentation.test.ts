import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import * as ts from "typescript";

const ROOT = join(__dirname, "..", "..");

/** What a block that imports nothing may use: all that the library exports, and a few classes and values beside it. */
const LIBRARY = [...readFileSync(join(ROOT, "lib/index.ts"), "utf8").matchAll(/export (?:type )?\{([^}]+)\}/g)]
  .flatMap(([, names]) => names.split(","))
  .map((name) => name.replace(/^\s*type /, "").trim())
  .filter((name) => name !== "");

const PREAMBLE = [
  `import { ${LIBRARY.join(", ")} } from "cdktf-openstack-images";`,
  'import { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";',
  'import { DataOpenstackNetworkingNetworkV2 } from "@cdktf/provider-openstack/lib/data-openstack-networking-network-v2";',
  'import { NetworkingFloatingipV2 } from "@cdktf/provider-openstack/lib/networking-floatingip-v2";',
  'import { NetworkingRouterV2 } from "@cdktf/provider-openstack/lib/networking-router-v2";',
  'import { App, Aspects, Fn, LocalBackend, TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";',
  "declare const app: App, provider: OpenstackProvider, staging: OpenstackProvider, router: NetworkingRouterV2;",
  "declare const image: Image, shared: Image, source: ImageSource, digest: Digest, flavor: Flavor, server: Server, volume: Volume;",
  "declare const networkId: string, portId: string, snapshotId: string, backupId: string, serverGroupId: string, url: string;",
  "declare const packedSha256: string, unpackedSha512: string;",
  "declare const ownProjectId: string, stagingProjectId: string, publisherProjectId: string;",
].join(" ");

interface Block {
  /** Where the compiler sees it; the file does not exist. */
  readonly fileName: string;
  readonly document: string;
  /** Of the line before the block's first, which is that of the opening fence. */
  readonly line: number;
  readonly text: string;
}

function documents(): string[] {
  const guide = join(ROOT, "docs", "guide");
  const inGuide = existsSync(guide) ? readdirSync(guide, { recursive: true, encoding: "utf8" }) : [];
  const examples = readdirSync(join(ROOT, "examples")).map((name) => join(ROOT, "examples", name, "README.md"));
  return [join(ROOT, "README.md"), ...inGuide.map((name) => join(guide, name)), ...examples].filter(
    (file) => file.endsWith(".md") && existsSync(file),
  );
}

function blocksOf(file: string): Block[] {
  const markdown = readFileSync(file, "utf8");
  return [...markdown.matchAll(/^( *)```ts\n(.*?)^\1```$/gms)].map((match, i) => ({
    fileName: join(ROOT, "documentation", `${relative(ROOT, file).replaceAll(/\W/g, "-")}-${i}.ts`),
    document: relative(ROOT, file),
    line: markdown.slice(0, match.index).split("\n").length,
    text: match[2],
  }));
}

/** The block as a module, its first line in the second line. */
function moduleOf({ text }: Block): string {
  return /^import /m.test(text)
    ? `export {};\n${text}`
    : `${PREAMBLE} export function block(this: TerraformStack) {\n${text}\n}`;
}

function compile(blocks: readonly Block[]): string[] {
  const { config } = ts.readConfigFile(join(ROOT, "tsconfig.check.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  const checked = { ...options, noUnusedLocals: false, noUnusedParameters: false };
  const sources = new Map(blocks.map((block) => [block.fileName, moduleOf(block)]));
  const host = ts.createCompilerHost(checked);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (name) => sources.has(name) || fileExists.call(host, name);
  host.getSourceFile = (name, target) => {
    const text = sources.get(name);
    return text === undefined ? getSourceFile.call(host, name, target) : ts.createSourceFile(name, text, target);
  };
  const program = ts.createProgram([...sources.keys()], checked, host);
  return blocks.flatMap((block) => {
    const file = program.getSourceFile(block.fileName);
    return ts.getPreEmitDiagnostics(program, file).map(({ start, messageText }) => {
      const line = block.line + (file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line : 0);
      return `${block.document}:${line}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
    });
  });
}

test("every TypeScript block in README, the guide and the examples compiles", () => {
  const blocks = documents().flatMap(blocksOf);
  expect(blocks.length).toBeGreaterThan(20);
  expect(compile(blocks)).toStrictEqual([]);
}, 120_000);

test("fails when a block names what is not there, with its place in the document", () => {
  const block = {
    fileName: join(ROOT, "documentation", "wrong.ts"),
    document: "README.md",
    line: 41,
    text: "\nnew Imag();",
  };
  expect(compile([block])).toStrictEqual([expect.stringMatching(/^README\.md:43: Cannot find name 'Imag'/)]);
}, 120_000);

/** What a link to a heading ends with. */
function anchorsOf(file: string): string[] {
  return [...readFileSync(file, "utf8").matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, "")
      .replaceAll(" ", "-"),
  );
}

function brokenLinksOf(file: string): string[] {
  return [...readFileSync(file, "utf8").matchAll(/\]\(([^)]+)\)/g)]
    .map(([, link]) => link)
    .filter((link) => {
      if (/^https?:/.test(link)) return false;
      const [path, anchor] = link.split("#");
      const target = path === "" ? file : join(dirname(file), path);
      return !existsSync(target) || (anchor !== undefined && !anchorsOf(target).includes(anchor));
    })
    .map((link) => `${relative(ROOT, file)}: ${link}`);
}

test("every relative link in README, the guide and the examples leads to a file or a heading", () => {
  expect(documents().flatMap(brokenLinksOf)).toStrictEqual([]);
});
