const { spawnSync } = require("node:child_process");
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");
const { pinnedProvider } = require("./generate");

const PROVIDER = path.resolve(__dirname, "..");
const WORK = path.join(PROVIDER, ".build");
const TOOLS = ["@cdktf/commons", "@cdktf/provider-generator", "cdktf", "typescript"];

/** Everything that decides what is generated, as one digest. */
function stampOf(ingredients) {
  const hash = createHash("sha256");
  const scripts = ["build.js", "generate.js", "lazy-blocks.js"].map((name) => path.join(__dirname, name));
  for (const file of [pinnedProvider().schemaFile, path.join(PROVIDER, "package.json"), ...scripts]) {
    hash.update(fs.readFileSync(file)).update("\0");
  }
  for (const text of [...TOOLS.map((name) => `${name}@${versionOf(name)}`), ...ingredients]) {
    hash.update(text).update("\0");
  }
  return hash.digest("hex");
}

function versionOf(name) {
  return require(`${name}/package.json`).version;
}

function readStamp(directory) {
  try {
    return fs.readFileSync(path.join(directory, ".stamp"), "utf8");
  } catch (error) {
    if (error.code === "ENOENT") {
      return undefined;
    }
    throw error;
  }
}

/** Runs a Node script, and shows what it wrote only when it fails. */
function node(script, args, options) {
  const result = spawnSync(process.execPath, [script, ...args], { encoding: "utf8", ...options });
  if (result.status !== 0) {
    const what = [path.basename(script), ...args].join(" ");
    throw new Error(`${what} failed\n${result.stdout}${result.stderr}${result.error ?? ""}`.trimEnd());
  }
  return result.stdout;
}

/** A directory of this process under `.build`; those that a killed process left behind are removed. */
function scratchDirectory() {
  fs.mkdirSync(WORK, { recursive: true });
  for (const name of fs.readdirSync(WORK)) {
    const [, pid] = name.match(/^tmp-(\d+)-/) ?? [];
    if (pid !== undefined && !isAlive(Number(pid))) {
      fs.rmSync(path.join(WORK, name), { recursive: true, force: true });
    }
  }
  return fs.mkdtempSync(path.join(WORK, `tmp-${process.pid}-`));
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/**
 * Makes `target` by `make(scratch)`, which returns the finished directory, unless it is there and fresh.
 *
 * The new directory is made beside and renamed into place with its stamp inside, so that whatever interrupts this
 * leaves either the old one, the new one or none, never a part that counts as fresh. Returns whether it was made.
 * `ingredients` are what else the result depends on.
 */
function ensureDirectory(target, make, ingredients = []) {
  const stamp = stampOf(ingredients);
  if (readStamp(target) === stamp) {
    return false;
  }
  const scratch = scratchDirectory();
  try {
    const made = make(scratch);
    fs.writeFileSync(path.join(made, ".stamp"), stamp);
    if (fs.existsSync(target)) {
      fs.renameSync(target, path.join(scratch, "old"));
    }
    fs.renameSync(made, target);
  } catch (error) {
    // Another process may have put the same result there first.
    if (readStamp(target) !== stamp) {
      throw error;
    }
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
  return true;
}

/** The generated TypeScript sources, in `.build/src`. */
function ensureSources(log) {
  const target = path.join(WORK, "src");
  ensureDirectory(target, (scratch) => {
    const directory = path.join(scratch, "src");
    const blocks = node(path.join(__dirname, "generate.js"), [directory]).trim().split("\n").pop();
    log(`provider: generated ${fs.readdirSync(directory).length - 1} namespaces, ${blocks} nested blocks made lazy`);
    return directory;
  });
  return target;
}

/** The package's `lib`: JavaScript and declarations. Returns whether there was anything to do. */
function ensureProvider(log = console.log) {
  return ensureDirectory(path.join(PROVIDER, "lib"), (scratch) => {
    const sources = ensureSources(log);
    const lib = path.join(scratch, "lib");
    const options = {
      target: "ES2022",
      module: "CommonJS",
      moduleResolution: "Node10",
      lib: ["ES2022"],
      types: [],
      strict: true,
      declaration: true,
      skipLibCheck: true,
      // A generated class redeclares nothing; defining each of its fields would only cost time.
      useDefineForClassFields: false,
      rootDir: sources,
      outDir: lib,
    };
    const config = path.join(scratch, "tsconfig.json");
    fs.writeFileSync(config, JSON.stringify({ compilerOptions: options, include: [sources] }));
    node(require.resolve("typescript/bin/tsc"), ["-p", config]);
    fs.writeFileSync(path.join(lib, "index.js"), lazyIndex(fs.readFileSync(path.join(sources, "index.ts"), "utf8")));
    log("provider: compiled lib");
    return lib;
  });
}

/** The package's entry, which loads a namespace when it is first used: loading all takes as long as loading cdktf. */
function lazyIndex(index) {
  const namespaces = [...index.matchAll(/^export \* as (\w+) from '(\.\/[\w-]+)';$/gm)];
  const other = index.replace(/^(export \* as .*|\/\/ .*|)\n/gm, "");
  if (namespaces.length === 0 || other !== "") {
    throw new Error(`the generated index.ts holds something else than namespaces: ${other.split("\n")[0]}`);
  }
  return [
    '"use strict";',
    'Object.defineProperty(exports, "__esModule", { value: true });',
    "const define = (name, get) => Object.defineProperty(exports, name, { enumerable: true, get });",
    ...namespaces.map(([, name, module]) => `define("${name}", () => require("${module}"));`),
    "// Never run: it tells Node which names an ES module can import.",
    `0 && (module.exports = { ${namespaces.map(([, name]) => name).join(", ")} });`,
    "",
  ].join("\n");
}

module.exports = { WORK, ensureDirectory, ensureProvider, ensureSources, node, versionOf };

if (require.main === module) {
  ensureProvider();
}
