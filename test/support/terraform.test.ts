import { join } from "node:path";
import { runChildJest } from "./child-jest";
import { applyPlain, configDirectory, temporaryDirectory, testWithPlainTerraform } from "./terraform";

const SUPPORT = JSON.stringify(join(__dirname, "terraform"));

const EVERY_KIND = `
  import {
    describeWithSchemaServer, describeWithTerraform, testWithMocks, testWithPlainTerraform, testWithTerraform,
  } from ${SUPPORT};
  describeWithTerraform("Image", (kit) => { test("validates", () => { kit.validate("."); }); });
  describeWithSchemaServer("Plan", (kit) => { test("changes", () => { kit.plan("."); }); });
  testWithTerraform("is valid", (kit) => { kit.validate("."); });
  testWithMocks("mocks", (kit) => { kit.mockTest(".", []); });
  testWithPlainTerraform("applies", () => {});
  test("runs", () => {});
`;

testWithPlainTerraform("applies a configuration without providers and returns its outputs byte for byte", () => {
  const text = 'echo ${HOME} %{if} $${x} "quoted" \\n\n\ttab é 漢';
  const value = text.replace(/[$%](?=\{)/g, "$&$&");
  const directory = configDirectory({
    terraform: { backend: { http: { address: "https://state.test" } } },
    resource: { terraform_data: { Text: { input: value } } },
    output: { direct: { value }, stored: { value: "${terraform_data.Text.output}" } },
  });
  expect(applyPlain(directory)).toStrictEqual({ direct: text, stored: text });
});

testWithPlainTerraform("fails with Terraform's own words", () => {
  const directory = configDirectory({ output: { a: { value: "${HOME}" } } });
  expect(() => applyPlain(directory)).toThrow(/terraform apply failed\s+Invalid reference/);
});

test("skips by name, with the reason, where there is no Terraform", () => {
  const nothing = temporaryDirectory("empty-path");
  const { lines, status } = runChildJest({ "a.test.ts": EVERY_KIND }, { PATH: nothing, TERRAFORM_BINARY_NAME: "" });
  expect(lines.slice(-7)).toStrictEqual([
    "terraform provider used by the tests: none: no terraform or tofu on PATH",
    "skipped: Image (skipped: no terraform or tofu on PATH) validates",
    "skipped: Plan (skipped: no terraform or tofu on PATH) changes",
    "skipped: is valid (skipped: no terraform or tofu on PATH)",
    "skipped: mocks (skipped: no terraform or tofu on PATH)",
    "skipped: applies (skipped: no terraform or tofu on PATH)",
    "1 passed, 0 failed, 5 skipped",
  ]);
  expect(status).toBe(0);
});
