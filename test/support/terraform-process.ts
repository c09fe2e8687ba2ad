import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A Terraform or OpenTofu that answered to `version`. */
export interface Terraform {
  readonly binary: string;
  readonly product: "Terraform" | "OpenTofu";
  readonly version: string;
  /** As Terraform names it, such as `linux_amd64`. */
  readonly platform: string;
}

export interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail: string;
  readonly address?: string;
}

/** A command that failed: the message is what a person would have read in the terminal. */
export class TerraformError extends Error {
  public constructor(
    command: string,
    public readonly diagnostics: readonly Diagnostic[],
    output: string,
  ) {
    const found = diagnostics.filter(({ severity }) => severity === "error").map(describeDiagnostic);
    super([`${command} failed`, ...(found.length > 0 ? found : [output.trim()])].join("\n\n"));
    this.name = "TerraformError";
  }
}

function describeDiagnostic({ summary, detail, address }: Diagnostic): string {
  return [address === undefined ? summary : `${summary} (${address})`, detail].filter(Boolean).join("\n");
}

export interface Finished {
  readonly ok: boolean;
  readonly stdout: string;
  /** Both streams, for messages. */
  readonly output: string;
}

export interface RunOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** @default - two minutes */
  readonly timeoutMs?: number;
}

export function run(binary: string, args: readonly string[], options: RunOptions): Finished {
  const timeout = options.timeoutMs ?? 120_000;
  const result = spawnSync(binary, args, {
    cwd: options.cwd,
    env: options.env,
    timeout,
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
  });
  const [stdout, stderr] = [result.stdout ?? "", result.stderr ?? ""];
  const timedOut = (result.error as NodeJS.ErrnoException | undefined)?.code === "ETIMEDOUT";
  const failure = timedOut ? `stopped after ${timeout / 1000} s` : (result.error?.message ?? "");
  return { ok: result.status === 0, stdout, output: [stdout, stderr, failure].filter(Boolean).join("\n") };
}

/**
 * The environment of every Terraform process: what a developer has set for their own work (arguments, workspace, logs, a
 * CLI configuration that is gone) must not decide whether a test passes.
 */
export function terraformEnvironment(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env, CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1", TF_INPUT: "0" };
  for (const name of Object.keys(env)) {
    if (/^TF_(CLI_ARGS.*|DATA_DIR|WORKSPACE|LOG.*)$/.test(name)) {
      delete env[name];
    }
  }
  if (env.TF_CLI_CONFIG_FILE !== undefined && !existsSync(env.TF_CLI_CONFIG_FILE)) {
    delete env.TF_CLI_CONFIG_FILE;
  }
  return env;
}

let found: { readonly terraform: Terraform | undefined } | undefined;

/** The binary of `TERRAFORM_BINARY_NAME`, else `terraform`, else `tofu` on the PATH. */
export function findTerraform(): Terraform | undefined {
  if (found === undefined) {
    const named = process.env.TERRAFORM_BINARY_NAME;
    const candidates = named ? [named] : ["terraform", "tofu"];
    found = { terraform: candidates.map(identify).find((terraform) => terraform !== undefined) };
  }
  return found.terraform;
}

function identify(binary: string): Terraform | undefined {
  const { ok, stdout } = run(binary, ["version"], { cwd: tmpdir(), env: terraformEnvironment(), timeoutMs: 20_000 });
  const match = /^(Terraform|OpenTofu) v(\S+)\s+on (\S+)/m.exec(stdout);
  return ok && match
    ? { binary, product: match[1] as Terraform["product"], version: match[2], platform: match[3] }
    : undefined;
}

export function whyNoTerraform(): string {
  const named = process.env.TERRAFORM_BINARY_NAME;
  return named ? `no terraform or tofu at TERRAFORM_BINARY_NAME=${named}` : "no terraform or tofu on PATH";
}

/** Whether a version such as `1.11.4` or `1.8.0-rc1` is at least `major.minor`. */
export function atLeast(version: string, major: number, minor: number): boolean {
  const [actualMajor, actualMinor] = version.split(".").map(Number);
  return actualMajor > major || (actualMajor === major && actualMinor >= minor);
}

/**
 * The directory that everything of one test run goes into. The summary reporter makes it before the workers start and
 * removes it when jest ends; without that reporter each process has its own.
 */
export function runDirectory(): string {
  if (process.env.OSI_TEST_RUN_DIR === undefined) {
    const directory = mkdtempSync(join(tmpdir(), "openstack-images-test-"));
    process.env.OSI_TEST_RUN_DIR = directory;
    process.on("exit", () => rmSync(directory, { recursive: true, force: true }));
  }
  return process.env.OSI_TEST_RUN_DIR;
}

export function temporaryDirectory(name: string): string {
  mkdirSync(runDirectory(), { recursive: true });
  return mkdtempSync(join(runDirectory(), `${name}-`));
}

/** A new directory that holds `config` as its only file, `main.tf.json`. */
export function configDirectory(config: object): string {
  const directory = temporaryDirectory("config");
  writeFileSync(join(directory, "main.tf.json"), JSON.stringify(config, undefined, 2));
  return directory;
}
