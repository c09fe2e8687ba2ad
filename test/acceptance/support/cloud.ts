import { spawnSync } from "node:child_process";
import { join } from "node:path";

const CONTENTS = join(__dirname, "../../cloud/contents.py");

/** The environment of every command: that of the run, which run.js has cleared of what is none of the suites'. */
export function environment(extra: Record<string, string> = {}): NodeJS.ProcessEnv {
  return { ...process.env, ...extra };
}

/** What is in any project besides what the cloud was seeded with; a line for each. */
export function leftovers(): string[] {
  const home = process.env.CLOUD ?? "";
  const words = [CONTENTS, "list", `${home}/data/seeded.json`, process.env.CLOUD_PROFILE ?? "full"];
  const found: { kind: string; id: string; name: string }[] = JSON.parse(run(`${home}/venv/bin/python`, words));
  return found.map(({ kind, id, name }) => `${kind} ${name} (${id})`);
}

/** Makes Glance forget the images that were deleted, so that their ids can be given again. */
export function forgetDeletedImages(): void {
  const config = `${process.env.CLOUD}/etc/glance-api.conf`;
  for (const what of ["purge", "purge_images_table"]) {
    run("glance-manage", ["--config-file", config, "db", what, "--age_in_days", "0", "--max_rows", "10000"]);
  }
}

interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs a command and gives what it printed; an error shows all of it. */
export function run(command: string, words: string[], { cwd, env = environment() }: RunOptions = {}): string {
  const { status, stdout, stderr, error } = spawnSync(command, words, {
    cwd,
    encoding: "utf8",
    env,
    maxBuffer: 64 * 1024 * 1024,
    stdio: ["ignore", "pipe", "pipe"],
  });
  // qemu-io ends so on a pattern that differs
  const maySayNo = stdout?.includes("Pattern verification failed");
  if (status !== 0 && !maySayNo) {
    throw new Error(`${command} ${words.join(" ")}\n${stdout ?? ""}\n${error?.message ?? stderr}`);
  }
  return stdout;
}
