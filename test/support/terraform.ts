/**
 * Terraform Core for tests: what a test claims about Terraform is shown by its binary.
 *
 * ```ts
 * describeWithTerraform("Image", (kit) => {
 *   test("is accepted by Terraform", () => {
 *     expect(kit.validate(synthToDirectory((stack) => new Image(stack, "Base", props)))).toStrictEqual([]);
 *   });
 * });
 * ```
 *
 * The provider is the real one where it can be installed, else the schema server of this repository
 * (test/terraform/schema-server); `OSI_TEST_PROVIDER=real` or `=schema` allows only that one. With neither, tests are skipped
 * and their names say why.
 */
import { type MockOptions, type MockResult, type MockRun, prepareMockTest } from "./mock-test";
import { type Plan, TerraformCommands } from "./terraform-commands";
import {
  atLeast,
  type Diagnostic,
  findTerraform,
  type Terraform,
  terraformEnvironment,
  whyNoTerraform,
} from "./terraform-process";
import { findProvider, findSchemaServer } from "./terraform-provider";

export type { MockOptions, MockResult, MockRun } from "./mock-test";
export type { Plan } from "./terraform-commands";
export {
  configDirectory,
  type Diagnostic,
  findTerraform,
  TerraformError,
  temporaryDirectory,
} from "./terraform-process";
export { findProvider } from "./terraform-provider";

export interface TerraformKit {
  readonly kind: "real" | "schema server";
  /** Such as `schema server 3.4.0 on Terraform 1.11.4`. */
  readonly description: string;
  /** For a child process that runs Terraform itself, such as cdktf's matchers. */
  readonly env: NodeJS.ProcessEnv;
  readonly terraform: Terraform;

  /** Installs the provider into the directory, without its backend. The other helpers do so by themselves. */
  init(directory: string): void;
  /** Returns warnings; throws a `TerraformError` when the configuration is invalid. */
  validate(directory: string): readonly Diagnostic[];
  /**
   * Returns the plan as `terraform show -json` prints it; the state is a file in the directory, whatever backend the stack
   * has. The real provider needs a cloud for this: a test that is to run everywhere uses `mockTest`.
   */
  plan(directory: string, ...args: string[]): Plan;
  /** Applies, with the state as for `plan`, and returns the outputs. */
  apply(directory: string, ...args: string[]): Record<string, unknown>;
  /** Runs the test files that lie in the directory. */
  test(directory: string): readonly MockResult[];
  /** Runs `terraform test` on a copy of a synthesized stack with every provider mocked. */
  mockTest(directory: string, runs: readonly MockRun[], options?: MockOptions): readonly MockResult[];
}

/** The kit of this test run, or why there is none. */
export function findKit(provider = findProvider()): TerraformKit | { readonly reason: string } {
  const terraform = findTerraform();
  if (provider.kind === "none" || terraform === undefined) {
    return { reason: provider.kind === "none" ? provider.reason : whyNoTerraform() };
  }
  const description = `${provider.kind} ${provider.version} on ${terraform.product} ${terraform.version}`;
  const env = { ...terraformEnvironment(), TF_CLI_CONFIG_FILE: provider.cliConfig };
  return createKit(terraform, provider.kind, description, env);
}

function createKit(
  terraform: Terraform,
  kind: TerraformKit["kind"],
  description: string,
  env: NodeJS.ProcessEnv,
): TerraformKit {
  const commands = new TerraformCommands(terraform, env);
  const test = (directory: string) => {
    commands.init(directory);
    return commands.test(directory);
  };
  return {
    kind,
    description,
    env,
    terraform,
    init: (directory) => commands.init(directory),
    validate: (directory) => commands.validate(directory),
    plan: (directory, ...args) => commands.plan(directory, args),
    apply: (directory, ...args) => commands.apply(directory, args),
    test,
    mockTest: (directory, runs, options = {}) => {
      const prepared = prepareMockTest(directory, runs, options);
      return prepared.results(test(prepared.directory));
    },
  };
}

/** Applies a configuration that needs no provider (values, outputs, `terraform_data`) and returns its outputs. */
export function applyPlain(directory: string): Record<string, unknown> {
  const terraform = findTerraform();
  if (terraform === undefined) {
    throw new Error(whyNoTerraform());
  }
  return new TerraformCommands(terraform, terraformEnvironment()).apply(directory, []);
}

/** Long enough for a slow machine; a test that hangs is stopped by the limit of each command. */
const TIMEOUT_MS = 180_000;

/** A `describe` whose tests need the provider. With none they are skipped, under a name that says why. */
export function describeWithTerraform(name: string, define: (kit: TerraformKit) => void): void {
  describeWith(findKit(), name, define);
}

/**
 * A `describe` for tests that plan and apply against no cloud: with the schema server also where the real provider is
 * used elsewhere. Its values are made up and its replacements an approximation (schema-server/replacement.go).
 */
export function describeWithSchemaServer(name: string, define: (kit: TerraformKit) => void): void {
  describeWith(findKit(findSchemaServer()), name, define);
}

function describeWith(kit: ReturnType<typeof findKit>, name: string, define: (kit: TerraformKit) => void): void {
  if ("reason" in kit) {
    describe.skip(`${name} (skipped: ${kit.reason})`, () => define(unavailable(kit.reason)));
  } else {
    describe(name, () => define(kit));
  }
}

/** A `test` that needs the provider; skipped as above. */
export function testWithTerraform(name: string, body: (kit: TerraformKit) => void | Promise<void>): void {
  const kit = findKit();
  declare(name, "reason" in kit ? kit.reason : undefined, async () => body(kit as TerraformKit));
}

/** A `test` that uses `kit.mockTest`, which older versions of Terraform do not have; skipped as above. */
export function testWithMocks(name: string, body: (kit: TerraformKit) => void | Promise<void>): void {
  const kit = findKit();
  declare(name, "reason" in kit ? kit.reason : whyNoMocks(kit.terraform), async () => body(kit as TerraformKit));
}

/** A `test` that uses `applyPlain`: it needs Terraform and no provider; skipped as above. */
export function testWithPlainTerraform(name: string, body: () => void | Promise<void>): void {
  declare(name, findTerraform() === undefined ? whyNoTerraform() : undefined, async () => body());
}

function declare(name: string, reason: string | undefined, body: () => Promise<void>): void {
  if (reason === undefined) {
    test(name, body, TIMEOUT_MS);
  } else {
    test.skip(`${name} (skipped: ${reason})`, body);
  }
}

function whyNoMocks({ product, version }: Terraform): string | undefined {
  const minor = product === "Terraform" ? 7 : 8;
  return atLeast(version, 1, minor) ? undefined : `mocks need ${product} 1.${minor}, found ${version}`;
}

/** Skipped tests are still declared, so that they can be listed; using the kit outside of them is a mistake. */
function unavailable(reason: string): TerraformKit {
  return new Proxy({} as TerraformKit, {
    get: (_, property) => {
      throw new Error(`kit.${String(property)} was used outside a test: ${reason}`);
    },
  });
}
