// Writes the configuration: the files of etc/ with {{name}} and {{include FILE}} filled in, and those that come with the services.
const fs = require("node:fs");
const path = require("node:path");
const { VALUES, VENV, at } = require("./settings");

const SOURCE = path.join(__dirname, "etc");
/** Kept beside the configuration, since the services look for them there. */
const SHIPPED = {
  images: { "glance-api-paste.ini": "glance/glance-api-paste.ini" },
  full: {
    "nova-api-paste.ini": "nova/api-paste.ini",
    "neutron-api-paste.ini": "neutron/api-paste.ini",
    "cinder-api-paste.ini": "cinder/api-paste.ini",
  },
};
const FOLDERS = {
  images: [
    "data/glance/images",
    "data/glance/images-2",
    "data/glance/staging",
    "data/glance/tasks",
    "data/glance-two/images",
    "data/glance-two/staging",
    "data/glance-two/tasks",
    "etc/region-two",
    "log",
    "run/lock",
  ],
  full: [
    ...["data/cinder/backup", "data/cinder/export", "data/cinder/export-2", "data/cinder/export-3", "data/cinder/mnt"],
    ...["data/neutron", "data/nova/instances", "data/nova/mnt", "data/ovs", "data/rabbitmq", "log/rabbitmq"],
  ],
};

/** The files of etc/, by their path in it. */
function sourceFiles() {
  const files = fs.readdirSync(SOURCE, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  return files.map(({ parentPath, name }) => path.relative(SOURCE, path.join(parentPath, name)));
}

function fill(file) {
  const text = fs.readFileSync(path.join(SOURCE, file), "utf8");
  return text.replace(/\{\{(include )?([\w.-]+)\}\}/g, (_, include, name) => {
    if (include) return fill(name).trimEnd();
    if (VALUES[name] === undefined) throw new Error(`${file}: no value for ${name}`);
    return VALUES[name];
  });
}

function makeFolders(profile) {
  const folders = profile === "full" ? [...FOLDERS.images, ...FOLDERS.full] : FOLDERS.images;
  for (const folder of folders) fs.mkdirSync(at(folder), { recursive: true });
}

function configure(profile) {
  const write = (name, text) => {
    // a copy may come read-only
    fs.rmSync(at("etc", name), { force: true });
    fs.writeFileSync(at("etc", name), text);
  };
  for (const file of sourceFiles()) write(file, fill(file));
  const shipped = profile === "full" ? { ...SHIPPED.images, ...SHIPPED.full } : SHIPPED.images;
  for (const [name, source] of Object.entries(shipped)) write(name, fs.readFileSync(path.join(VENV, "etc", source)));
  for (const folder of ["drivers", "shims", "wsgi"])
    fs.cpSync(path.join(__dirname, folder), at(folder), { recursive: true });
  for (const shim of fs.readdirSync(at("shims"))) fs.chmodSync(at("shims", shim), 0o755);
}

module.exports = { configure, fill, makeFolders, sourceFiles };
