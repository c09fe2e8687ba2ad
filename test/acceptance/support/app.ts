import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Lock, readLock } from "../../../lib/content/lock-file";
import { environment, run } from "./cloud";

const ROOT = join(__dirname, "../../..");
const WORK = join(ROOT, ".cache/acceptance");
const EXAMPLES = join(WORK, "examples/");
const CDKTF = join(ROOT, "node_modules/.bin/cdktf");
/** The command, as it is built. */
export const COMMAND = join(ROOT, "dist/cli/main.js");
const PLAN = "plan.bin";

/** What a plan does, by address: `["update"]`, `["delete", "create"]`. */
type Actions = Record<string, string[]>;

interface PlanJson {
  readonly resource_changes?: { readonly address: string; readonly change: { readonly actions: string[] } }[];
}

/** What a plan does to OpenStack, without the triggers that Terraform keeps for itself. */
export function inTheCloud(actions: Actions): Actions {
  return Object.fromEntries(Object.entries(actions).filter(([address]) => address.startsWith("openstack_")));
}

/** What was planned last in a folder, and waits to be applied. */
interface Planned {
  readonly stack: string;
  readonly env: string;
}

/** A `cdktf deploy` in the background, with the Terraform that it runs. */
export class Deployment {
  private readonly ended: Promise<unknown>;

  constructor(private readonly child: ChildProcess) {
    this.ended = once(child, "close");
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** Kills it and what it started, and waits until it is gone: cdktf gives Terraform a terminal, and thus a session, of its own. */
  async kill(): Promise<void> {
    if (this.child.pid === undefined || this.hasEnded) return;
    for (const pid of withDescendants(this.child.pid)) process.kill(pid, "SIGKILL");
    await this.ended;
  }

  /** Waits until it ends, and kills it after that time. */
  async endsWithin(seconds: number): Promise<void> {
    const timer = setTimeout(() => void this.kill(), seconds * 1000);
    await this.ended;
    clearTimeout(timer);
  }
}

/** A process, what it started, and what that started. */
function withDescendants(pid: number): number[] {
  const parents = run("ps", ["-e", "-o", "pid=,ppid="])
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
  const children = parents.filter(([, parent]) => parent === pid).map(([child]) => child);
  return [pid, ...children.flatMap(withDescendants)];
}

/** An app in this repository, deployed from a copy. */
export class App {
  private static readonly planned = new Map<string, Planned>();

  constructor(
    readonly folder: string,
    private readonly env: Record<string, string> = {},
  ) {
    this.folder = join(WORK, folder);
  }

  /** The same app with other settings. */
  with(env: Record<string, string>): App {
    const app = new App(".", { ...this.env, ...env });
    return Object.assign(app, { folder: this.folder });
  }

  /** Applies what was just planned with the same settings; else all of it, by `cdktf deploy`. */
  deploy(...stacks: string[]): string {
    const planned = App.planned.get(this.folder);
    if (planned?.env !== JSON.stringify(this.env)) return this.cdktf("deploy", stacks);
    const [stack, ...others] = stacks.length > 0 ? stacks : this.stacks();
    if (stack !== planned.stack || others.length > 0) return this.cdktf("deploy", stacks);
    App.planned.delete(this.folder);
    return this.terraform(stack, "apply", PLAN);
  }

  /** A deployment that goes on while the test does. */
  startDeploy(): Deployment {
    App.planned.delete(this.folder);
    const words = ["deploy", "--auto-approve", "--skip-provider-lock"];
    return new Deployment(spawn(CDKTF, words, { ...this.options(), detached: true, stdio: "ignore" }));
  }

  /** By `cdktf destroy`; a stack alone, of the suites' own apps, by Terraform, which is faster. */
  destroy(...stacks: string[]): string {
    if (this.folder.startsWith(EXAMPLES)) return this.cdktf("destroy", stacks);
    this.synth();
    const [stack = "", ...others] = stacks.length > 0 ? stacks : this.stacks();
    if (others.length > 0) return this.cdktf("destroy", stacks);
    App.planned.delete(this.folder);
    this.terraform(stack, "init");
    return this.terraform(stack, "destroy", "-auto-approve");
  }

  /** What Terraform would do now; nothing, when the app is deployed as it is. */
  plan(stack: string): { readonly actions: Actions; readonly text: string } {
    App.planned.delete(this.folder);
    this.synth();
    this.terraform(stack, "init");
    const text = this.terraform(stack, "plan", `-out=${PLAN}`);
    const plan: PlanJson = JSON.parse(this.terraform(stack, "show", "-json", PLAN));
    const changes = (plan.resource_changes ?? []).filter(
      ({ change }) => !["no-op", "read"].includes(change.actions[0] ?? ""),
    );
    App.planned.set(this.folder, { stack, env: JSON.stringify(this.env) });
    return { actions: Object.fromEntries(changes.map(({ address, change }) => [address, change.actions])), text };
  }

  /** The outputs of a stack. */
  outputs<T>(stack: string): T {
    const outputs: Record<string, { value: unknown }> = JSON.parse(this.terraform(stack, "output", "-json"));
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value])) as T;
  }

  /** Runs `openstack-images lock`. */
  lock(...words: string[]): { readonly code: number | null; readonly text: string } {
    const options = { ...this.options(), encoding: "utf8" } as const;
    const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, "lock", ...words], options);
    return { code: status, text: stdout + stderr };
  }

  /** What it has written. */
  get locked(): Lock {
    return readLock(join(this.folder, "images.lock.json"));
  }

  /** Runs Terraform on a stack as it was synthesized last, by a plan or a deployment: quicker than `cdktf`, which drops the end of long errors. */
  terraform(stack: string, command: string, ...words: string[]): string {
    return run("terraform", [command, "-no-color", ...words], {
      cwd: join(this.folder, "cdktf.out/stacks", stack),
      env: { ...this.options().env, TF_INPUT: "0" },
    });
  }

  /** Runs the app as `cdktf synth` does, in a quarter of the time. */
  private synth(): void {
    const { app } = JSON.parse(readFileSync(join(this.folder, "cdktf.json"), "utf8"));
    run("sh", ["-c", app], this.options());
  }

  private stacks(): string[] {
    return readdirSync(join(this.folder, "cdktf.out/stacks"));
  }

  private cdktf(verb: string, stacks: string[]): string {
    App.planned.delete(this.folder);
    const words = [verb, "--auto-approve", "--skip-provider-lock", ...(stacks.length > 0 ? stacks : ["*"])];
    return run(CDKTF, words, this.options());
  }

  private options() {
    if (!existsSync(this.folder)) throw new Error(`no app in ${this.folder}: support/start-clean.js copies it there`);
    return { cwd: this.folder, env: environment({ CI: "true", ...this.env }) };
  }
}
