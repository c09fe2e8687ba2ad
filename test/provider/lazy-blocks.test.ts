import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { App, TerraformOutput, TerraformStack, Testing } from "cdktf";
import { PROVIDER_DIRECTORY, rows } from "./schema";
import { argumentsOf, classOf } from "./synthesis";

const { lazyBlocks } = require("../../provider/scripts/lazy-blocks");

/** Everything that can be read from an element: its attributes, and those of its nested blocks. */
function outputsOf(value: object, prefix: string): [string, unknown][] {
  const names = Object.entries(Object.getOwnPropertyDescriptors(Object.getPrototypeOf(value)))
    .filter(([name, { get }]) => get !== undefined && !name.startsWith("_") && !/(Input|internalValue)$/.test(name))
    .map(([name]) => name);
  return names.flatMap((name) => {
    const read = Reflect.get(value, name);
    const at = `${prefix}_${name}`;
    if (!("terraformAttribute" in Object(read))) {
      return [[at, read]];
    }
    const inner = "wrapsSet" in read && "get" in read ? read.get(0) : read;
    const nested = /OutputReference$/.test(inner.constructor.name) ? outputsOf(inner, at) : [];
    return [[at, read.fqn] as [string, unknown], ...nested];
  });
}

/** What Terraform gets for a stack with an element of every class. */
function synthesize(lib: string, { requiredOnly = false, reads = false }): { json: unknown; hcl: unknown } {
  const stack = new TerraformStack(new App(), "Stack");
  for (const row of rows) {
    const element = new (classOf(row, lib))(stack, row.folder, argumentsOf(row.block, { requiredOnly }).config);
    if (reads) {
      const value = Object.fromEntries(outputsOf(element, "read"));
      new TerraformOutput(stack, `${row.folder}-outputs`, { value, sensitive: true });
    }
  }
  return { json: JSON.parse(Testing.synth(stack)), hcl: reads ? undefined : Testing.synthHcl(stack) };
}

describe("making nested blocks lazy", () => {
  let directory: string;

  beforeAll(() => {
    directory = mkdtempSync(path.join(tmpdir(), "eager-bindings-"));
    const generate = JSON.stringify(path.join(PROVIDER_DIRECTORY, "scripts", "generate.js"));
    const target = JSON.stringify(path.join(directory, "lib"));
    const script = `require(${generate}).generateSources(${target})`;
    execFileSync(process.execPath, ["-e", script], { stdio: "pipe" });
    // What is generated imports the CDK as any package does.
    symlinkSync(
      path.dirname(path.dirname(require.resolve("cdktf/package.json"))),
      path.join(directory, "node_modules"),
    );
  });

  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  test.each([
    ["nothing but what is required", { requiredOnly: true }],
    ["every argument", {}],
    ["every argument, and everything read", { reads: true }],
  ])("changes nothing that is synthesized with %s", (_what, options) => {
    const [lazy, eager] = [PROVIDER_DIRECTORY, directory].map((of) => synthesize(path.join(of, "lib"), options));
    expect(lazy).toStrictEqual(eager);
  });

  test("fails when the generator writes a field in another form", () => {
    const source = '  private _timeouts = new XTimeoutsOutputReference(this, "timeouts");\n';
    expect(lazyBlocks(source, "x.ts").fields).toBe(1);
    expect(() => lazyBlocks(source.replace("private", "protected"), "x.ts")).toThrow(
      'x.ts: the generator writes nested blocks in another form than lazyBlocks knows: protected _timeouts = new XTimeoutsOutputReference(this, "timeouts");',
    );
  });

  test("fails when the generator configures or reads a block in another form", () => {
    expect(() => lazyBlocks("    this._timeouts.internalValue = config['timeouts'];\n", "x.ts")).toThrow(
      "config['timeouts']",
    );
    expect(() => lazyBlocks("    return this._timeouts.internalValue;\n", "x.ts")).toThrow("no field _timeouts");
  });
});
