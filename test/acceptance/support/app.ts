import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { environment, run } from "./cloud";

const ROOT = join(__dirname, "../../..");

/** What a plan does, by address: `["update"]`, `["delete", "create"]`. */
export type Actions = Record<string, string[]>;

interface PlanJson {
  readonly resource_changes?: { readonly address: string; readonly change: { readonly actions: string[] } }[];
}

/** An app in this repository, deployed with `cdktf`. */
export class App {
  constructor(
    readonly folder: string,
    private readonly env: Record<string, string> = {},
  ) {
    this.folder = join(ROOT, folder);
  }

  /** The same app with other settings. */
  with(env: Record<string, string>): App {
    const app = new App(".", { ...this.env, ...env });
    return Object.assign(app, { folder: this.folder });
  }

  deploy(...stacks: string[]): string {
    return this.cdktf("deploy", stacks);
  }

  destroy(...stacks: string[]): string {
    return this.cdktf("destroy", stacks);
  }

  /** What Terraform would do now; nothing, when the app is deployed as it is. */
  plan(stack: string): { readonly actions: Actions; readonly text: string } {
    run("npx", ["cdktf", "synth"], this.options());
    const folder = join(this.folder, "cdktf.out/stacks", stack);
    run("terraform", ["init", "-input=false", "-no-color"], { cwd: folder, env: environment(this.env) });
    const text = run("terraform", ["plan", "-input=false", "-no-color", "-out=plan.bin"], {
      cwd: folder,
      env: environment(this.env),
    });
    const plan: PlanJson = JSON.parse(
      run("terraform", ["show", "-json", "plan.bin"], { cwd: folder, env: environment(this.env) }),
    );
    rmSync(join(folder, "plan.bin"));
    const changes = (plan.resource_changes ?? []).filter(
      ({ change }) => !["no-op", "read"].includes(change.actions[0] ?? ""),
    );
    return { actions: Object.fromEntries(changes.map(({ address, change }) => [address, change.actions])), text };
  }

  /** The id of a resource in the state of a stack. */
  resourceId(stack: string, address: string): string {
    const state = JSON.parse(
      run("terraform", ["show", "-json"], {
        cwd: join(this.folder, "cdktf.out/stacks", stack),
        env: environment(this.env),
      }),
    );
    const resource = state.values.root_module.resources.find((one: { address: string }) => one.address === address);
    return resource.values.id;
  }

  /** The outputs of a stack. */
  outputs<T>(stack: string): T {
    const folder = join(this.folder, "cdktf.out/stacks", stack);
    const outputs: Record<string, { value: unknown }> = JSON.parse(
      run("terraform", ["output", "-json"], { cwd: folder, env: environment(this.env) }),
    );
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value])) as T;
  }

  private cdktf(verb: string, stacks: string[]): string {
    mkdirSync(this.folder, { recursive: true });
    const words = ["cdktf", verb, "--auto-approve", "--skip-provider-lock", ...(stacks.length > 0 ? stacks : ["*"])];
    return run("npx", words, this.options());
  }

  private options() {
    return { cwd: this.folder, env: environment({ CI: "true", ...this.env }) };
  }
}
