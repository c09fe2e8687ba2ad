// Prints how long all digests of a file take in one pass, and the most memory that it took: node hashing.js FILE
const { createReadStream } = require("node:fs");
const { resolve } = require("node:path");
const { Hashing } = require(resolve(__dirname, "../../../dist/content/hashing"));

async function main() {
  const start = performance.now();
  const hashing = new Hashing();
  for await (const bytes of createReadStream(process.argv[2], { highWaterMark: 1024 * 1024 })) {
    await hashing.update(bytes);
  }
  const digests = await hashing.end();
  const ms = performance.now() - start;
  console.log(JSON.stringify({ ms, mb: process.resourceUsage().maxRSS / 1024, ...digests }));
}

main();
