import {
  type IConstruct,
  type IResolvable,
  type IResolveContext,
  TerraformElement,
  TerraformStack,
} from "../framework";
import { addressProblems, providerProblems } from "./address";
import { visitAbove } from "./app-aspects";
import { freeId } from "./free-id";
import { deferredValue } from "./literal";

/** What must hold: in a `check` block it warns otherwise, in a pre- or postcondition it fails. */
export interface Assertion {
  readonly condition: IResolvable;
  readonly errorMessage: string;
}

const ID = "cdktf-openstack-images";
const BLOCKS = Symbol.for("cdktf-openstack-images/StackBlocks");

/**
 * What belongs to a stack as a whole, in one element of it: the `check` and `removed` blocks, which have no class in cdktf (and of which
 * `addOverride` would keep only the last), and the validation of addresses and providers.
 */
export class StackBlocks extends TerraformElement {
  static of(construct: IConstruct): StackBlocks {
    const stack: TerraformStack & { [BLOCKS]?: StackBlocks } = TerraformStack.of(construct);
    stack[BLOCKS] ??= new StackBlocks(stack);
    return stack[BLOCKS];
  }

  private readonly removed: (() => string)[] = [];
  private readonly checks: { readonly name: () => string; readonly assertions: Assertion[] }[] = [];

  private constructor(private readonly stack: TerraformStack) {
    super(stack, freeId(stack, ID));
    this.node.addValidation({ validate: () => [...addressProblems(stack), ...providerProblems(stack)] });
  }

  /** Adds a `check` block, which warns in every plan and apply and fails none; its name is asked for when the stack is rendered. */
  addCheck(name: () => string, assertions: Assertion[]): void {
    this.checks.push({ name, assertions });
  }

  /**
   * Adds a `removed` block: what was at the address stays in the cloud, and Terraform forgets it. Needs Terraform 1.7 or OpenTofu 1.10, and the
   * stack then says so.
   */
  addRemoved(address: () => string): void {
    this.removed.push(address);
  }

  override toTerraform(): { [block: string]: unknown } {
    visitAbove(this.stack);
    return {
      ...(this.checks.length > 0 && { check: deferredValue((context) => this.renderedChecks(context)) }),
      ...(this.removed.length > 0 && {
        terraform: { required_version: ">= 1.7" },
        removed: deferredValue(() => this.renderedRemoved()),
      }),
    };
  }

  private renderedRemoved(): unknown {
    return this.removed.map((address) => ({ from: address(), lifecycle: { destroy: false } }));
  }

  private renderedChecks(context: IResolveContext): unknown {
    const check: Record<string, unknown> = {};
    for (const { name, assertions } of this.checks) {
      if (context.preparing) {
        // only references to other stacks count now
        for (const { condition, errorMessage } of assertions) {
          context.resolve(condition);
          context.resolve(errorMessage);
        }
      } else {
        check[name()] = {
          assert: assertions.map(({ condition, errorMessage }) => ({ condition, error_message: errorMessage })),
        };
      }
    }
    return check;
  }
}
