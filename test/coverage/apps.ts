import { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
import { LocalBackend, TerraformDataSource, TerraformResource, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { type Block, blocks, type Synthesis, synthApp } from "../support/synth";
import { CLOUD } from "./samples";
import type { App } from "./table";

/** Apps synthesized as parts of one stack, each with the name of its one resource or data source of a type. */
export interface Parts {
  readonly synthesis: Synthesis;
  readonly names: readonly string[];
}

export function synthParts(parts: readonly { readonly app: App; readonly type: string }[]): Parts {
  let names: string[] = [];
  const { test } = synthApp((app) => {
    const stack = new TerraformStack(app, "test");
    new LocalBackend(stack, { path: "terraform.tfstate" });
    new OpenstackProvider(stack, "Openstack", CLOUD);
    names = parts.map(({ app, type }, i) => {
      const scope = new Construct(stack, `Part${i}`);
      app(scope);
      return nameOf(scope, type);
    });
  });
  return { synthesis: test, names };
}

function nameOf(scope: Construct, type: string): string {
  const found = scope.node.findAll().filter((element) => typeOf(element) === type);
  if (found.length !== 1) throw new Error(`expected one ${type} in ${scope.node.path}, found ${found.length}`);
  return (found[0] as TerraformResource).friendlyUniqueId;
}

function typeOf(element: unknown): string | undefined {
  if (TerraformResource.isTerraformResource(element)) return element.terraformResourceType;
  return TerraformDataSource.isTerraformDataSource(element) ? `data.${element.terraformResourceType}` : undefined;
}

/** The block that an app declares of a type. */
export function blockOf(app: App, type: string): Block {
  const { synthesis, names } = synthParts([{ app, type }]);
  return blocks(synthesis, type)[names[0]];
}
