// npm run test:acceptance [-- [--ci] [NAME...]]: runs the acceptance suites that the cloud of test/cloud can show, and after all of them have passed
// writes docs/proof.md. Ends with 4 where plugin or cloud is missing. --ci: the suites of the profile images, where plugin and cloud are there and up,
// else says what is missing and ends with 0.
const { spawn, spawnSync } = require("node:child_process");
const { once } = require("node:events");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { Failure } = require("../cloud/commands");
const { HELD, exclusively } = require("../cloud/lock");
const { CLIENT, HOME, VENV } = require("../cloud/settings");
const { cloudMemoryMb, guestMemoryMb, profileUp, status } = require("../cloud/status");
const { up } = require("../cloud/up");
const { holes, page } = require("./proof-page");

const ROOT = path.resolve(__dirname, "../..");
const PROOF = path.join(ROOT, "docs/proof.md");
const MISSING = 4;
const SAMPLE_MS = 5000;
const PROOF_ROWS = "proof.jsonl";

/** The caller's environment, without a Terraform configuration that is not there and without another cloud's credentials. */
function environment() {
  const { TF_CLI_CONFIG_FILE: file, ...rest } = process.env;
  const kept = Object.entries(rest).filter(([name]) => !name.startsWith("OS_"));
  const variables = { ...Object.fromEntries(kept), ...CLIENT, CLOUD: HOME, CHECKPOINT_DISABLE: "1" };
  if (file && fs.existsSync(file)) variables.TF_CLI_CONFIG_FILE = file;
  variables.PATH = `${path.join(VENV, "bin")}:${variables.PATH}`;
  return variables;
}

/** What Terraform says when it cannot have the provider. */
function whyNoPlugin() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "plugin-"));
  const { version } = require("@cdktf/provider-openstack/package.json");
  const openstack = { source: "terraform-provider-openstack/openstack", version };
  const block = { terraform: { required_providers: { openstack } } };
  fs.writeFileSync(path.join(folder, "main.tf.json"), JSON.stringify(block));
  const words = ["init", "-input=false", "-no-color"];
  const ended = spawnSync("terraform", words, { cwd: folder, encoding: "utf8", env: environment() });
  fs.rmSync(folder, { recursive: true });
  return ended.status === 0 ? undefined : (ended.error?.message ?? ended.stderr.trim());
}

async function whatIsMissing(isCi) {
  if (!profileUp()) return `no cloud in ${HOME}: npm run cloud:up (test/cloud/README.md)`;
  if (process.getuid() !== 0) return "the cloud is root's: run this as root";
  const reason = whyNoPlugin();
  if (reason) return `no OpenStack provider, from a registry or Terraform's local mirror:\n${reason}`;
  if (!isCi) return undefined;
  const isUp = (await status("images")).every((service) => service.up);
  return isUp ? undefined : "the cloud is not up: npm run cloud:up";
}

/** Samples the memory until it is stopped; gives the most that there was. */
function watchMemory() {
  const peak = { cloudMb: 0, guestsMb: 0 };
  const timer = setInterval(() => {
    peak.cloudMb = Math.max(peak.cloudMb, cloudMemoryMb());
    peak.guestsMb = Math.max(peak.guestsMb, guestMemoryMb());
  }, SAMPLE_MS);
  return { peak, stop: () => clearInterval(timer) };
}

/** A name within the path below this folder: Jest looks for it in all of the path. */
const below = (name) => `test/acceptance/.*${name.replace(/^(test\/)?acceptance\//, "")}`;

async function suites(names, profile, folder) {
  const env = { ...environment(), CLOUD_PROFILE: profile, PROOF_FILE: path.join(folder, PROOF_ROWS), [HELD]: "yes" };
  const memory = watchMemory();
  const jest = [require.resolve("jest/bin/jest"), "-c", path.join(__dirname, "jest.config.js"), ...names.map(below)];
  const child = spawn(process.execPath, jest, { cwd: ROOT, stdio: "inherit", env });
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
  try {
    const [code] = await once(child, "close");
    return { ended: code ?? 1, peak: memory.peak };
  } finally {
    memory.stop();
  }
}

function rowsIn(folder) {
  const file = path.join(folder, PROOF_ROWS);
  const text = fs.existsSync(file) ? fs.readFileSync(file, "utf8").trim() : "";
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

async function runSuites(names, isCi) {
  // an earlier run may have lost a service
  const profile = isCi ? "images" : profileUp();
  await up(profile);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "acceptance-"));
  const begun = Date.now();
  try {
    const { ended, peak } = await suites(names, profile, folder);
    if (ended !== 0 || names.length > 0 || profile !== "full") return ended;
    return writeProof(rowsIn(folder), { minutes: Math.round((Date.now() - begun) / 60_000), ...peak });
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

function writeProof(rows, run) {
  const wrong = holes(rows);
  for (const line of wrong) console.error(line);
  if (wrong.length > 0) return 1;
  fs.writeFileSync(PROOF, page(rows, run));
  console.log(`${path.relative(ROOT, PROOF)} written, ${rows.length} rows`);
  return 0;
}

async function main(words) {
  const isCi = words.includes("--ci");
  const missing = await whatIsMissing(isCi);
  if (missing) {
    console.error(`acceptance suite not run: ${missing}`);
    return isCi ? 0 : MISSING;
  }
  return exclusively(() =>
    runSuites(
      words.filter((word) => word !== "--ci"),
      isCi,
    ),
  );
}

main(process.argv.slice(2)).then(
  (status) => {
    process.exitCode = status;
  },
  (error) => {
    console.error(error instanceof Failure ? `${error.step ?? "cloud"}: ${error.message}` : error.stack);
    process.exitCode = 1;
  },
);
