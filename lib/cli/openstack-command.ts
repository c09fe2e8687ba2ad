import { type ChildProcess, spawn } from "node:child_process";

/** How many of the last lines of what a failed command says are passed on. */
const LINES = 5;

interface RunOptions {
  /** What it reads. */
  readonly input?: string;
  /** Ends it, and what it started. */
  readonly signal?: AbortSignal;
}

interface Ended {
  /** As in the message of an error. */
  readonly name: string;
  readonly code: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

/** What several commands answered, in their order and without those that failed, and what they said about that. */
export interface Answers {
  readonly answers: readonly unknown[];
  readonly failure: string;
}

/** The official `openstack` command. It takes its credentials from where it always does, and asks for none. */
export class OpenstackCommand {
  private readonly options: readonly string[];

  /** @param cloud of `clouds.yaml`; the environment's where there is none */
  constructor(cloud?: string) {
    this.options = cloud === undefined ? [] : [`--os-cloud=${cloud}`];
  }

  /** What a command answers. */
  async json(...words: string[]): Promise<unknown> {
    const ended = await this.end([...words, "-f", "json"]);
    failUnlessFine(ended);
    try {
      return JSON.parse(ended.stdout);
    } catch {
      throw new Error(`${ended.name} answers what is no JSON`);
    }
  }

  /**
   * What several commands answer, from one process: to start one takes longer than most commands do. Their words
   * have nothing in them that its shell would understand.
   */
  async batch(commands: readonly string[][]): Promise<Answers> {
    const input = commands.map((words) => `${words.join(" ")} -f json --noindent\n`).join("");
    const { stdout, stderr } = await this.end([], { input });
    return { answers: stdout.split("\n").flatMap(jsonLine), failure: lastLines(stderr) };
  }

  /** Runs a command for what it does. */
  async run(words: readonly string[], signal: AbortSignal): Promise<void> {
    const ended = await this.end(words, { signal });
    signal.throwIfAborted();
    failUnlessFine(ended);
  }

  private end(words: readonly string[], { input = "", signal }: RunOptions = {}): Promise<Ended> {
    return new Promise((resolve, reject) => {
      // a group of its own, so that all of it can be ended
      const child = spawn("openstack", [...this.options, ...words], {
        detached: signal !== undefined,
        env: process.env,
      });
      const printed = { stdout: "", stderr: "" };
      for (const stream of ["stdout", "stderr"] as const) {
        child[stream].setEncoding("utf8").on("data", (text) => {
          printed[stream] += text;
        });
      }
      const abort = () => kill(child);
      signal?.addEventListener("abort", abort);
      child.on("error", (error) => reject(unstartable(error)));
      child.on("close", (code, ending) => {
        signal?.removeEventListener("abort", abort);
        resolve({ name: nameOf(words), code: code ?? String(ending), ...printed });
      });
      // one that ends before it has read all says why
      child.stdin.on("error", () => {}).end(input);
      if (signal?.aborted) abort();
    });
  }
}

/** Without its options. */
function nameOf(words: readonly string[]): string {
  const end = words.findIndex((word) => word.startsWith("-"));
  return ["openstack", ...words.slice(0, end === -1 ? undefined : end)].join(" ");
}

function kill({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // it has ended
  }
}

function unstartable({ code, message }: NodeJS.ErrnoException): Error {
  return new Error(
    code === "ENOENT"
      ? "there is no command openstack in the PATH; install it (the package python-openstackclient of PyPI or of your distribution)"
      : `the command openstack cannot be started: ${message}`,
  );
}

function failUnlessFine({ name, code, stderr }: Ended): void {
  if (code !== 0) throw new Error(`${name} ended with ${code}: ${lastLines(stderr) || "it says nothing"}`);
}

function lastLines(text: string): string {
  const lines = text.split(/[\r\n]+/).filter((line) => line.trim() !== "");
  return lines.slice(-LINES).join("; ");
}

function jsonLine(line: string): unknown[] {
  try {
    return [JSON.parse(line)];
  } catch {
    return [];
  }
}
