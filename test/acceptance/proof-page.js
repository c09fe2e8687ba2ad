// docs/proof.md from what the suites saw.
const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { at } = require("../cloud/settings");

require("ts-node").register({ transpileOnly: true, project: path.resolve(__dirname, "../../tsconfig.check.json") });
const { surface } = require("./surface");

/** What is wrong with the proof: something of the library that was not shown, and names that it does not have. */
function holes(rows) {
  const offered = surface();
  const shown = [...new Set(rows.flatMap((row) => row.shows))];
  return [
    ...offered.filter((name) => !shown.includes(name)).map((name) => `${name} was not shown by any suite`),
    ...shown.filter((name) => !offered.includes(name)).map((name) => `${name} is no part of the library`),
  ];
}

const cell = (text) => text.replace(/\|/g, "\\|").replace(/\n/g, "<br>");
const table = (head, rows) => [
  `| ${head.join(" | ")} |`,
  `|${head.map(() => "---|").join("")}`,
  ...rows.map((row) => `| ${row.map(cell).join(" | ")} |`),
];
const code = (names) => names.map((name) => `\`${name}\``).join(", ");

function page(rows, { minutes, cloudMb, guestsMb }) {
  return [
    "# Proof",
    "",
    "Written by `npm run test:acceptance`: what was deployed with the real provider on the cloud of `test/cloud`, by `cdktf deploy` or by Terraform on the",
    "synthesized stack, and what the `openstack` command said afterwards. Every prop, option and example that the library had at this commit is in a row; what the cloud",
    "cannot show of them stands below the table. What each change plans, argument by argument, is in [coverage.md](coverage.md).",
    "",
    `- ${new Date().toISOString().slice(0, 10)}, commit ${commit()}: ${rows.length} rows in ${minutes} minutes, on ${machine()}`,
    `- ${versions().join(", ")}`,
    `- memory at most: services ${cloudMb} MiB, guests ${guestsMb} MiB`,
    ...times(),
    "",
    ...table(
      ["shows", "done", "seen", "s"],
      rows.map(({ shows, done, seen, seconds }) => [code(shows), done, seen, String(seconds)]),
    ),
    "",
    "The last column says how many seconds of its test had gone.",
    "",
    ...["limits.md", "surprises.md"].map((file) => fs.readFileSync(path.join(__dirname, file), "utf8")),
  ].join("\n");
}

/** How long `npm run cloud:up` took, the last time of each kind. */
function times() {
  const runs = fs
    .readFileSync(at("log/up.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const kinds = new Map(runs.map(({ profile, before, seconds }) => [`${profile}, ${before}`, seconds]));
  return [...kinds].map(([kind, seconds]) => `- \`npm run cloud:up\` (${kind}): ${seconds} s`);
}

/** What was run, with a mark when it was not what is committed. */
function commit() {
  const words = ["describe", "--always", "--dirty", "--match", ""];
  return spawnSync("git", words, { cwd: __dirname, encoding: "utf8" }).stdout.trim();
}

function machine() {
  return `${os.cpus().length} cores, ${Math.round(os.totalmem() / 2 ** 30)} GiB`;
}

function versions() {
  const lock = fs.readFileSync(path.join(__dirname, "../cloud/requirements/full.txt"), "utf8");
  const services = [
    "keystone",
    "glance",
    "nova",
    "neutron",
    "cinder",
    "openstack-placement",
    "python-openstackclient",
  ].map((name) => {
    const [, version] = new RegExp(`^${name}==(\\S+)`, "m").exec(lock);
    return `${name} ${version}`;
  });
  const terraform = JSON.parse(
    spawnSync("terraform", ["version", "-json"], { encoding: "utf8" }).stdout,
  ).terraform_version;
  return [
    `Terraform ${terraform}`,
    `terraform-provider-openstack ${require("@cdktf/provider-openstack/package.json").version}`,
    `cdktf ${require("cdktf/package.json").version}`,
    ...services,
  ];
}

module.exports = { holes, page };
