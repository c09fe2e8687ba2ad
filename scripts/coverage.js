// Writes docs/coverage.md from the rows in test/coverage; a test fails when it is stale.
const fs = require("node:fs");
const path = require("node:path");

// the rows are TypeScript, and take the library by its name, as an app does: from dist
require("ts-node").register({ transpileOnly: true, project: path.resolve(__dirname, "../tsconfig.check.json") });
const { DOCUMENT, document } = require("../test/coverage/document");
const { TABLES } = require("../test/coverage/tables");

fs.writeFileSync(DOCUMENT, document(TABLES));
console.log(`coverage: ${path.relative(process.cwd(), DOCUMENT)} written`);
