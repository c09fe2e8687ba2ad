// Runs the acceptance suite and writes docs/proof.md from what it saw.
const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");

const ROOT = path.resolve(__dirname, "../..");
const PROOF = path.join(ROOT, "docs/proof.md");
const missing = ["CLOUD", "OS_CLIENT_CONFIG_FILE"].filter((name) => !process.env[name]);
if (missing.length > 0) {
  console.error(
    `no cloud: ${missing.join(" and ")} not set; start one and source its env.sh (CONTRIBUTING, Acceptance)`,
  );
  process.exit(4);
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "acceptance-"));
const file = path.join(folder, "proof.jsonl");
const names = process.argv.slice(2);
const { status } = spawnSync(
  process.execPath,
  [require.resolve("jest/bin/jest"), "-c", path.join(__dirname, "jest.config.js"), ...names],
  {
    cwd: ROOT,
    stdio: "inherit",
    env: { ...process.env, PROOF_FILE: file },
  },
);
const rows = fs.existsSync(file)
  ? fs
      .readFileSync(file, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line))
  : [];
fs.rmSync(folder, { recursive: true });
if (status === 0 && names.length === 0) {
  fs.writeFileSync(PROOF, page(rows));
  console.log(`${path.relative(ROOT, PROOF)} written, ${rows.length} rows`);
}
process.exit(status ?? 1);

function page(rows) {
  const cell = (text) => text.replace(/\|/g, "\\|").replace(/\n/g, "<br>");
  return [
    "# Proof",
    "",
    "Written by `npm run test:acceptance`: what was deployed with `cdktf deploy` and the real provider on a running OpenStack, and what the",
    "`openstack` command said afterwards.",
    "",
    `- ${new Date().toISOString().slice(0, 10)}`,
    `- ${versions().join(", ")}`,
    "",
    "| what | done | seen |",
    "|---|---|---|",
    ...rows.map(({ area, done, answer }) => `| ${[area, done, answer].map(cell).join(" | ")} |`),
    "",
  ].join("\n");
}

function versions() {
  const constraints = fs.readFileSync(path.join(process.env.CLOUD, "etc/constraints.txt"), "utf8");
  const services = ["keystone", "glance", "nova", "neutron", "cinder", "python-openstackclient"].map((name) => {
    const version = new RegExp(`^${name}==(.*)$`, "m").exec(constraints)?.[1];
    return `${name} ${version ?? "of unknown version"}`;
  });
  const terraform = JSON.parse(
    spawnSync("terraform", ["version", "-json"], { encoding: "utf8" }).stdout,
  ).terraform_version;
  const { version } = require("@cdktf/provider-openstack/package.json");
  return [
    `Terraform ${terraform}`,
    `terraform-provider-openstack ${version}`,
    `cdktf ${require("cdktf/package.json").version}`,
    ...services,
  ];
}
