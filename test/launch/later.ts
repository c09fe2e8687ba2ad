import { type TerraformStack, TerraformVariable, Token } from "cdktf";
import { propsOf } from "../core/props-of";
import type { Block } from "../support/synth";

/** Values that only Terraform knows, of every type that a prop has. */
export class Later {
  constructor(private readonly stack: TerraformStack) {}

  private variable(id: string, type: string): TerraformVariable {
    const found = this.stack.node.tryFindChild(id) as TerraformVariable | undefined;
    return found ?? new TerraformVariable(this.stack, id, { type });
  }

  get text() {
    return this.variable("Text", "string").stringValue;
  }

  get amount() {
    return this.variable("Amount", "number").numberValue;
  }

  get flag() {
    return this.variable("Flag", "bool").booleanValue;
  }

  get list() {
    return this.variable("List", "list(string)").listValue;
  }

  get map() {
    return Token.asStringMap(this.variable("Map", "map(string)").value);
  }

  get secret() {
    return new TerraformVariable(this.stack, "Secret", { type: "string", sensitive: true });
  }
}

/** For each prop how it is given, and what differs in the block. */
export type Table<T> = Record<string, readonly [given: (later: Later) => T, argument: Block]>;

export function testTable<T>(table: Table<T>, rendered: (build: (later: Later) => T) => Block, block: Block): void {
  test.each(Object.entries(table))("%s as a token stands in the block untouched", (_, [given, argument]) => {
    expect(rendered(given)).toStrictEqual({ ...block, ...argument });
  });
}

const NO_VALUES = ["provider", "dependsOn"];

export function testCoverage(name: string, table: object, others: readonly string[] = []): void {
  test(`every prop of ${name} is given as a token`, () => {
    const values = propsOf(name).filter((prop) => !NO_VALUES.includes(prop));
    expect([...Object.keys(table), ...others].sort()).toStrictEqual(values.sort());
  });
}
