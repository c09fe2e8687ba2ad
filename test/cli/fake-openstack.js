#!/usr/bin/env node
// Stands in for the `openstack` command of python-openstackclient: answers from the file that FAKE_OPENSTACK names, in the shapes in which 10.5.0
// answered (with openstacksdk 4.22.0) when it was run against a Keystone and a Glance made of canned answers. FAKE_OPENSTACK_LOG gets a line for each start.
const fs = require("node:fs");

const {
  projectId,
  images,
  acceptedBy = {},
  fails = {},
  saves = {},
} = JSON.parse(fs.readFileSync(process.env.FAKE_OPENSTACK, "utf8"));
const words = process.argv.slice(2);
fs.appendFileSync(process.env.FAKE_OPENSTACK_LOG, `${words.join(" ")}\n`);

/** A line of `image list --long`. */
const row = (image) => ({
  ID: image.id,
  Name: image.name ?? null,
  "Disk Format": image.disk_format ?? null,
  "Container Format": image.container_format ?? null,
  Size: image.size ?? null,
  Checksum: image.checksum ?? null,
  Status: image.status,
  Visibility: image.visibility,
  Protected: false,
  Project: image.owner,
  "Hash Algorithm": image.os_hash_algo ?? null,
  "Hash Value": image.os_hash_value ?? null,
  Tags: [],
});

/** `image show`: what it does not know goes into the properties. */
function shown({ os_hidden, os_hash_algo, os_hash_value, ...image }) {
  return { ...image, properties: { os_hidden, os_hash_algo, os_hash_value }, tags: [] };
}

const member = (id) => (project) => ({ "Image ID": id, "Member ID": project, Status: "accepted" });

function list(options) {
  const value = (name) => options.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1);
  const isHidden = options.includes("--hidden");
  const status = options.includes("--status") ? options[options.indexOf("--status") + 1] : undefined;
  return images
    .filter((image) => (image.os_hidden ?? false) === isHidden && (!status || image.status === status))
    .filter((image) => options.includes("--all") || image.visibility !== "community")
    .filter((image) => value("--name") === undefined || image.name === value("--name"))
    .map((image) =>
      options.includes("--long") ? row(image) : { ID: image.id, Name: image.name ?? null, Status: image.status },
    );
}

function answer(command) {
  const fail = Object.keys(fails).find((start) => command.join(" ").startsWith(start));
  if (fail !== undefined) return fails[fail];
  const [noun, verb, ...rest] = command;
  if (noun === "token") return { answer: { project_id: projectId } };
  if (verb === "list") return { answer: list(rest) };
  if (verb === "member") return { answer: (acceptedBy[rest[1]] ?? []).map(member(rest[1])) };
  const image = images.find(({ id }) => id === rest[0]);
  return image ? { answer: shown(image) } : { code: 1, stderr: `No Image found for ${rest[0]}` };
}

function say(command, noindent) {
  const {
    answer: value,
    stdout = JSON.stringify(value, null, noindent ? 0 : 2),
    stderr = "",
    code = 0,
  } = answer(command);
  if (code === 0) process.stdout.write(`${stdout}\n`);
  if (stderr) process.stderr.write(`${stderr}\n`);
  if (code !== 0) process.exitCode = code;
}

function save([option, id]) {
  const file = option.replace("--file=", "");
  const { bytes = "", stderr, code, hangs, endless, creates, later } = saves[id];
  fs.writeFileSync(file, Buffer.from(bytes, "latin1"));
  if (endless) setInterval(() => fs.appendFileSync(file, Buffer.alloc(4096)), 10);
  // long enough for whoever looks on
  if (later) setTimeout(() => fs.appendFileSync(file, later), 1000);
  if (hangs) setTimeout(() => {}, 60_000);
  if (hangs) fs.writeFileSync(process.env.FAKE_OPENSTACK_PID, String(process.pid));
  if (creates) fs.writeFileSync(creates, "mine");
  if (stderr) process.stderr.write(`${stderr}\n`);
  process.exitCode = code ?? 0;
}

const command = words.filter((word) => !word.startsWith("--os-cloud="));
if (command.length === 0) {
  const lines = fs.readFileSync(0, "utf8").trim().split("\n");
  for (const line of lines) say(line.split(" "), true);
} else if (command[1] === "save") {
  save(command.slice(2));
} else {
  say(command);
}
