// node load.js MODULE: one require.
const started = performance.now();
require(process.argv[2]);
const ms = performance.now() - started;
console.log(JSON.stringify({ ms }));
