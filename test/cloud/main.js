// node main.js up [images|full] | status [images|full] | reset | down [--wipe] | lock | env
const path = require("node:path");
const { Failure } = require("./commands");
const { empty } = require("./contents");
const { down } = require("./down");
const { lock } = require("./install");
const { exclusively } = require("./lock");
const { running } = require("./processes");
const { MARIADB } = require("./services");
const { CLIENT, HOME, PROFILES, VENV, at } = require("./settings");
const { cloudMemoryMb, guestMemoryMb, profileUp, status } = require("./status");
const { interrupt } = require("./steps");
const { up } = require("./up");

const USAGE = `usage: npm run cloud:up [-- images]       start it, with what is missing; images: Keystone and images alone
       npm run cloud:status [-- images]   say what is up; ends with 1 when something is not
       npm run cloud:reset                empty its projects
       npm run cloud:down [-- --wipe]     stop it; --wipe: delete what it wrote as well
       npm run cloud:lock [-- --upgrade]  write the lock of its Python packages anew
       npm run --silent cloud:env         print what a shell needs to use it: eval "$(npm run --silent cloud:env)"`;

/** What may stand behind a verb, one word at most. */
const WORDS = { up: PROFILES, status: PROFILES, reset: [], down: ["--wipe"], lock: ["--upgrade"], env: [] };

/** A word that is mistyped must not stop or empty a cloud. */
function checkWords(verb, words) {
  const wrong = words.find((word, i) => i > 0 || !WORDS[verb].includes(word));
  if (wrong === undefined) return;
  const takes = WORDS[verb].length > 0 ? `; it takes ${WORDS[verb].join(" or ")}` : "";
  throw new Failure(`cloud:${verb} does not take '${wrong}'${takes}\n${USAGE}`);
}

const verbs = {
  async up([word]) {
    const profile = word ?? "full";
    console.log(`the cloud (${profile}) in ${HOME}; logs in ${at("log")}`);
    console.log(`up in ${await up(profile)} s`);
  },
  async status([word]) {
    const profile = word ?? profileUp() ?? "full";
    const services = await status(profile);
    for (const { name, up: isUp, pid, port } of services) {
      console.log(
        `${isUp ? "up  " : "DOWN"}  ${name.padEnd(18)}${isUp ? `  pid ${pid}${port ? `, port ${port}` : ""}` : ""}`,
      );
    }
    console.log(`memory of all that is up: services ${cloudMemoryMb()} MiB, guests ${guestMemoryMb()} MiB`);
    if (services.every((service) => service.up)) return;
    console.log("npm run cloud:up brings up what is down");
    process.exitCode = 1;
  },
  async reset() {
    if (!profileUp() || !running(MARIADB.name)) throw new Failure("the cloud is not up; npm run cloud:up");
    const begun = Date.now();
    await empty();
    console.log(`empty in ${((Date.now() - begun) / 1000).toFixed(1)} s`);
  },
  async down([word]) {
    await down({ wipe: word === "--wipe" });
    console.log(word === "--wipe" ? "stopped, and deleted" : "stopped");
  },
  async lock(words) {
    await lock(words);
    console.log("requirements/*.txt written; npm run cloud:up installs them");
  },
  async env() {
    const variables = { ...CLIENT, CLOUD: HOME, PATH: `${path.join(VENV, "bin")}:$PATH` };
    for (const [name, value] of Object.entries(variables)) console.log(`export ${name}="${value}"`);
  },
};

async function main([verb, ...words]) {
  // users of Debian's packages read some of what is written
  process.umask(0o022);
  if (words.includes("--help")) return console.log(USAGE);
  if (!verbs[verb]) throw new Failure(USAGE);
  checkWords(verb, words);
  // what runs ends by itself; nothing else begins
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => interrupt(new Failure(`${signal}: stopped`)));
  if (["status", "env"].includes(verb)) await verbs[verb](words);
  else await exclusively(() => verbs[verb](words));
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error.step ? `${error.step}: ${error.message}` : error.message);
  if (!(error instanceof Failure)) console.error(error.stack);
  process.exitCode = 1;
});
