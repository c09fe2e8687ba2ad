import { cpSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { MockedStack } from "./mock-data";
import { type Diagnostic, temporaryDirectory } from "./terraform-process";

/*
 * What `terraform test` can do with mocks (each tried with Terraform 1.11):
 * - A mocked provider is never configured and never called, but its schema is read: the plugin must be installed. Unknown
 *   attributes and wrong types fail as usual; what only the provider validates (enumerations, conflicts) does not.
 * - Computed attributes are unknown in a plan and made up at apply: strings of 8 random characters (a `status` is never
 *   "active" by itself), 0, false, and empty collections. `resources`, `data` and `mockResources` give other values.
 *   An argument that the configuration leaves out and that is not computed stays null; the provider's defaults are unknown.
 * - Data sources have their values in a plan already. Those of a resource come at apply; `during: "plan"` (Terraform 1.11)
 *   brings them into the plan, so that conditions on computed attributes can be judged there.
 * - Only computed attributes take a value, and one that the configuration sets keeps the configured value. Terraform
 *   ignores other values without a word; here they are errors.
 * - Values are made when a resource is created. An override in a later run on the same state changes nothing, which is why
 *   every run starts from an empty state unless it `continues` the one before.
 * - A mock never asks for replacement: what the provider would replace is updated in place. `replace_triggered_by`,
 *   preconditions, postconditions and checks are Terraform Core's and work.
 * - A condition that fails (also a `check`, which otherwise only warns) makes the run an "error", an assertion a "fail".
 * - A `check` that is known after apply is an error in a run with command = plan, and a warning in the plan of an apply.
 * - `expectFailures` of an apply does not cover what fails in its plan already: such a run needs command = plan.
 */

export interface MockRun {
  readonly name: string;
  /** @default "apply" */
  readonly command?: "plan" | "apply";
  readonly variables?: Record<string, unknown>;
  /** Values of computed attributes, by the address of a resource. */
  readonly resources?: Record<string, Record<string, unknown>>;
  /** Values of any attributes that the configuration leaves out, by the address of a data source (`data.TYPE.NAME`). */
  readonly data?: Record<string, Record<string, unknown>>;
  /** Whether `resources` show in a plan already; needs Terraform 1.11. @default "apply" */
  readonly during?: "plan" | "apply";
  /**
   * Conditions as Terraform expressions, without `${}`, with the message of their failure. In a run that continues, outputs
   * of the runs before it are `run.run_0.NAME`, `run.run_1.NAME`, counted from the one that began with an empty state.
   */
  readonly assertions?: Record<string, string>;
  /** Addresses of what must fail (`TYPE.NAME`, `check.NAME`, `var.NAME`), for the run to pass. */
  readonly expectFailures?: readonly string[];
  /** Whether the run starts from the state that the run before it left. @default false */
  readonly continues?: boolean;
}

export interface MockOptions {
  /** Values of computed attributes, by resource type, for all runs. */
  readonly mockResources?: Record<string, Record<string, unknown>>;
}

export interface MockResult {
  readonly name: string;
  readonly status: "pass" | "fail" | "error" | "skip" | "pending";
  readonly diagnostics: readonly Diagnostic[];
}

/** How a run block ended, under its own name and with the test file that it stands in. */
export interface TestEvent extends MockResult {
  readonly file: string;
}

/**
 * Copies a synthesized stack and adds a test file for every series of runs. Returns the copy, and how to put the results in
 * the order and under the names of `runs` (a run block's own name must be an identifier).
 */
export function prepareMockTest(directory: string, runs: readonly MockRun[], options: MockOptions) {
  const copy = temporaryDirectory("mock-test");
  cpSync(directory, copy, { recursive: true, filter: (path) => !/^\.terraform|\.tfstate/.test(basename(path)) });
  const stack = new MockedStack(copy);
  const series: MockRun[][] = [];
  for (const run of runs.map((each) => stack.withArguments(each))) {
    for (const [address, values] of Object.entries(run.resources ?? {})) {
      stack.checkComputed(address, values);
    }
    if (run.continues && series.length > 0) {
      series[series.length - 1].push(run);
    } else {
      series.push([run]);
    }
  }
  stack.write();
  const mockProvider = mockProviders(stack, options);
  const places = series.flatMap((members, index) =>
    members.map(({ name }, position) => ({ name, file: `series-${index}.tftest.json`, run: `run_${position}` })),
  );
  series.forEach((members, index) => {
    const content = {
      mock_provider: mockProvider,
      run: members.map((run, at) => ({ [`run_${at}`]: runBlock(run, options) })),
    };
    writeFileSync(join(copy, `series-${index}.tftest.json`), JSON.stringify(content, undefined, 2));
  });
  return {
    directory: copy,
    results: (events: readonly TestEvent[]): MockResult[] =>
      places.map(({ name, file, run }) => {
        const event = events.find((candidate) => candidate.file === file && candidate.name === run);
        return { name, status: event?.status ?? "pending", diagnostics: event?.diagnostics ?? [] };
      }),
  };
}

function runBlock(run: MockRun, { mockResources = {} }: MockOptions): object {
  const during = run.during === "plan" ? { override_during: "plan" } : {};
  return {
    command: run.command ?? "apply",
    variables: literal(run.variables),
    // To Terraform an override takes the place of all values of its type.
    override_resource: Object.entries(run.resources ?? {}).map(([target, values]) => ({
      target,
      values: { ...mockResources[target.split(".")[0]], ...values },
      ...during,
    })),
    override_data: Object.entries(run.data ?? {}).map(([target, values]) => ({ target, values })),
    assert: Object.entries(run.assertions ?? {}).map(([condition, message]) => ({
      condition: `\${${condition}}`,
      error_message: message,
    })),
    expect_failures: run.expectFailures,
  };
}

/** Terraform reads a variable's strings as templates; the values of mocks it takes as they stand. */
function literal(value: unknown): unknown {
  if (typeof value === "string") {
    return value.replace(/[$%](?=\{)/g, "$&$&");
  }
  if (Array.isArray(value)) {
    return value.map(literal);
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, literal(inner)]));
  }
  return value;
}

function mockProviders(stack: MockedStack, { mockResources = {} }: MockOptions): Record<string, object[]> {
  const defaults = Object.entries(mockResources).map(([type, values]) => {
    stack.checkType(type, values);
    return [type, { defaults: values }];
  });
  const mock_resource = defaults.length > 0 ? Object.fromEntries(defaults) : undefined;
  return Object.fromEntries(
    [...stack.providers()].map(([name, aliases]) => [name, [...aliases].map((alias) => ({ alias, mock_resource }))]),
  );
}
