import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import {
  configDirectory,
  findTerraform,
  run,
  runDirectory,
  type Terraform,
  temporaryDirectory,
  terraformEnvironment,
  whyNoTerraform,
} from "./terraform-process";

/** Which provider this test run uses; written as `decision.json` into the run directory, where the reporter reads it. */
export type ProviderDecision =
  | { readonly kind: "real" | "schema server"; readonly version: string; readonly cliConfig: string }
  | { readonly kind: "none"; readonly reason: string };

const SOURCE = "terraform-provider-openstack/openstack";
const SERVER = join(__dirname, "..", "terraform", "schema-server");
const BINDINGS = join(__dirname, "..", "..", "provider");

type Choice = "real" | "schema" | "either";

const decided = new Map<string, ProviderDecision>();

/** Decides once per test run: the first worker that asks tries, the others wait for its answer. */
export function findProvider(): ProviderDecision {
  const choice = process.env.OSI_TEST_PROVIDER ?? "either";
  if (choice !== "real" && choice !== "schema" && choice !== "either") {
    throw new Error(`OSI_TEST_PROVIDER must be real or schema, got '${choice}'`);
  }
  return decision("decision.json", choice);
}

/** The schema server, whatever the other tests use. */
export function findSchemaServer(): ProviderDecision {
  return decision("schema-server.json", "schema");
}

function decision(name: string, choice: Choice): ProviderDecision {
  const made = decided.get(name) ?? onceForTheRun(join(runDirectory(), name), () => decide(choice));
  decided.set(name, made);
  return made;
}

function onceForTheRun(file: string, make: () => ProviderDecision): ProviderDecision {
  const lock = `${file}.lock`;
  mkdirSync(runDirectory(), { recursive: true });
  while (!existsSync(file)) {
    try {
      writeFileSync(lock, String(process.pid), { flag: "wx" });
    } catch {
      waitFor(lock);
      continue;
    }
    try {
      if (!existsSync(file)) {
        writeAtomically(file, JSON.stringify(make()));
      }
    } finally {
      unlinkSync(lock);
    }
  }
  return JSON.parse(readFileSync(file, "utf8"));
}

/** Tests are declared synchronously, so this blocks; a holder that died does not hold for ever. */
function waitFor(lock: string): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
  try {
    process.kill(Number(readFileSync(lock, "utf8")), 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") {
      rmSync(lock, { force: true });
    }
  }
}

function writeAtomically(file: string, content: string): void {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, content);
  renameSync(draft, file);
}

function decide(choice: Choice): ProviderDecision {
  const terraform = findTerraform();
  if (terraform === undefined) {
    return { kind: "none", reason: whyNoTerraform() };
  }
  const version = pinnedVersion();
  const real = choice === "schema" ? undefined : installReal(terraform);
  if (real !== undefined) {
    return { kind: "real", version, cliConfig: cliConfig(real) };
  }
  const absent = choice === "schema" ? "" : `${SOURCE} ${version} cannot be installed`;
  if (choice === "real") {
    return { kind: "none", reason: absent };
  }
  try {
    return { kind: "schema server", version, cliConfig: cliConfig(installSchemaServer(terraform)) };
  } catch (error) {
    return { kind: "none", reason: [absent, firstLine((error as Error).message)].filter(Boolean).join(" and ") };
  }
}

function pinnedVersion(): string {
  return JSON.parse(readFileSync(join(BINDINGS, "package.json"), "utf8")).version;
}

/** What the provider itself printed as its schema, in the format of `terraform providers schema -json`. */
export function schemaFile(): string {
  return join(BINDINGS, `schema-${pinnedVersion()}.json`);
}

function requirement(): object {
  return { terraform: { required_providers: { openstack: { source: SOURCE, version: pinnedVersion() } } } };
}

/**
 * Lets Terraform find the provider as it finds any other (registry, mirror, CLI configuration). What it installed is laid
 * out as a filesystem mirror, from which every later `init` takes it without asking again.
 */
function installReal(terraform: Terraform): string | undefined {
  const cwd = configDirectory(requirement());
  // An unreachable registry otherwise costs a minute of retries before the first test.
  const env = { ...terraformEnvironment(), TF_REGISTRY_DISCOVERY_RETRY: "0", TF_REGISTRY_CLIENT_TIMEOUT: "10" };
  const init = run(terraform.binary, ["init", "-input=false", "-no-color"], { cwd, env, timeoutMs: 60_000 });
  return init.ok ? join(cwd, ".terraform", "providers") : undefined;
}

function installSchemaServer(terraform: Terraform): string {
  const plugin = buildSchemaServer(terraform);
  const mirror = temporaryDirectory("mirror");
  const versionDirectory = join(mirror, defaultHost(terraform), SOURCE, pinnedVersion());
  mkdirSync(versionDirectory, { recursive: true });
  symlinkSync(plugin, join(versionDirectory, terraform.platform));
  return mirror;
}

/** The registry that a source without a host means, which is not the same for Terraform and OpenTofu. */
function defaultHost(terraform: Terraform): string {
  const cwd = configDirectory(requirement());
  const { output } = run(terraform.binary, ["providers"], { cwd, env: terraformEnvironment() });
  const match = /provider\[([^/\]]+)\//.exec(output);
  if (match === null) {
    throw new Error(`'${terraform.binary} providers' did not name the provider: ${output}`);
  }
  return match[1];
}

/** Built once for each state of its sources, and kept for later runs: the first build takes half a minute. */
function buildSchemaServer(terraform: Terraform): string {
  const schema = schemaFile();
  const sources = readdirSync(SERVER).filter((name) => /\.go$|^go\.(mod|sum)$/.test(name));
  const hash = createHash("sha256").update(`${userInfo().uid} ${terraform.platform}`);
  for (const file of [...sources.sort().map((name) => join(SERVER, name)), schema]) {
    hash.update(readFileSync(file));
  }
  const directory = join(tmpdir(), `openstack-images-schema-server-${hash.digest("hex").slice(0, 16)}`);
  if (existsSync(directory)) {
    // The directory for temporary files is everybody's, and what lies in this one will be run.
    if (statSync(directory).uid !== userInfo().uid) {
      throw new Error(`${directory} belongs to another user`);
    }
    return directory;
  }
  if (!run("go", ["version"], { cwd: SERVER, env: process.env }).ok) {
    throw new Error("there is no go on PATH to build the schema server");
  }
  const draft = mkdtempSync(`${directory}-`);
  try {
    const [GOOS, GOARCH] = terraform.platform.split("_");
    const binary = join(draft, `terraform-provider-openstack_v${pinnedVersion()}`);
    const env = { ...process.env, GOOS, GOARCH, CGO_ENABLED: "0" };
    const build = run("go", ["build", "-trimpath", "-o", binary, "."], { cwd: SERVER, env, timeoutMs: 300_000 });
    if (!build.ok) {
      throw new Error(`the schema server cannot be built: ${firstLine(build.output)}`);
    }
    copyFileSync(schema, join(draft, "schema.json"));
    renameSync(draft, directory);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    // Another test run may have finished the same build first.
    if (!existsSync(directory)) {
      throw error;
    }
  }
  return directory;
}

function cliConfig(mirror: string): string {
  const file = join(temporaryDirectory("cli"), "terraform.tfrc");
  const content = `provider_installation {
  filesystem_mirror {
    path    = ${JSON.stringify(mirror)}
    include = ["${SOURCE}"]
  }
  direct {
    exclude = ["${SOURCE}"]
  }
}
`;
  writeFileSync(file, content);
  return file;
}

function firstLine(text: string): string {
  return text.trim().split("\n", 1)[0];
}
