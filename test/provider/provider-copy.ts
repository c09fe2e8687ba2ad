import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { PROVIDER_DIRECTORY, pinned, schemaFile } from "./schema";

type Schemas = Record<string, { block: { attributes: Record<string, unknown> } }>;

export interface ProviderSchema {
  provider_schemas: Record<string, { resource_schemas: Schemas; data_source_schemas: Schemas }>;
}

/** The provider's folder in a place of its own, with a schema of a few resources, so that it is built in no time. */
export class ProviderCopy {
  public readonly directory = mkdtempSync(path.join(tmpdir(), "provider-copy-"));

  public constructor() {
    for (const name of ["README.md", "package.json", "scripts"]) {
      cpSync(path.join(PROVIDER_DIRECTORY, name), this.file(name), { recursive: true });
    }
    symlinkSync(path.dirname(path.dirname(require.resolve("cdktf/package.json"))), this.file("node_modules"));
    this.writeSchema(smallSchema());
  }

  public file(...names: string[]): string {
    return path.join(this.directory, ...names);
  }

  public read(...names: string[]): string {
    return readFileSync(this.file(...names), "utf8");
  }

  public list(): string[] {
    return readdirSync(this.directory).sort();
  }

  public writeSchema(schema: ProviderSchema, name = path.basename(schemaFile)): string {
    writeFileSync(this.file(name), `${JSON.stringify(schema, null, 1)}\n`);
    return this.file(name);
  }

  public run(script: string, ...args: string[]): SpawnSyncReturns<string> {
    return spawnSync(process.execPath, [this.file("scripts", script), ...args], { encoding: "utf8" });
  }

  public remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** The real schema, of which only images and servers are left. */
export function smallSchema(): ProviderSchema {
  const schema = JSON.parse(readFileSync(schemaFile, "utf8"));
  const provider = schema.provider_schemas[pinned.name];
  for (const kind of ["resource_schemas", "data_source_schemas"]) {
    const kept = Object.entries(provider[kind]).filter(([type]) => /_(images_image|compute_instance)_v2$/.test(type));
    provider[kind] = Object.fromEntries(kept);
  }
  return schema;
}

export function providerOf(schema: ProviderSchema): ProviderSchema["provider_schemas"][string] {
  return schema.provider_schemas[pinned.name] as ProviderSchema["provider_schemas"][string];
}
