// The public surface as a file that is reviewed: `npm run api` fails when it changed, `npm run api -- --update` writes it.
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { Extractor, ExtractorConfig, ExtractorLogLevel } = require("@microsoft/api-extractor");

const ROOT = path.resolve(__dirname, "..");
const REPORT = "docs/api/cdktf-openstack-images.api.md";
const TEMP = fs.mkdtempSync(path.join(os.tmpdir(), "api-report-"));
const update = process.argv.includes("--update");

const config = ExtractorConfig.prepare({
  configObjectFullPath: path.join(ROOT, "api-extractor.json"),
  packageJsonFullPath: path.join(ROOT, "package.json"),
  configObject: {
    projectFolder: ROOT,
    mainEntryPointFilePath: path.join(ROOT, "dist/index.d.ts"),
    compiler: { tsconfigFilePath: path.join(ROOT, "tsconfig.json") },
    apiReport: {
      enabled: true,
      reportFileName: path.basename(REPORT),
      reportFolder: path.join(ROOT, path.dirname(REPORT)),
      reportTempFolder: TEMP,
    },
    docModel: { enabled: false },
    dtsRollup: { enabled: false },
    tsdocMetadata: { enabled: false },
    messages: {
      // release tags are not used: all that the index exports is public
      extractorMessageReporting: { "ae-missing-release-tag": { logLevel: "none" } },
    },
  },
});

const problems = [];
const result = Extractor.invoke(config, {
  localBuild: update,
  messageCallback: (message) => {
    message.handled = true;
    const isProblem = [ExtractorLogLevel.Error, ExtractorLogLevel.Warning].includes(message.logLevel);
    if (isProblem && message.messageId !== "console-api-report-copied") problems.push(message.text);
  },
});

fs.rmSync(TEMP, { recursive: true });
if (result.apiReportChanged && !update)
  problems.push(`${REPORT} is stale: npm run api -- --update, and review what changed`);
if (problems.length > 0) {
  console.error(problems.join("\n"));
  process.exit(1);
}
console.log(`api: ${REPORT} ${result.apiReportChanged ? "written" : "is up to date"}`);
