// The acceptance suite: real provider, running OpenStack. Not part of `npm test`.
module.exports = {
  rootDir: "../..",
  testMatch: ["<rootDir>/test/acceptance/**/*.test.ts"],
  transform: { "\\.ts$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2022" } }] },
  maxWorkers: 1,
  testTimeout: 600_000,
  reporters: ["default", "<rootDir>/test/support/summary-reporter.js"],
};
