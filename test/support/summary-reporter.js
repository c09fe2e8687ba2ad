const { existsSync, mkdtempSync, readFileSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");

/**
 * Ends the output of a test run with what it was worth: which provider Terraform had, what was skipped, and how many tests
 * passed. It also owns the run directory in which the workers share that decision (test/support/terraform-process.ts).
 */
class SummaryReporter {
  constructor(globalConfig) {
    // With --json the standard output is a document, to which nothing may be added.
    this.stream = globalConfig.json ? process.stderr : process.stdout;
    this.ownsDirectory = process.env.OSI_TEST_RUN_DIR === undefined;
    // Workers inherit the environment, and they are started after the reporters.
    process.env.OSI_TEST_RUN_DIR ??= mkdtempSync(join(tmpdir(), "openstack-images-test-"));
    this.directory = process.env.OSI_TEST_RUN_DIR;
    // Jest adds its coverage and summary reporters behind all others, so nothing printed in onRunComplete can be last.
    process.on("exit", () => this.finish());
  }

  onRunComplete(_contexts, results) {
    this.results = results;
  }

  finish() {
    if (this.results !== undefined) {
      this.stream.write(`\n${summaryLines(this.results, providersUsed(this.directory)).join("\n")}\n`);
    }
    if (this.ownsDirectory) {
      rmSync(this.directory, { recursive: true, force: true });
    }
  }
}

/** The provider that was found, and the schema server where tests apply without a cloud besides. */
function providersUsed(directory) {
  const used = ["decision.json", "schema-server.json"]
    .map((name) => join(directory, name))
    .filter((file) => existsSync(file))
    .map((file) => JSON.parse(readFileSync(file, "utf8")))
    .map(({ kind, version, reason }) => (kind === "none" ? `none: ${reason}` : `${kind} ${version}`));
  return used.length > 0 ? [...new Set(used)].join(", ") : "none: no test asked for one";
}

function summaryLines(results, providers) {
  const skipped = results.testResults
    .flatMap(({ testResults }) => testResults)
    .filter(({ status }) => status === "pending" || status === "todo" || status === "disabled")
    .map(({ fullName }) => `skipped: ${fullName}`);
  // A file that could not be loaded has no failed test to count, and the run is not green.
  const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
  return [
    `terraform provider used by the tests: ${providers}`,
    ...skipped,
    `${results.numPassedTests} passed, ${failed} failed, ${skipped.length} skipped`,
  ];
}

module.exports = SummaryReporter;
