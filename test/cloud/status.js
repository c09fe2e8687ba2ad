// What is up, and what it takes.
const fs = require("node:fs");
const { ours, running } = require("./processes");
const { SERVICES } = require("./services");
const { at } = require("./settings");

/** The profile that was brought up last. */
function profileUp() {
  return fs.existsSync(at("data/profile")) ? fs.readFileSync(at("data/profile"), "utf8") : undefined;
}

/** The processes of the guests, which libvirt starts without the cloud's mark. */
function guests() {
  const folder = "/var/run/libvirt/qemu";
  const files = fs.existsSync(folder) ? fs.readdirSync(folder).filter((name) => /^instance-.*\.pid$/.test(name)) : [];
  return files.flatMap((name) => {
    try {
      return [Number(fs.readFileSync(`${folder}/${name}`, "utf8"))];
    } catch {
      return []; // ended meanwhile
    }
  });
}

/** Each service of a profile: whether it runs and answers. */
async function status(profile) {
  return Promise.all(
    SERVICES[profile].map(async ({ name, port, ready }) => {
      const record = running(name);
      return { name, port, pid: record?.pid, up: record !== undefined && (!ready || (await ready())) };
    }),
  );
}

/** The memory of these processes in MiB, with what they share counted once. */
function memoryMb(pids) {
  const kib = pids.map((pid) => {
    try {
      return Number(/^Pss:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1] ?? 0);
    } catch {
      return 0; // ended meanwhile
    }
  });
  return Math.round(kib.reduce((sum, one) => sum + one, 0) / 1024);
}

const cloudMemoryMb = () => memoryMb(ours());
const guestMemoryMb = () => memoryMb(guests());

module.exports = { cloudMemoryMb, guestMemoryMb, profileUp, status };
