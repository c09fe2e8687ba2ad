// One at a time: what brings the cloud up, down, or empties it.
const fs = require("node:fs");
const { Failure } = require("./commands");
const { startOf } = require("./processes");
const { HOME, at } = require("./settings");

/** Set for what runs on behalf of one that has the lock. */
const HELD = "OPENSTACK_TEST_CLOUD_LOCKED";

/** Does something while nothing else changes the cloud. */
async function exclusively(action) {
  if (process.env[HELD]) return action();
  if (process.getuid() !== 0) throw new Failure("the cloud mounts, adds networks and starts guests: run this as root");
  fs.mkdirSync(HOME, { recursive: true });
  const file = at(".lock");
  refuseHeld(file);
  fs.writeFileSync(file, JSON.stringify({ pid: process.pid, start: startOf(process.pid) }), { flag: "wx" });
  try {
    return await action();
  } finally {
    fs.rmSync(file, { force: true });
  }
}

function refuseHeld(file) {
  if (!fs.existsSync(file)) return;
  const { pid, start } = JSON.parse(fs.readFileSync(file, "utf8") || "{}");
  if (start !== undefined && startOf(pid) === start) {
    throw new Failure(`process ${pid} is changing this cloud; wait until it ends`);
  }
  fs.rmSync(file);
}

module.exports = { HELD, exclusively };
