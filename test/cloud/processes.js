// Starts, finds and stops the services. One is known by its process id and the time that it started, so that a stale file never names another.
const crypto = require("node:crypto");
const fs = require("node:fs");
const { spawn, spawnSync } = require("node:child_process");
const { Failure, logOf, sleep, waitFor } = require("./commands");
const { ENVIRONMENT, HOME, MARK, at } = require("./settings");

const STOP_S = 20;
/** Tells the processes of a service from those of the others. */
const SERVICE = "OPENSTACK_CLOUD_SERVICE";
const fileOf = (name) => at("run", `${name}.json`);

/** When a process started, in ticks since the machine did; none when it is gone or a zombie. */
function startOf(pid) {
  try {
    const fields = fs.readFileSync(`/proc/${pid}/stat`, "utf8").replace(/.*\) /s, "").split(" ");
    return fields[0] === "Z" ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

/** The record of a service that runs. */
function running(name) {
  if (!fs.existsSync(fileOf(name))) return undefined;
  const { pid, start, print } = JSON.parse(fs.readFileSync(fileOf(name), "utf8"));
  return start !== undefined && startOf(pid) === start ? { pid, start, print } : undefined;
}

/** What a service was started by: another command or configuration is reason to start it anew. */
function fingerprint({ command, env = {}, configuration = [] }) {
  const hash = crypto.createHash("sha256").update(JSON.stringify([command, env]));
  for (const file of configuration) hash.update(fs.readFileSync(file));
  return hash.digest("hex");
}

/** Starts a service unless it runs as it should; says whether it did, once it answers. */
async function start(service) {
  const { name, command, env = {}, cwd = at("run"), port, ready } = service;
  const print = fingerprint(service);
  const record = running(name);
  if (record && record.print !== print) await stop(name);
  const isNew = !running(name);
  if (isNew) {
    // one that was killed may have left its children, with its port
    await endAll(marked().filter((pid) => has(pid, SERVICE, name)));
    if (port) refuseForeign(name, port);
    fs.mkdirSync(at("log"), { recursive: true });
    const log = fs.openSync(logOf(name), "a");
    const child = spawn(command[0], command.slice(1), {
      cwd,
      env: { ...ENVIRONMENT, ...env, [SERVICE]: name },
      detached: true,
      stdio: ["ignore", log, log],
    });
    fs.closeSync(log);
    await new Promise((resolve, reject) => {
      child.once("spawn", resolve);
      child.once("error", (error) => reject(new Failure(`${name}: ${error.message}`)));
    });
    child.unref();
    writeRecord(name, { pid: child.pid, start: startOf(child.pid), print });
  }
  await waitFor(
    name,
    async () => {
      if (!running(name)) throw new Failure(`${name} ended`, logOf(name));
      return !ready || (await ready());
    },
    logOf(name),
  );
  return isNew;
}

/** Whole or not at all. */
function writeRecord(name, record) {
  fs.writeFileSync(`${fileOf(name)}.new`, JSON.stringify(record));
  fs.renameSync(`${fileOf(name)}.new`, fileOf(name));
}

function refuseForeign(name, port) {
  const holder = spawnSync("ss", ["-Hltnp", `sport = :${port}`], { encoding: "utf8" }).stdout?.trim();
  if (holder) {
    throw new Failure(`${name}: port ${port} is taken by another program; stop it, and run this again:\n    ${holder}`);
  }
}

/** Stops a service and what it started in its group. */
async function stop(name) {
  const record = running(name);
  fs.rmSync(fileOf(name), { force: true });
  if (record) await end(record.pid, true);
}

async function end(pid, group) {
  const signal = (kind) => {
    try {
      process.kill(pid, kind);
    } catch {} // it has gone meanwhile
  };
  const started = startOf(pid);
  const isAlive = () => started !== undefined && startOf(pid) === started;
  signal("SIGTERM");
  for (const until = Date.now() + STOP_S * 1000; isAlive() && Date.now() < until; ) await sleep(50);
  if (isAlive()) signal("SIGKILL");
  if (group) {
    try {
      process.kill(-pid, "SIGKILL");
    } catch {} // nothing of its group is left
  }
}

/** Whether a process was given a variable, or inherited it. */
function has(pid, name, value) {
  try {
    return fs.readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").includes(`${name}=${value}`);
  } catch {
    return false; // ended meanwhile
  }
}

/** The processes of this cloud: all that inherited its mark. */
function marked() {
  const pids = fs.readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => pid !== process.pid && isOurs(pid));
}

const endAll = (pids) => Promise.all(pids.map((pid) => end(pid, false)));

/** Whether a process is of this cloud. */
const isOurs = (pid) => has(pid, MARK, HOME);

/** Ends what services left running: agents' helpers, the port mapper of Erlang, dnsmasq. */
const endRest = () => endAll(ours());

/** Those of the cloud, but for a caller of this program whose environment has the same mark. */
function ours() {
  const callers = new Set();
  for (let pid = process.pid; pid > 1; pid = parentOf(pid)) callers.add(pid);
  return marked().filter((pid) => !callers.has(pid));
}

function parentOf(pid) {
  return Number(fs.readFileSync(`/proc/${pid}/stat`, "utf8").replace(/.*\) /s, "").split(" ")[1]);
}

module.exports = { endRest, ours, running, start, startOf, stop };
