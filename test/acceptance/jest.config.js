// The acceptance suite: real provider, running OpenStack. Not part of `npm test`.
// suites by what they need of a cloud
const PROFILES = { images: ["images"], full: ["images", "full"] };
// a suite of its own, since it takes the cloud down
const folders = process.env.KILLS ? ["kills"] : PROFILES[process.env.CLOUD_PROFILE ?? "full"];

module.exports = {
  rootDir: "../..",
  testMatch: folders.map((folder) => `<rootDir>/test/acceptance/${folder}/**/*.test.ts`),
  globalSetup: "<rootDir>/test/acceptance/support/start-clean.js",
  setupFilesAfterEnv: ["<rootDir>/test/acceptance/support/setup.ts"],
  transform: { "\\.ts$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2022" } }] },
  maxWorkers: 1,
  testTimeout: 600_000,
  // a suite that failed may leave a server of files
  forceExit: true,
};
