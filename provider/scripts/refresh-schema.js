const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { parseArgs } = require("node:util");
const { pinnedProvider } = require("./generate");
const { SchemaError, compare, factsOf, format } = require("./schema-facts");

const USAGE = `usage: refresh-schema [--version X.Y.Z] [--from FILE] [--drop NAME]...

Writes the pinned schema anew from the provider that Terraform finds.

  --version X.Y.Z  the wanted version of the provider; the pinned one when left out
  --from FILE      read the output of "terraform providers schema -json" instead of running Terraform;
                   needs --version, which that output does not say
  --drop NAME      accept that a resource (openstack_x) or data source (data.openstack_x) is gone`;

class RefreshError extends Error {}

function readArguments() {
  const options = {
    version: { type: "string" },
    from: { type: "string" },
    drop: { type: "string", multiple: true, default: [] },
  };
  let values;
  try {
    ({ values } = parseArgs({ options }));
  } catch (error) {
    throw new RefreshError(`${error.message}\n\n${USAGE}`);
  }
  if (values.version !== undefined && !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(values.version)) {
    throw new RefreshError(`--version must be a full version, got ${values.version}\n\n${USAGE}`);
  }
  if (values.from !== undefined && values.version === undefined) {
    throw new RefreshError(`--from needs --version\n\n${USAGE}`);
  }
  return values;
}

/** Runs Terraform as cdktf would find it: `TERRAFORM_BINARY_NAME` may name OpenTofu. */
function terraform(directory, ...arguments_) {
  const binary = process.env.TERRAFORM_BINARY_NAME ?? "terraform";
  const result = spawnSync(binary, arguments_, { cwd: directory, encoding: "utf8", maxBuffer: 2 ** 28 });
  if (result.status !== 0) {
    const reason = result.error?.message ?? `${result.stdout}${result.stderr}`.trim();
    throw new RefreshError(`${[binary, ...arguments_].join(" ")} failed\n${reason}`);
  }
  return result.stdout;
}

function schemaFromTerraform(address, version) {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "provider-openstack-schema-"));
  try {
    const requirement = { terraform: { required_providers: { openstack: { source: address, version } } } };
    fs.writeFileSync(path.join(directory, "main.tf.json"), JSON.stringify(requirement));
    terraform(directory, "init", "-backend=false", "-input=false", "-no-color");
    return terraform(directory, "providers", "schema", "-json");
  } finally {
    fs.rmSync(directory, { recursive: true, force: true });
  }
}

function list(title, names) {
  return names.length === 0 ? [] : [`${title}:`, ...names.map((name) => `  ${name}`)];
}

function checkLosses(lost, drop) {
  const refused = lost.filter((name) => !drop.includes(name));
  if (refused.length > 0) {
    throw new RefreshError(
      [...list("the new schema has no more", refused), "nothing was written; accept each with --drop NAME"].join("\n"),
    );
  }
  const unknown = drop.filter((name) => !lost.includes(name));
  if (unknown.length > 0) {
    throw new RefreshError(
      `--drop names what the new schema does not lose: ${unknown.join(", ")}; nothing was written`,
    );
  }
}

function replaceFile(file, text) {
  fs.writeFileSync(`${file}.new`, text);
  fs.renameSync(`${file}.new`, file);
}

/** The old version's schema goes last: until the manifest names the new one, it is the pinned one. */
function write(pinned, version, text) {
  const provider = path.dirname(pinned.schemaFile);
  const schemaFile = path.join(provider, `schema-${version}.json`);
  replaceFile(schemaFile, text);
  if (version === pinned.version) {
    return;
  }
  const old = new RegExp(`(?<!\\d\\.?)${pinned.version.replaceAll(".", "\\.")}(?!\\.?\\d)`, "g");
  for (const file of ["README.md", "package.json"].map((name) => path.join(provider, name))) {
    replaceFile(file, fs.readFileSync(file, "utf8").replace(old, version));
  }
  fs.rmSync(pinned.schemaFile);
}

function refresh() {
  const { version: wanted, from, drop } = readArguments();
  const pinned = pinnedProvider();
  const version = wanted ?? pinned.version;
  const raw = from === undefined ? schemaFromTerraform(pinned.address, version) : fs.readFileSync(from, "utf8");
  const present = fs.readFileSync(pinned.schemaFile, "utf8");
  const facts = factsOf(JSON.parse(raw), pinned.address);
  const { added, lost, attributesGone } = compare(JSON.parse(present), facts);
  checkLosses(lost, drop);

  const text = format(facts);
  write(pinned, version, text);
  const state = text === present ? "unchanged" : "changed";
  const lines = [...list("added", added), ...list("dropped", lost), ...list("attributes gone", attributesGone)];
  console.log([...lines, `schema-${version}.json: ${state}`].join("\n"));
}

try {
  refresh();
} catch (error) {
  // What the person who runs this can act on needs no stack trace.
  if (!(error instanceof RefreshError || error instanceof SchemaError)) {
    throw error;
  }
  console.error(error.message);
  process.exitCode = 1;
}
