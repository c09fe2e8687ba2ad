// Runs commands, with what they print in a log.
const fs = require("node:fs");
const { spawn } = require("node:child_process");
const { ENVIRONMENT, at } = require("./settings");

const TAIL = 20;

/** An error that says which log has the reason. */
class Failure extends Error {
  constructor(message, log) {
    super(log ? `${message}; the last lines of ${log}:\n${tail(log)}` : message);
  }
}

function tail(file) {
  const lines = fs.existsSync(file) ? fs.readFileSync(file, "utf8").trimEnd().split("\n") : [];
  return (
    lines
      .slice(-TAIL)
      .map((line) => `    ${line}`)
      .join("\n") || "    (empty)"
  );
}

const logOf = (name) => at("log", `${name}.log`);

/** Runs a command to its end and gives what it printed, which goes to log/NAME.log as well. */
function run(name, command, words, { env = {}, input, cwd } = {}) {
  fs.mkdirSync(at("log"), { recursive: true });
  const log = fs.createWriteStream(logOf(name), { flags: "a" });
  return new Promise((resolve, reject) => {
    // in a group of its own, which Ctrl-C does not reach
    const child = spawn(command, words, { cwd, env: { ...ENVIRONMENT, ...env }, detached: true });
    let output = "";
    log.on("error", (error) => reject(new Failure(`${logOf(name)} cannot be written: ${error.message}`)));
    child.stdout.on("data", (data) => {
      output += data;
    });
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => log.write(data));
    child.on("error", (error) => reject(new Failure(`${command}: ${error.message}`)));
    child.on("close", (code, signal) => {
      log.end(() => {
        if (code === 0) resolve(output);
        else reject(new Failure(`${command} ${words[0] ?? ""} ended with ${signal ?? code}`, logOf(name)));
      });
    });
    child.stdin.on("error", () => {}); // one that ends before it has read all says so by its code
    child.stdin.end(input);
  });
}

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

/** Asks until the answer is true; a failure names the log. */
async function waitFor(what, answer, log, seconds = 60) {
  const end = Date.now() + seconds * 1000;
  while (!(await answer())) {
    if (Date.now() > end) throw new Failure(`${what} did not come up within ${seconds} s`, log);
    await sleep(100);
  }
}

module.exports = { Failure, logOf, run, sleep, waitFor };
