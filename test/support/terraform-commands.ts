import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TestEvent } from "./mock-test";
import { type Diagnostic, type Finished, run, type Terraform, TerraformError } from "./terraform-process";

/** The parts of a plan that tests look at; the rest is there as well. */
export interface Plan {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly change: {
      readonly actions: readonly string[];
      readonly before: Record<string, unknown> | null;
      readonly after: Record<string, unknown> | null;
      readonly after_unknown: Record<string, unknown>;
      readonly replace_paths?: readonly (readonly (string | number)[])[];
    };
    readonly [key: string]: unknown;
  }[];
  readonly [key: string]: unknown;
}

/** Terraform's commands on a directory, each with what it needs to run and its failure as an error. */
export class TerraformCommands {
  public constructor(
    private readonly terraform: Terraform,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  public init(directory: string): void {
    if (!existsSync(join(directory, ".terraform"))) {
      this.must(directory, "init", "-backend=false", "-no-color");
    }
  }

  public validate(directory: string): readonly Diagnostic[] {
    this.init(directory);
    const finished = this.execute(directory, "validate", "-json");
    const { diagnostics } = parse(finished);
    if (!finished.ok) {
      throw new TerraformError("terraform validate", diagnostics, finished.output);
    }
    return diagnostics;
  }

  public plan(directory: string, args: readonly string[]): Plan {
    this.initWithOwnState(directory);
    this.must(directory, "plan", "-json", "-out=planned.tfplan", ...args);
    return JSON.parse(this.must(directory, "show", "-json", "planned.tfplan"));
  }

  public apply(directory: string, args: readonly string[]): Record<string, unknown> {
    this.initWithOwnState(directory);
    this.must(directory, "apply", "-json", "-auto-approve", ...args);
    const outputs: Record<string, { value: unknown }> = JSON.parse(this.must(directory, "output", "-json"));
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  }

  public test(directory: string): TestEvent[] {
    const finished = this.execute(directory, "test", "-json");
    const events = jsonLines(finished.stdout);
    const ended = events.filter(({ test_run: ended }) => ended?.status !== undefined);
    const diagnostics = events.filter(({ type }) => type === "diagnostic");
    // A configuration that cannot be loaded has no runs; its diagnostics belong to no file.
    if (ended.length === 0) {
      throw new TerraformError("terraform test", diagnostics.map(toDiagnostic), finished.output);
    }
    return ended.map(({ test_run: { path, run: name, status } }) => ({
      file: path,
      name,
      status,
      diagnostics: diagnostics
        .filter((event) => event["@testfile"] === path && event["@testrun"] === name)
        .map(toDiagnostic),
    }));
  }

  /** A stack of a test keeps its state beside it: an override file takes the place of any backend that it declares. */
  private initWithOwnState(directory: string): void {
    const override = join(directory, "backend_override.tf.json");
    if (!existsSync(override)) {
      writeFileSync(override, JSON.stringify({ terraform: { backend: { local: { path: "test.tfstate" } } } }));
      this.must(directory, "init", "-reconfigure", "-no-color");
    }
  }

  private must(directory: string, ...args: string[]): string {
    const finished = this.execute(directory, ...args);
    if (!finished.ok) {
      throw new TerraformError(`terraform ${args[0]}`, parse(finished).diagnostics, finished.output);
    }
    return finished.stdout;
  }

  private execute(directory: string, ...args: string[]): Finished {
    return run(this.terraform.binary, args, { cwd: directory, env: this.env });
  }
}

// biome-ignore lint/suspicious/noExplicitAny: the lines have a dozen shapes, and Terraform adds to them
type JsonLine = Record<string, any>;

function jsonLines(stdout: string): JsonLine[] {
  return stdout
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line));
}

/** `validate` prints one document over many lines, the other commands one document a line. */
function parse({ stdout }: Finished): { diagnostics: Diagnostic[] } {
  if (stdout.startsWith("{\n")) {
    return {
      diagnostics: JSON.parse(stdout).diagnostics.map((diagnostic: Diagnostic) => toDiagnostic({ diagnostic })),
    };
  }
  const events = jsonLines(stdout).filter(({ type }) => type === "diagnostic");
  return { diagnostics: events.map(toDiagnostic) };
}

function toDiagnostic({ diagnostic: { severity, summary, detail, address } }: JsonLine): Diagnostic {
  return { severity, summary, detail, ...(address === undefined ? {} : { address }) };
}
