import { spawnSync } from "node:child_process";
import { closeSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { temporaryDirectory } from "./terraform-process";

export interface ChildJest {
  readonly status: number | null;
  /** The lines of both streams, in the order in which they were written. */
  readonly lines: readonly string[];
}

/** Runs jest, with this repository's summary reporter, on a project of its own that holds `files`. */
export function runChildJest(files: Record<string, string>, env: NodeJS.ProcessEnv = {}, ...args: string[]): ChildJest {
  const project = temporaryDirectory("jest");
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(project, name), content);
  }
  const config = {
    rootDir: project,
    transform: { "\\.ts$": [require.resolve("@swc/jest"), { jsc: { parser: { syntax: "typescript" } } }] },
    coverageReporters: ["text-summary"],
    reporters: ["default", join(__dirname, "summary-reporter.js")],
  };
  const output = openSync(join(project, "output.txt"), "w");
  const { status } = spawnSync(
    process.execPath,
    [
      join(dirname(require.resolve("jest/package.json")), "bin", "jest.js"),
      "--config",
      JSON.stringify(config),
      ...args,
    ],
    // The child is a test run of its own: it must neither find nor remove the directory of this one.
    { cwd: project, env: { ...process.env, OSI_TEST_RUN_DIR: undefined, ...env }, stdio: ["ignore", output, output] },
  );
  closeSync(output);
  return { status, lines: readFileSync(join(project, "output.txt"), "utf8").trimEnd().split("\n") };
}
