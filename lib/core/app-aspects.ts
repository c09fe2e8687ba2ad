import { Aspects, type TerraformStack } from "../framework";

/** What an aspect has that wants to be called above stacks too; by symbol, so that two copies of the library know each other's. */
export const ABOVE_STACKS = Symbol.for("cdktf-openstack-images/AspectAboveStacks");

/** Calls such aspects of what the stack lies in. cdktf calls those of stacks and of what stacks hold; one of the app it keeps, and never calls. */
export function visitAbove(stack: TerraformStack): void {
  for (const scope of stack.node.scopes.slice(0, -1))
    for (const aspect of Aspects.of(scope).all) if (ABOVE_STACKS in aspect) aspect.visit(scope);
}
