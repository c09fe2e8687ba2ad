// The command in a process of its own, without a build: node child.js VERB ...
require("ts-node").register({ transpileOnly: true, compilerOptions: { module: "commonjs", target: "es2022" } });
const { run } = require("../../../lib/cli/run");

run(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
