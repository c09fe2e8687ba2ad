const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
if (!fs.existsSync(path.join(__dirname, "../node_modules"))) {
  console.error("the dependencies are not installed: run npm ci");
  process.exit(1);
}
const { ensureProvider } = require("../provider/scripts/build");

const ROOT = path.resolve(__dirname, "..");
const DIST = path.join(ROOT, "dist");

function filesUnder(directory) {
  if (!fs.existsSync(directory)) {
    return [];
  }
  return fs
    .readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(directory, path.join(entry.parentPath, entry.name)));
}

/** What `tsc` makes of lib: a script and its declarations for each source. */
function outputsOfLib() {
  return filesUnder(path.join(ROOT, "lib"))
    .filter((file) => file.endsWith(".ts"))
    .flatMap((file) => [file.replace(/\.ts$/, ".js"), file.replace(/\.ts$/, ".d.ts")]);
}

/** Removes what earlier sources left in dist: it would be published. */
function removeStale(outputs) {
  const stale = filesUnder(DIST).filter((file) => /\.(js|d\.ts)$/.test(file) && !outputs.has(file));
  for (const file of stale) {
    fs.rmSync(path.join(DIST, file));
  }
  return stale.length;
}

function buildLibrary() {
  const outputs = new Set(outputsOfLib());
  if ([...outputs].some((file) => !fs.existsSync(path.join(DIST, file)))) {
    // An incremental tsc goes by what it remembers and does not write a missing file again.
    fs.rmSync(path.join(DIST, ".tsbuildinfo"), { force: true });
  }
  const removed = removeStale(outputs);
  const arguments_ = [require.resolve("typescript/bin/tsc"), "-p", ROOT, "--listEmittedFiles"];
  const { status, stdout } = spawnSync(process.execPath, arguments_, {
    cwd: ROOT,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines = stdout.trimEnd().split("\n");
  const [emitted, messages] = [true, false].map((is) => lines.filter((line) => line.startsWith("TSFILE: ") === is));
  if (status !== 0) {
    console.error(messages.join("\n"));
    process.exit(1);
  }
  const written = emitted.filter((line) => !line.endsWith(".tsbuildinfo")).length;
  if (written + removed > 0) {
    console.log(`library: compiled dist, ${written} files written, ${removed} stale files removed`);
  }
}

ensureProvider();
buildLibrary();
