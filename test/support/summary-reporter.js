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
      this.stream.write(`\n${summaryLines(this.results, readDecision(this.directory)).join("\n")}\n`);
    }
    if (this.ownsDirectory) {
      rmSync(this.directory, { recursive: true, force: true });
    }
  }
}

function readDecision(directory) {
  const file = join(directory, "decision.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : { kind: "none", reason: "no test asked for one" };
}

function summaryLines(results, decision) {
  const skipped = results.testResults
    .flatMap(({ testResults }) => testResults)
    .filter(({ status }) => status === "pending" || status === "todo" || status === "disabled")
    .map(({ fullName }) => `skipped: ${fullName}`);
  // A file that could not be loaded has no failed test to count, and the run is not green.
  const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
  const provider = decision.kind === "none" ? `none: ${decision.reason}` : `${decision.kind} ${decision.version}`;
  return [
    `terraform provider used by the tests: ${provider}`,
    ...skipped,
    `${results.numPassedTests} passed, ${failed} failed, ${skipped.length} skipped`,
  ];
}

module.exports = SummaryReporter;
