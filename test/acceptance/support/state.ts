import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { App } from "./app";

/** What Terraform knows of the resources of a stack, by address. */
export type State = Record<string, { readonly id: string; readonly [attribute: string]: unknown }>;

interface StateFile {
  readonly resources: {
    readonly mode: "managed" | "data";
    readonly type: string;
    readonly name: string;
    /** One, as no app has a count; none of what could not be made. */
    readonly instances: readonly { readonly attributes: State[string] }[];
  }[];
}

/** The state of a stack as it was deployed last, from the file where every app keeps it; empty when it never was, or was destroyed. */
export function stateOf(app: App, stack: string): State {
  const file = join(app.folder, `terraform.${stack}.tfstate`);
  if (!existsSync(file)) return {};
  const { resources }: StateFile = JSON.parse(readFileSync(file, "utf8"));
  return Object.fromEntries(
    resources.flatMap(({ mode, type, name, instances: [one] }) => {
      const address = mode === "data" ? `data.${type}.${name}` : `${type}.${name}`;
      return one ? [[address, one.attributes]] : [];
    }),
  );
}

/** The ids of all resources of a type that a stack has deployed, by their names in Terraform. */
export function idsIn(app: App, stack: string, type = "openstack_images_image_v2"): Record<string, string> {
  const found = Object.entries(stateOf(app, stack)).filter(([address]) => address.startsWith(`${type}.`));
  return Object.fromEntries(found.map(([address, { id }]) => [address.slice(type.length + 1), id]));
}

/** Destroys what a suite that failed has left. */
export function destroyRest(app: App, stack: string): void {
  if (Object.keys(stateOf(app, stack)).length > 0) app.destroy(stack);
}
