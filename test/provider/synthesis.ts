import * as path from "node:path";
import { App, TerraformStack, Testing } from "cdktf";
import { type Attribute, type AttributeType, type Block, camelCase, PROVIDER_DIRECTORY, type Row } from "./schema";

type Values = Record<string, unknown>;

// The classes are known by name only, so nothing more can be said about their types.
// biome-ignore lint/suspicious/noExplicitAny: a class that is looked up at run time
export type ElementClass = new (scope: TerraformStack, id: string, config: Values) => any;

export function classOf(row: Row, lib = path.join(PROVIDER_DIRECTORY, "lib")): ElementClass {
  return require(path.join(lib, row.folder))[row.className];
}

function exampleOf(type: AttributeType, name: string): unknown {
  if (typeof type === "string") {
    return { bool: true, number: 7, string: `a ${name}` }[type];
  }
  const [kind, inner] = type;
  const value = exampleOf(inner as AttributeType, name);
  return kind === "map" ? { key: value } : [value];
}

/**
 * A value for each argument of a block: `config` by the names in TypeScript and `block` by the names in Terraform,
 * which is what has to come out.
 */
export function argumentsOf(block: Block, { requiredOnly = false } = {}): { config: Values; block: Values } {
  const attributes = Object.entries(block.attributes ?? {})
    .filter(([, { required, optional }]: [string, Attribute]) => required || (optional && !requiredOnly))
    .map(([name, { type }]) => ({ name, config: exampleOf(type, name), block: exampleOf(type, name) }));
  const blocks = Object.entries(block.block_types ?? {})
    .filter(([, { min_items = 0 }]) => min_items > 0 || !requiredOnly)
    .map(([name, { block: inner, nesting_mode, max_items }]) => {
      const nested = argumentsOf(inner, { requiredOnly });
      const single = nesting_mode === "single" || max_items === 1;
      return { name, config: single ? nested.config : [nested.config], block: single ? nested.block : [nested.block] };
    });
  const all = [...attributes, ...blocks];
  return {
    config: Object.fromEntries(all.map(({ name, config }) => [camelCase(name), config])),
    block: Object.fromEntries(all.map(({ name, block: value }) => [name, value])),
  };
}

/** The block that Terraform gets for one element. */
export function blockOf(elementClass: ElementClass, { type, isData }: Row, config: Values): unknown {
  const stack = new TerraformStack(new App(), "Stack");
  new elementClass(stack, "Element", config);
  const { "//": _metadata, ...block } = JSON.parse(Testing.synth(stack))[isData ? "data" : "resource"][type].Element;
  return block;
}
