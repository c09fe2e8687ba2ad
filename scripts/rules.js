// Writes docs/rules.md from lib/rules; a test fails when it is stale.
const fs = require("node:fs");
const path = require("node:path");

require("ts-node").register({ transpileOnly: true, project: path.resolve(__dirname, "../tsconfig.check.json") });
const { RULES } = require("../lib/rules/rules");
const { DOCUMENT, document } = require("../test/rules/document");

fs.writeFileSync(DOCUMENT, document(RULES));
console.log(`rules: ${path.relative(process.cwd(), DOCUMENT)} written`);
