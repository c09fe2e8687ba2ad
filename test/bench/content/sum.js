// Prints how long a program takes for the digest of a file: node sum.js PROGRAM FILE
const { execFileSync } = require("node:child_process");

const [program, file] = process.argv.slice(2);
const start = performance.now();
const text = execFileSync(program, [file], { encoding: "utf8" });
console.log(JSON.stringify({ ms: performance.now() - start, hex: text.split(" ")[0].replace("\\", "") }));
