module.exports = {
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/", "<rootDir>/test/acceptance/"],
  transform: { "\\.ts$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2022" } }] },
  moduleNameMapper: { "^cdktf-openstack-images$": "<rootDir>/lib/index.ts" },
  collectCoverageFrom: ["lib/**/*.ts"],
  coverageThreshold: { global: { lines: 95, branches: 90 } },
  coverageReporters: ["text-summary"],
  reporters: ["default", "<rootDir>/test/support/summary-reporter.js"],
};
