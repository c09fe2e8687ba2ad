// node child.js library|raw N OUTDIR: one app, from the first require to the end of app.synth().
const started = performance.now();
const [side, n, outdir] = process.argv.slice(2);
require(`./${side}`)(Number(n), outdir);
const ms = performance.now() - started;
// what the machine does besides does not count here, but for the caches
const { user, system } = process.cpuUsage();
const mb = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ ms, cpuMs: (user + system) / 1000, mb }));
