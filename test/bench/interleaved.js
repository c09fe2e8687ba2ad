const { execFileSync } = require("node:child_process");

/**
 * Runs the scripts by turns, each time in a fresh process, so that what else the machine does hits all alike. A script prints an
 * object of numbers; the least of each is kept.
 */
function interleaved(commands, runs, afterTurn = () => {}) {
  const least = {};
  for (let turn = 0; turn < runs; turn++) {
    for (const [name, [script, ...args]] of Object.entries(commands)) {
      const result = JSON.parse(
        execFileSync(process.execPath, [script, ...args], {
          encoding: "utf8",
          stdio: ["ignore", "pipe", "inherit"],
        }),
      );
      least[name] ??= result;
      for (const [key, value] of Object.entries(result)) {
        least[name][key] = Math.min(least[name][key], value);
      }
    }
    afterTurn();
  }
  return least;
}

module.exports = { interleaved };
