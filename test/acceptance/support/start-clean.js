// Before the first suite: an empty cloud, and the apps without what an earlier run left. The apps are copies: where somebody has deployed an
// example to a cloud of theirs, its state is not touched.
const { cpSync, rmSync } = require("node:fs");
const path = require("node:path");
const { empty } = require("../../cloud/contents");

const ROOT = path.resolve(__dirname, "../../..");
const WORK = path.join(ROOT, ".cache/acceptance");
const isSource = (file) => !/(cdktf\.out|\.tfstate.*|\.raw)$/.test(file);

module.exports = async () => {
  await empty(process.env.CLOUD_PROFILE);
  rmSync(WORK, { recursive: true, force: true });
  // the examples are compiled against the sources
  for (const source of ["examples", "test/acceptance/apps", "tsconfig.json", "lib"]) {
    cpSync(path.join(ROOT, source), path.join(WORK, source), { recursive: true, filter: isSource });
  }
};
