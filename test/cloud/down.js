// Stops the cloud: the services that `up` started and what they started in turn, and nothing else.
const fs = require("node:fs");
const path = require("node:path");
const { run } = require("./commands");
const { endRest, ours, running, stop } = require("./processes");
const { LIBVIRTD, MARIADB, OVSDB, RABBITMQ, SERVICES, VSWITCHD } = require("./services");
const { HOME, QEMU_CONF, QEMU_CONF_BEFORE, SIGN, at } = require("./settings");

const LAST = [LIBVIRTD, VSWITCHD, OVSDB, RABBITMQ, MARIADB];
const DEFINITIONS = "/etc/libvirt/qemu";
const GUESTS = "/var/run/libvirt/qemu";

const tell = (...words) => run("down", ...words);
const lines = async (...words) => (await tell(...words)).split("\n").filter(Boolean);
const namesIn = (folder) => (fs.existsSync(folder) ? fs.readdirSync(folder) : []);
const mentionsHome = (file) => fs.readFileSync(file, "utf8").includes(`${HOME}/`);

/** Guests are libvirt's own processes, and go on without it. */
async function endGuests() {
  if (running(LIBVIRTD.name)) {
    const virsh = (...words) => lines("virsh", ["-q", "-c", "qemu:///system", ...words]);
    for (const guest of await virsh("list", "--name")) {
      const xml = await tell("virsh", ["-c", "qemu:///system", "dumpxml", guest]);
      if (xml.includes(`${HOME}/`)) await virsh("destroy", guest);
    }
  }
  // those of a libvirtd that was killed
  for (const name of namesIn(GUESTS).filter((one) => /^instance-.*\.pid$/.test(one))) {
    const pid = Number(fs.readFileSync(path.join(GUESTS, name), "utf8"));
    if (fs.existsSync(`/proc/${pid}`) && mentionsHome(`/proc/${pid}/cmdline`)) process.kill(pid, "SIGKILL");
  }
}

async function endNetworks() {
  const mine = namesIn(at("data/neutron/dhcp")).map((id) => `qdhcp-${id}`);
  const there = (await lines("ip", ["netns", "list"])).map((line) => line.split(" ")[0]);
  for (const name of there.filter((one) => mine.includes(one))) await tell("ip", ["netns", "delete", name]);
  // it would wait for a vswitchd that was killed
  if (running(OVSDB.name)) await tell("ovs-vsctl", ["--no-wait", "--timeout=10", "--if-exists", "del-br", "br-int"]);
}

/** The innermost first. */
const mounts = () =>
  fs
    .readFileSync("/proc/mounts", "utf8")
    .split("\n")
    .map((line) => line.split(" ")[1] ?? "")
    .filter((folder) => folder.startsWith(at("data/")))
    .reverse();

async function unmount() {
  for (const folder of mounts()) await tell("umount", [folder]);
}

function restoreQemuConf() {
  if (!fs.existsSync(QEMU_CONF_BEFORE)) return;
  fs.copyFileSync(QEMU_CONF_BEFORE, QEMU_CONF);
  fs.rmSync(QEMU_CONF_BEFORE);
}

async function down({ wipe = false } = {}) {
  if (!fs.existsSync(SIGN)) return;
  await Promise.all(SERVICES.full.filter((one) => !LAST.includes(one)).map(({ name }) => stop(name)));
  const stopLast = async () => {
    for (const { name } of LAST) await stop(name);
  };
  const failures = [];
  // each, whatever became of the one before
  for (const step of [endGuests, endNetworks, stopLast, endRest, unmount, restoreQemuConf]) {
    try {
      await step();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  if (wipe) erase();
}

function erase() {
  if (mounts().length > 0) throw new Error(`still mounted, not wiped: ${mounts().join(", ")}`);
  if (ours().length > 0) throw new Error(`still running, not wiped: ${ours().join(", ")}`);
  // a new cloud would give its guests the same names
  const definitions = namesIn(DEFINITIONS).filter((name) => /^instance-.*\.xml$/.test(name));
  for (const file of definitions.map((name) => path.join(DEFINITIONS, name))) if (mentionsHome(file)) fs.rmSync(file);
  for (const name of fs.readdirSync(HOME)) if (name !== ".lock") fs.rmSync(at(name), { recursive: true });
}

module.exports = { down };
