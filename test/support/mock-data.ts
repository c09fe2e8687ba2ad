import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { MockRun } from "./mock-test";
import { schemaFile } from "./terraform-provider";

type Values = Record<string, unknown>;
type Attributes = Record<string, { readonly computed?: boolean }>;

/** A copy of a synthesized stack, together with what the provider's schema lets a mock say about it. */
export class MockedStack {
  private readonly files = new Map<string, Values>();
  private readonly blocks = new Map<string, Values>();
  private readonly attributes = new Map<string, Attributes>();
  private readonly variables: Record<string, object> = {};

  public constructor(private readonly directory: string) {
    for (const name of readdirSync(directory).filter((file) => file.endsWith(".tf.json"))) {
      const config = JSON.parse(readFileSync(join(directory, name), "utf8"));
      this.files.set(name, config);
      this.collect("", config.resource);
      this.collect("data.", config.data);
    }
    for (const provider of Object.values<Values>(JSON.parse(readFileSync(schemaFile(), "utf8")).provider_schemas)) {
      for (const [kind, prefix] of Object.entries({ resource_schemas: "", data_source_schemas: "data." })) {
        for (const [type, { block }] of Object.entries(provider[kind] as Record<string, { block: Values }>)) {
          this.attributes.set(prefix + type, block.attributes as Attributes);
        }
      }
    }
  }

  private collect(prefix: string, types: Record<string, Record<string, Values>> = {}): void {
    for (const [type, named] of Object.entries(types)) {
      for (const [name, block] of Object.entries(named)) {
        this.blocks.set(`${prefix}${type}.${name}`, block);
      }
    }
  }

  /** Every provider configuration, aliases included: one without a mock would be the provider itself. */
  public providers(): Map<string, Set<string | undefined>> {
    const providers = new Map<string, Set<string | undefined>>();
    const add = (name: string, alias?: string) =>
      providers.set(name, (providers.get(name) ?? new Set<string | undefined>([undefined])).add(alias));
    for (const config of this.files.values()) {
      for (const terraform of [config.terraform ?? []].flat() as { required_providers?: object | object[] }[]) {
        for (const required of [terraform.required_providers ?? []].flat()) {
          Object.keys(required).forEach((name) => {
            add(name);
          });
        }
      }
      for (const [name, blocks] of Object.entries(config.provider ?? {})) {
        for (const { alias } of [blocks].flat() as { alias?: string }[]) {
          add(name, alias);
        }
      }
    }
    return providers;
  }

  /** Terraform ignores values that a mock cannot give, so that a slip in a test would go unnoticed. */
  public checkComputed(address: string, values: Values): void {
    const block = this.blocks.get(address.replace(/\[.*\]$/, ""));
    if (block === undefined) {
      throw new Error(`the stack has no ${address}`);
    }
    for (const attribute of Object.keys(values)) {
      if (block[attribute] !== undefined) {
        throw new Error(`${address} sets '${attribute}' itself, which no mock can change`);
      }
      this.checkAttribute(address, attribute);
    }
  }

  public checkType(type: string, values: Values): void {
    for (const attribute of Object.keys(values)) {
      this.checkAttribute(type, attribute);
    }
  }

  private checkAttribute(address: string, attribute: string): void {
    if (this.lookup(address, attribute)?.computed !== true) {
      throw new Error(`'${attribute}' of ${address} is not computed, so that no mock can give it a value`);
    }
  }

  private lookup(address: string, attribute: string): Attributes[string] | undefined {
    const type = /^(data\.)?[^.[]+/.exec(address)?.[0] ?? "";
    return this.attributes.get(type)?.[attribute];
  }

  /**
   * The provider sets arguments of a data source that its schema does not call computed (the `disk` of a flavor), and a mock
   * cannot. So each of them becomes a variable of this stack, null unless the run gives a value. Returns the run with such
   * values moved from `data` to `variables`.
   */
  public withArguments(run: MockRun): MockRun {
    const variables: Values = { ...run.variables };
    const data: Record<string, Values> = {};
    for (const [address, values] of Object.entries(run.data ?? {})) {
      data[address] = { ...values };
      const block = this.blocks.get(address);
      for (const [attribute, value] of Object.entries(values)) {
        const variable = `mock_${address.split(".").slice(1).join("_")}_${attribute}`;
        const reference = `\${var.${variable}}`;
        const known = this.lookup(address, attribute);
        if (block && known && !known.computed && [undefined, reference].includes(block[attribute] as undefined)) {
          block[attribute] = reference;
          this.variables[variable] = { default: null };
          variables[variable] = value;
          delete data[address][attribute];
        }
      }
      this.checkComputed(address, data[address]);
    }
    return { ...run, variables, data };
  }

  public write(): void {
    if (Object.keys(this.variables).length > 0) {
      this.files.set("mock_variables.tf.json", { variable: this.variables });
    }
    for (const [name, config] of this.files) {
      writeFileSync(join(this.directory, name), JSON.stringify(config, undefined, 2));
    }
  }
}
