import { rows, type Block as SchemaBlock } from "../provider/schema";
import type { Block } from "../support/synth";

/** The schema of a resource, or with `data.` in front of a data source. */
export function schemaOf(type: string): SchemaBlock {
  const bare = type.replace(/^data\./, "");
  const found = rows.find((row) => row.type === bare && row.isData === (bare !== type));
  if (!found) throw new Error(`the provider has no ${type}`);
  return found.block;
}

/** The paths of all arguments, without Terraform's own `id`. */
export function argumentsOf(schema: SchemaBlock, prefix = ""): string[] {
  const attributes = Object.entries(schema.attributes ?? {})
    .filter(([name, { optional, required }]) => (optional || required) && prefix + name !== "id")
    .map(([name]) => prefix + name);
  const nested = Object.entries(schema.block_types ?? {}).flatMap(([name, { block }]) =>
    argumentsOf(block, `${prefix}${name}.`),
  );
  return [...attributes, ...nested];
}

/** The value of an argument in a synthesized block; of one in a nested block, that of the one with the index. */
export function valueAt(block: Block, argument: string, index: number): unknown {
  const [name, inner] = argument.split(".");
  return inner === undefined ? block[name] : nested(block[name])[index]?.[inner];
}

/** The arguments that two synthesized blocks differ in. */
export function differences(schema: SchemaBlock, one: Block = {}, other: Block = {}, prefix = ""): string[] {
  const attributes = Object.keys(schema.attributes ?? {})
    .filter((name) => JSON.stringify(one[name]) !== JSON.stringify(other[name]))
    .map((name) => prefix + name);
  const inner = Object.entries(schema.block_types ?? {}).flatMap(([name, { block }]) => {
    const [ones, others] = [nested(one[name]), nested(other[name])];
    const longer = ones.length > others.length ? ones : others;
    return longer.flatMap((_, i) => differences(block, ones[i], others[i], `${prefix}${name}.`));
  });
  return [...new Set([...attributes, ...inner])];
}

/** cdktf renders a block of which there is one at most as an object. */
function nested(value: Block | Block[] | undefined): Block[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
