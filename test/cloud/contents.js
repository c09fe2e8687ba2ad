// What is in the cloud besides its seeds: asked for and deleted by contents.py.
const path = require("node:path");
const { run } = require("./commands");
const { program } = require("./services");
const { CLIENT, at } = require("./settings");
const { profileUp } = require("./status");

function contents(verb, profile) {
  const words = [path.join(__dirname, "contents.py"), verb, at("data/seeded.json"), profile];
  return run(verb, program("python"), words, { env: CLIENT });
}

/** Deletes all of it, or all that the services of a profile have. */
const empty = (profile = profileUp()) => contents("reset", profile);

module.exports = { empty };
