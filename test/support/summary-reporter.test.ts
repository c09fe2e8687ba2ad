import { readdirSync } from "node:fs";
import { runChildJest } from "./child-jest";
import { temporaryDirectory } from "./terraform-process";

const MIXED = `
  test("passes", () => {});
  describe("group", () => {
    test("fails", () => { throw new Error("as it must"); });
    test.skip("is left out (skipped: for a reason)", () => {});
  });
  test.todo("is to be written");
`;

test("ends the run with the provider, the skipped tests and the numbers", () => {
  const { lines, status } = runChildJest({ "mixed.test.js": MIXED });
  expect(lines.slice(-4)).toStrictEqual([
    "terraform provider used by the tests: none: no test asked for one",
    "skipped: group is left out (skipped: for a reason)",
    "skipped: is to be written",
    "1 passed, 1 failed, 2 skipped",
  ]);
  expect(status).toBe(1);
});

test("stays last when coverage is printed", () => {
  const files = { "one.js": "module.exports = 1;", "one.test.js": 'test("passes", () => { require("./one"); });' };
  const { lines } = runChildJest(files, {}, "--coverage");
  expect(lines.some((line) => line.includes("Coverage summary"))).toBe(true);
  expect(lines.at(-1)).toBe("1 passed, 0 failed, 0 skipped");
});

test("counts a file that cannot be loaded as a failure", () => {
  const { lines, status } = runChildJest({ "broken.test.js": 'require("./missing");' });
  expect(lines.at(-1)).toBe("0 passed, 1 failed, 0 skipped");
  expect(status).toBe(1);
});

test("keeps away from a document on the standard output", () => {
  const { lines } = runChildJest({ "one.test.js": 'test("passes", () => {});' }, {}, "--json", "--silent");
  const document = lines.filter((line) => line.startsWith("{"));
  expect(JSON.parse(document[0]).numPassedTests).toBe(1);
});

test("names the provider that the workers decided on, and leaves nothing behind", () => {
  const temporary = temporaryDirectory("tmp");
  const deciding = `
    const { writeFileSync } = require("node:fs");
    test("decides", () => {
      const decision = JSON.stringify({ kind: "schema server", version: "3.4.0" });
      writeFileSync(process.env.OSI_TEST_RUN_DIR + "/decision.json", decision);
    });
  `;
  const { lines } = runChildJest({ "a.test.js": deciding, "b.test.js": MIXED }, { TMPDIR: temporary }, "--workers=2");
  expect(lines).toContain("terraform provider used by the tests: schema server 3.4.0");
  expect(readdirSync(temporary).filter((name) => name.startsWith("openstack-images-test-"))).toStrictEqual([]);
});
