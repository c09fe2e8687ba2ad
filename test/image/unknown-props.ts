import { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
import { type TerraformStack, TerraformVariable, Token } from "cdktf";
import { only, synth } from "../support/synth";

/** A variable as each of the forms that a prop may have. */
export class Unknown {
  constructor(private readonly stack: TerraformStack) {}

  private get v(): TerraformVariable {
    return (this.stack.node.tryFindChild("v") as TerraformVariable) ?? new TerraformVariable(this.stack, "v", {});
  }

  get text(): string {
    return this.v.stringValue;
  }

  get number(): number {
    return this.v.numberValue;
  }

  get list(): string[] {
    return this.v.listValue;
  }

  get map(): Record<string, string> {
    return Token.asStringMap(this.v.value);
  }

  get flag() {
    return this.v.booleanValue;
  }

  get secret(): TerraformVariable {
    return new TerraformVariable(this.stack, "secret", { sensitive: true });
  }

  get provider(): OpenstackProvider {
    return new OpenstackProvider(this.stack, "other", { alias: "other" });
  }
}

/** A prop with what only Terraform knows, and the attribute that it lands in (by path); or why it cannot be unknown. */
type Row<P> = { readonly props: (unknown: Unknown) => Partial<P>; readonly lands: string; readonly as?: string };
export type Table<P> = Record<string, Row<P> | string>;

/** A token as cdktf encodes it, which must be gone: in text, and as a number. */
export const GARBLED = /TfToken|\de\+\d{3}/;

export const CONSTRUCT = "a reference to a construct";
export const STEERS = "decides at synth which blocks there are";

export function walk<P>(
  table: Table<P>,
  props: string[],
  type: string,
  build: (stack: TerraformStack, props: Partial<P>, unknown: Unknown) => void,
): void {
  test("the table has every prop", () => {
    expect(props.length).toBeGreaterThan(2);
    expect(Object.keys(table).sort()).toStrictEqual([...props].sort());
  });

  test.each(Object.entries(table).filter(([, row]) => typeof row !== "string"))("'%s' may be unknown", (_, row) => {
    const { props: given, lands, as = "${var.v}" } = row as Row<P>;
    const result = synth((stack) => {
      const unknown = new Unknown(stack);
      build(stack, given(unknown), unknown);
    });
    const value = lands.split("/").reduce((at, key) => at?.[key], only(result, type));
    expect(value).toStrictEqual(as);
    expect(result.text).not.toMatch(GARBLED);
    const unexpected = result.warnings.filter(({ message }) => !message.startsWith("ProtectedUnknown"));
    expect(unexpected).toStrictEqual([]);
  });
}
