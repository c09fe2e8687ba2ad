import { type IConstruct, type IResolvable, TerraformElement, TerraformStack } from "../framework";
import { addressProblems } from "./address";

/** What must hold: in a `check` block it warns otherwise, in a pre- or postcondition it fails. */
export interface Assertion {
  readonly condition: IResolvable;
  readonly errorMessage: string;
}

const ID = "cdktf-openstack-images";
const BLOCKS = Symbol.for("cdktf-openstack-images/StackBlocks");

/**
 * What belongs to a stack as a whole, in one element of it: the `check` blocks, which have no class in cdktf (and of which
 * `addOverride` would keep only the last), and the validation of addresses.
 */
export class StackBlocks extends TerraformElement {
  static of(construct: IConstruct): StackBlocks {
    const stack: TerraformStack & { [BLOCKS]?: StackBlocks } = TerraformStack.of(construct);
    stack[BLOCKS] ??= new StackBlocks(stack);
    return stack[BLOCKS];
  }

  private readonly checks: { readonly name: () => string; readonly assertions: Assertion[] }[] = [];

  private constructor(stack: TerraformStack) {
    super(stack, ID);
    this.node.addValidation({ validate: () => addressProblems(stack) });
  }

  /** Adds a `check` block, which warns in every plan and apply and fails none; its name is asked for when the stack is rendered. */
  addCheck(name: () => string, assertions: Assertion[]): void {
    this.checks.push({ name, assertions });
  }

  override toTerraform(): { [block: string]: unknown } {
    if (this.checks.length === 0) return {};
    const check: Record<string, unknown> = {};
    for (const { name, assertions } of this.checks) {
      check[name()] = {
        assert: assertions.map(({ condition, errorMessage }) => ({ condition, error_message: errorMessage })),
      };
    }
    return { check };
  }
}
