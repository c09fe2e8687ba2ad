import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { LOCKING } from "../../content/image-request";

/**
 * Runs the app in a folder, as cdktf does, so that it writes its stacks into another one. What it prints goes to stderr. Returns the folder
 * that `cdktf synth` would have it write.
 */
export async function runApp(
  folder: string,
  outdir: string,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
  tell: (text: string) => void,
): Promise<string> {
  const { app, context, output = "cdktf.out" } = config(folder);
  tell(`running the app of cdktf.json: ${app}`);
  const child = spawn(app, {
    shell: true,
    cwd: folder,
    env: {
      ...env,
      CDKTF_OUTDIR: outdir,
      // an error of policy does not keep the images from being known
      CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS: "true",
      CDKTF_CONTEXT_JSON: JSON.stringify({ ...parsed(env.CDKTF_CONTEXT_JSON), ...context, [LOCKING]: true }),
    },
    // the shell's own children end with it
    detached: true,
    stdio: ["ignore", 2, 2],
  });
  const stop = () => endGroup(child);
  signal.addEventListener("abort", stop);
  try {
    const code = await new Promise<number | null>((resolve, reject) => child.on("error", reject).on("close", resolve));
    signal.throwIfAborted();
    if (code !== 0) throw new Error(`the app of cdktf.json failed with ${code}: ${app}; it says why above`);
    if (!existsSync(join(outdir, "stacks")))
      throw new Error(
        `the app of cdktf.json wrote no stacks: ${app}; let it call synth(), leave 'outdir' out of its App, which must write where CDKTF_OUTDIR ` +
          "says, or run cdktf synth and give --stacks DIR",
      );
    return resolve(folder, output);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid);
  } catch {
    // it has ended
  }
}

interface Config {
  readonly app: string;
  readonly context?: object;
  readonly output?: string;
}

function config(folder: string): Config {
  const file = join(folder, "cdktf.json");
  let content: Partial<Config>;
  try {
    content = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Error(
      `${file} cannot be read (${(error as Error).message}); run this in the app's folder, or give --stacks DIR`,
    );
  }
  if (typeof content?.app !== "string" || content.app.trim() === "")
    throw new Error(`${file} names no app; give it one, or give --stacks DIR`);
  return { app: content.app, context: content.context, output: content.output };
}

function parsed(context: string | undefined): object {
  if (!context) return {};
  try {
    return JSON.parse(context);
  } catch (error) {
    throw new Error(`CDKTF_CONTEXT_JSON is no JSON: ${(error as Error).message}`);
  }
}
