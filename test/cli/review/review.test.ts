import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Given, planOf } from "../../rules/subjects";
import { command } from "../command";

const WEB = "openstack_compute_instance_v2.web";
const REBUILT: Given = { address: WEB, actions: ["update"], before: { image_id: "1" }, after: { image_id: "2" } };
const RENAMED: Given = { address: WEB, actions: ["update"], before: { name: "a" }, after: { name: "b" } };
const HIDDEN: Given = {
  address: "openstack_images_image_v2.img",
  actions: ["update"],
  before: { hidden: false },
  after: { hidden: true },
};

let folder: string;
let cwd: string;
beforeEach(() => {
  cwd = process.cwd();
  folder = mkdtempSync(join(tmpdir(), "review-test-"));
  process.chdir(folder);
  write("rebuilt.json", planOf([REBUILT]));
  write("renamed.json", planOf([RENAMED]));
  write("nothing.json", planOf([]));
  write("hidden.json", planOf([HIDDEN]));
});
afterEach(() => {
  process.chdir(cwd);
  rmSync(folder, { recursive: true });
});

function write(file: string, content: unknown): void {
  writeFileSync(file, JSON.stringify(content));
}

const run = (...words: string[]) => command("review", ...words);
const codeOf = async (...words: string[]) => (await run(...words)).code;

test("says first what is erased, and ends with 3 for what blocks", async () => {
  const { code, lines, errors } = await run("rebuilt.json");
  expect({ code, first: lines[0], errors }).toStrictEqual({
    code: 3,
    first: "Terraform says 0 to destroy; 1 root disk will be erased.",
    errors: [],
  });
  expect(lines.join("\n")).toContain("OSI-SRV-001 ServerRebuilt");
});

test.each([
  [["renamed.json"], 0],
  [["renamed.json", "--detailed-exitcode"], 2],
  [["nothing.json", "--detailed-exitcode"], 0],
  [["rebuilt.json", "--detailed-exitcode"], 3],
  [["hidden.json"], 0],
  [["hidden.json", "--fail-on", "warn"], 0],
  [["hidden.json", "--fail-on", "info"], 3],
  [["rebuilt.json", "renamed.json"], 3],
])("review %j ends with %d", async (words, code) => {
  expect(await codeOf(...words)).toBe(code);
});

test("writes other formats into files besides", async () => {
  const { code, lines } = await run(
    "rebuilt.json",
    "--format",
    "json",
    "--out",
    "markdown=a.md",
    "--out",
    "sarif=b.sarif",
  );
  expect(code).toBe(3);
  expect(JSON.parse(lines.join("\n"))).toMatchObject({ schemaVersion: 1, erased: { rootDisks: 1, volumes: 0 } });
  expect(readFileSync("a.md", "utf8")).toMatch(/^<!-- openstack-images-review -->\n/);
  expect(JSON.parse(readFileSync("b.sarif", "utf8"))).toMatchObject({ version: "2.1.0" });
});

test("the plan that was reviewed is the one that is applied", async () => {
  const { code, lines } = await run("rebuilt.json", "--fingerprint");
  expect({ code, lines }).toStrictEqual({ code: 0, lines: [expect.stringMatching(/^[0-9a-f]{64}$/)] });
  const [fingerprint = ""] = lines;
  expect(await codeOf("rebuilt.json", "--expect", fingerprint)).toBe(3);
  const other = await run("renamed.json", "--expect", fingerprint);
  expect(other).toMatchObject({
    code: 1,
    errors: [expect.stringContaining(`the plans do not mean what was reviewed: expected ${fingerprint}, got `)],
  });
});

test("goes by a policy, and by what was acknowledged", async () => {
  write("policy.json", { levels: { "OSI-SRV-001": "info" } });
  expect(await codeOf("rebuilt.json", "--policy", "policy.json")).toBe(0);
  const [finding] = JSON.parse((await run("rebuilt.json", "--format", "json")).lines.join("\n")).findings;
  const { rule, address, fingerprint } = finding;
  write("ack.json", [{ rule, address, fingerprint, reason: "the disk is empty", expires: "2026-12-31" }]);
  expect(await codeOf("rebuilt.json", "--ack", "ack.json", "--now", "2026-12-31")).toBe(0);
  expect(await codeOf("rebuilt.json", "--ack", "ack.json", "--now", "2027-01-01")).toBe(3);
});

test.each([
  [[], "review needs a plan: openstack-images review PLAN.json|-... [OPTION...]"],
  [["none.json"], "none.json cannot be read: ENOENT"],
  [["-", "-"], "one plan can come by stdin, got - twice"],
  [
    ["nothing.json", "--format", "html"],
    '--format takes text|markdown|json|sarif|gitlab-codequality|github-annotations, got "html"',
  ],
  [["nothing.json", "--out", "a.md"], '--out takes FORMAT=FILE, got "a.md"'],
  [["nothing.json", "--fail-on", "error"], '--fail-on takes block, warn, info, got "error"'],
  [["nothing.json", "--max-chars", "10"], '--max-chars takes a whole number from 2000, got "10"'],
  [["nothing.json", "--now", "soon"], '--now takes a day like 2026-11-22, got "soon"'],
])("fails for %j", async (words, said) => {
  const { code, errors } = await run(...words);
  expect({ code, error: errors.join() }).toStrictEqual({ code: 1, error: expect.stringContaining(said) });
});

test("fails when a plan is nested deeper than any that Terraform writes", async () => {
  const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
  writeFileSync(
    "deep.json",
    `{"format_version": "1.2", "resource_changes": [], "output_changes": {"a": {"actions": ["create"], "after": ${deep}}}}`,
  );
  const refused = {
    code: 1,
    errors: [expect.stringContaining("a plan is nested deeper than any that Terraform writes")],
  };
  expect(await run("deep.json")).toMatchObject(refused);
  expect(await command("sanitize", "deep.json")).toMatchObject(refused);
});

test("sanitize prints a plan that can be shown", async () => {
  write("secret.json", { ...planOf([RENAMED]), variables: { a: { value: "SECRET" } } });
  const { code, lines } = await command("sanitize", "secret.json");
  expect({ code, hasSecret: lines.join().includes("SECRET") }).toStrictEqual({ code: 0, hasSecret: false });
  writeFileSync("shown.json", lines.join("\n"));
  expect(await codeOf("shown.json")).toBe(0);
  expect(await command("sanitize")).toMatchObject({ code: 1 });
});
