/**
 * `npm run synth`: synthesizes the examples and prints what came out, stack by stack, as read from the synthesized files.
 *
 *     node scripts/synth-examples.js [--out FOLDER] [APP...]
 *
 * APP is a folder with a cdktf.json; without any it is every folder of examples/. The Terraform of each lands in the app's own
 * cdktf.out, or in FOLDER under the app's name.
 */
const { exec } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");

const ROOT = path.resolve(__dirname, "..");

/** Synthesizes an app and tells what came out. */
async function report(name, app, out) {
  await synthesize(app, out);
  return describeApp(name, app, out);
}

/** Runs the app as cdktf would: the command of its cdktf.json, in its folder. */
async function synthesize(app, out) {
  const { app: command } = JSON.parse(fs.readFileSync(path.join(app, "cdktf.json"), "utf8"));
  const bin = path.join(ROOT, "node_modules", ".bin");
  const env = { ...process.env, CDKTF_OUTDIR: out, PATH: `${bin}${path.delimiter}${process.env.PATH}` };
  // what is left of an earlier run must not be taken for the result of this one
  fs.rmSync(path.join(out, "manifest.json"), { force: true });
  fs.mkdirSync(out, { recursive: true });
  await new Promise((resolve, reject) => {
    exec(command, { cwd: app, env, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      const output = [stdout.trim(), stderr.trim()].filter((text) => text !== "").join("\n");
      error ? reject(new Error(output || error.message)) : resolve();
    });
  });
}

/** Reads what an app has synthesized and tells it as text: per stack its images, its launches, its warnings and its file. */
function describeApp(name, app, out) {
  const manifest = JSON.parse(fs.readFileSync(path.join(out, "manifest.json"), "utf8"));
  const stacks = Object.values(manifest.stacks).map((entry) => readStack(entry, app, out));
  return stacks.map((stack) => describeStack(name, stack, stacks)).join("\n\n");
}

function readStack({ name, synthesizedStackPath, annotations }, app, out) {
  const file = path.join(out, synthesizedStackPath);
  return { name, annotations, file, app, document: JSON.parse(fs.readFileSync(file, "utf8")) };
}

function describeStack(name, stack, stacks) {
  const images = imagesOf(stack);
  const launches = launchesOf(stack, stacks);
  const lines = [`${name}, stack ${stack.name}`];
  if (images.length > 0) {
    lines.push("", ...table(["image", "source", "format", "visibility", "members", "digest"], images));
  }
  if (launches.length > 0) {
    lines.push("", ...table(["launch", "kind", "boots from", "on image change"], launches));
  }
  const notes = stack.annotations.filter(({ level }) => level !== "@cdktf/info");
  if (notes.length > 0) {
    lines.push("", ...notes.map(note));
  }
  return [...lines, "", `  Terraform: ${path.relative(process.cwd(), stack.file).split(path.sep).join("/")}`].join(
    "\n",
  );
}

function note({ constructPath, level, message }) {
  return `  ${level === "@cdktf/warn" ? "warning" : "error"}: ${constructPath}: ${message}`;
}

/** The blocks of a type, each with its address and the path of the construct behind it. */
function blocksOf({ document }, type) {
  const data = type.startsWith("data.");
  const blocks = (data ? document.data?.[type.slice(5)] : document.resource?.[type]) ?? {};
  return Object.entries(blocks).map(([name, block]) => ({ address: `${type}.${name}`, path: pathOf(block), ...block }));
}

/** Without the id of the one resource behind a construct. */
function pathOf(block) {
  return (block["//"]?.metadata?.path ?? "").replace(/\/Default$/, "");
}

function imagesOf(stack) {
  const declared = blocksOf(stack, "openstack_images_image_v2").map((image) => [
    image.name,
    sourceOf(image, stack),
    image.disk_format,
    image.visibility ?? "private",
    membersOf(image, stack),
    digestOf(image, stack),
  ]);
  const found = blocksOf(stack, "data.openstack_images_image_v2").map((lookup) => [
    nameOfLookup(lookup),
    "looked up",
    "-",
    lookup.visibility ?? "any",
    "-",
    "-",
  ]);
  return [...declared, ...found];
}

function sourceOf(image, { file, app }) {
  if (image.local_file_path !== undefined) {
    const absolute = path.resolve(path.dirname(file), image.local_file_path.replace(/^\$\{path\.module\}\//, ""));
    return `file ${path.relative(app, absolute).split(path.sep).join("/")}`;
  }
  const url = image.image_source_url.replace(/#.*$/, "");
  return image.web_download ? `web-download ${shortened(url)}` : shortened(url);
}

/** A URL in the width of a column: its host and its file. The Terraform has the whole of it. */
function shortened(url) {
  const [, start, file] = /^(\w+:\/\/[^/]+)\/.+\/([^/]+)$/.exec(url) ?? [];
  return url.length > 60 && start ? `${start}/.../${file}` : url;
}

function membersOf(image, stack) {
  const accepted = blocksOf(stack, "openstack_images_image_access_accept_v2").map(({ image_id }) =>
    reference(image_id),
  );
  const members = blocksOf(stack, "openstack_images_image_access_v2")
    .filter(({ image_id }) => reference(image_id) === image.address)
    .map((member) => {
      const project = reference(member.member_id) === undefined ? ` ${member.member_id}` : "";
      return `${path.basename(member.path)}${project}${accepted.includes(member.address) ? " (accepts)" : ""}`;
    });
  return members.join(", ") || "-";
}

/** The digest that is compared, or else the one in the URL; and whether another one replaces the image. */
function digestOf(image, stack) {
  const conditions = (image.lifecycle?.postcondition ?? []).map(({ condition }) => condition).join(" ");
  const pinned = /#(sha512|sha256|md5)=([0-9a-f]+)$/.exec(image.image_source_url ?? "");
  const hex = /"([0-9a-f]{32,128})"/.exec(conditions)?.[1] ?? pinned?.[2];
  if (hex === undefined) {
    return pinned || conditions.includes("os_hash_value") ? "known at apply" : "none";
  }
  const algorithm = { 128: "sha512", 64: "sha256", 32: "md5" }[hex.length];
  const replaces = pinned !== null || triggersOf(image, stack).includes("ContentTrigger");
  return `${algorithm} ${hex.slice(0, 8)}${replaces ? "" : ", checked only"}`;
}

function launchesOf(stack, stacks) {
  const servers = blocksOf(stack, "openstack_compute_instance_v2").map((server) => {
    const disk = server.block_device?.[0];
    const image = server.image_id ?? (disk?.source_type === "image" ? disk.uuid : undefined);
    return [server.name, "server", bootOf(server, disk, stack, stacks), image ? onImageChange(server, stack) : "-"];
  });
  const volumes = blocksOf(stack, "openstack_blockstorage_volume_v3").map((volume) => {
    const image = volume.image_id;
    return [
      volume.name,
      "volume",
      image ? shown(image, stack, stacks) : "blank",
      image ? onImageChange(volume, stack) : "-",
    ];
  });
  return [...servers, ...volumes];
}

function bootOf(server, disk, stack, stacks) {
  if (server.image_id !== undefined) {
    return shown(server.image_id, stack, stacks);
  }
  if (disk === undefined) {
    return "-";
  }
  const source = shown(disk.uuid, stack, stacks);
  return disk.source_type === "image" ? `new volume of ${disk.volume_size} GiB from ${source}` : `volume ${source}`;
}

function onImageChange(block, stack) {
  if (triggersOf(block, stack).includes("ImageTrigger")) {
    return "replace";
  }
  const ignored = block.lifecycle?.ignore_changes ?? [];
  return ["image_id", "block_device[0].uuid"].some((attribute) => ignored.includes(attribute)) ? "ignore" : "rebuild";
}

/** The ids of the constructs whose change replaces the block. */
function triggersOf(block, stack) {
  const triggers = blocksOf(stack, "terraform_data");
  return (block.lifecycle?.replace_triggered_by ?? []).map((address) =>
    path.basename(triggers.find((trigger) => trigger.address === address)?.path ?? address),
  );
}

/** What a value refers to, by its name in OpenStack where it has one, through acceptances and into other stacks of the app. */
function shown(value, stack, stacks) {
  const address = reference(value);
  if (address === undefined) {
    return value;
  }
  const [type, name] = [address.replace(/\.[^.]*$/, ""), address.replace(/^.*\./, "")];
  if (type === "data.terraform_remote_state") {
    return shownOutput(value.replace(/^.*\.outputs\.|\}$/g, ""), stack, stacks);
  }
  const block = blocksOf(stack, type).find((found) => found.address === address);
  if (type.startsWith("openstack_images_image_access")) {
    return shown(block.image_id, stack, stacks);
  }
  return type === "data.openstack_images_image_v2" ? nameOfLookup(block) : (block?.name ?? name);
}

function shownOutput(output, stack, stacks) {
  const other = stacks.find((candidate) => candidate !== stack && candidate.document.output?.[output] !== undefined);
  return other ? `${shown(other.document.output[output].value, other, stacks)} (stack ${other.name})` : output;
}

function nameOfLookup({ name, name_regex, path: constructPath }) {
  return name ?? (name_regex === undefined ? path.basename(constructPath) : `/${name_regex}/`);
}

/** The address that a value of one reference points to: `openstack_images_image_v2.X` for `${openstack_images_image_v2.X.id}`. */
function reference(value) {
  return /^\$\{((?:data\.)?[a-z0-9_]+\.[\w-]+)\.[\w.-]+\}$/.exec(value ?? "")?.[1];
}

/** Rows as aligned columns under a heading, two spaces apart and indented by as many. */
function table(heading, rows) {
  const cells = [heading, ...rows].map((row) => row.map(String));
  const widths = heading.map((_, i) => Math.max(...cells.map((row) => row[i].length)));
  const line = (row) => `  ${row.map((cell, i) => cell.padEnd(widths[i])).join("  ")}`.trimEnd();
  const rule = widths.map((width) => "-".repeat(width));
  return [line(cells[0]), line(rule), ...cells.slice(1).map(line)];
}

function examples() {
  const folder = path.join(ROOT, "examples");
  const found = fs
    .readdirSync(folder)
    .sort()
    .map((name) => path.join(folder, name));
  return found.filter((app) => fs.existsSync(path.join(app, "cdktf.json")));
}

function parse(args) {
  if (args[0] !== "--out") {
    return { apps: args, out: (app) => path.join(app, "cdktf.out") };
  }
  const folder = path.resolve(args[1]);
  return { apps: args.slice(2), out: (app) => path.join(folder, path.basename(app)) };
}

async function main() {
  const { apps, out } = parse(process.argv.slice(2));
  const wanted = (apps.length > 0 ? apps : examples()).map((app) => path.resolve(app));
  const names = wanted.map((app) => path.relative(ROOT, app).split(path.sep).join("/"));
  const results = await Promise.allSettled(wanted.map((app, i) => report(names[i], app, out(app))));
  results.forEach(({ status, value, reason }, i) => {
    if (status === "fulfilled") {
      console.log(`${value}\n`);
    } else {
      console.error(`${names[i]} failed:\n\n${reason.message}\n`);
      process.exitCode = 1;
    }
  });
}

main();
