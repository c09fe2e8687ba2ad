// child.js review|parse PLAN: prints the milliseconds that it took, and the memory that was held at its end, in MB.
const fs = require("node:fs");
const path = require("node:path");

const DIST = path.resolve(__dirname, "../../../dist");
const [what, file] = process.argv.slice(2);
const { planIn } = require(path.join(DIST, "review/plan"));
const { review } = require(path.join(DIST, "review/review"));
const { RULES } = require(path.join(DIST, "rules/rules"));

const text = fs.readFileSync(file, "utf8");
global.gc();
const before = process.memoryUsage().heapUsed;
const begin = performance.now();
const result = what === "parse" ? JSON.parse(text) : review([planIn(text, "plan.json")], RULES);
const ms = performance.now() - begin;
const mb = (process.memoryUsage().heapUsed - before) / 1024 ** 2;
if (result === undefined) throw new Error("nothing came");
console.log(JSON.stringify({ ms, mb }));
