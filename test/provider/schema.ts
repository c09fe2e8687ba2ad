import { readFileSync } from "node:fs";
import * as path from "node:path";

export const PROVIDER_DIRECTORY = path.resolve(__dirname, "../../provider");

export type AttributeType = string | [string, AttributeType | Record<string, AttributeType>];

export interface Attribute {
  readonly type: AttributeType;
  readonly optional?: boolean;
  readonly required?: boolean;
}

export interface NestedBlock {
  readonly block: Block;
  readonly nesting_mode: string;
  readonly max_items?: number;
  readonly min_items?: number;
}

export interface Block {
  readonly attributes?: Record<string, Attribute>;
  readonly block_types?: Record<string, NestedBlock>;
}

export interface Row {
  /** The type in Terraform, such as `openstack_images_image_v2`. */
  readonly type: string;
  readonly isData: boolean;
  readonly folder: string;
  readonly namespace: string;
  readonly className: string;
  readonly block: Block;
}

const manifest = JSON.parse(readFileSync(path.join(PROVIDER_DIRECTORY, "package.json"), "utf8"));
export const pinned: { name: string; version: string } = manifest.cdktf.provider;
export const schemaFile = path.join(PROVIDER_DIRECTORY, `schema-${pinned.version}.json`);
const schema = JSON.parse(readFileSync(schemaFile, "utf8")).provider_schemas[pinned.name];

/** `images_image_v2` -> `ImagesImageV2`, `lb_l7policy_v2` -> `LbL7PolicyV2`: a digit ends a word, too. */
function pascalCase(name: string): string {
  return name.replace(/(?:^|_|(?<=\d))([a-z])/g, (_match, letter: string) => letter.toUpperCase()).replaceAll("_", "");
}

export function camelCase(name: string): string {
  const pascal = pascalCase(name);
  return pascal.charAt(0).toLowerCase() + pascal.slice(1);
}

function rowsOf(schemas: Record<string, { block: Block }>, isData: boolean): Row[] {
  return Object.entries(schemas).map(([type, { block }]) => {
    const name = isData ? `data_${type}` : type.replace(/^openstack_/, "");
    return {
      type,
      isData,
      folder: name.replaceAll("_", "-"),
      namespace: camelCase(name),
      className: pascalCase(name),
      block,
    };
  });
}

export const rows: Row[] = [...rowsOf(schema.resource_schemas, false), ...rowsOf(schema.data_source_schemas, true)];
export const providerBlock: Block = schema.provider.block;
