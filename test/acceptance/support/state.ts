import { existsSync } from "node:fs";
import { join } from "node:path";
import type { App } from "./app";
import { run } from "./cloud";

/** What Terraform knows of the resources of a stack, by address. */
export type State = Record<string, { readonly id: string; readonly [attribute: string]: unknown }>;

interface StateJson {
  readonly values?: { readonly root_module: { readonly resources: { address: string; values: State[string] }[] } };
}

/** The state of a stack as it was deployed last; empty when it never was, or was destroyed. */
export function stateOf(app: App, stack: string): State {
  const folder = join(app.folder, "cdktf.out/stacks", stack);
  if (!existsSync(folder)) return {};
  const state: StateJson = JSON.parse(run("terraform", ["show", "-json"], { cwd: folder }));
  return Object.fromEntries((state.values?.root_module.resources ?? []).map((one) => [one.address, one.values]));
}

/** Destroys what a suite that failed has left. */
export function destroyRest(app: App, stack: string): void {
  if (Object.keys(stateOf(app, stack)).length > 0) app.destroy(stack);
}
