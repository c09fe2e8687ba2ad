import { type IResolvable, type IResolveContext, type TerraformResource, TerraformStack, Token } from "../framework";
import { addressOf } from "./address";

/**
 * An attribute of a resource. cdktf's own reference captures a stack trace whenever one is read; it is made only where it is needed,
 * in another stack.
 */
export class Attribute implements IResolvable {
  readonly creationStack: string[] = [];
  private foreign?: unknown;

  constructor(
    private readonly resource: TerraformResource,
    private readonly name: string,
    private readonly reference: () => unknown,
  ) {}

  resolve(context: IResolveContext): unknown {
    if (TerraformStack.of(context.scope) === TerraformStack.of(this.resource)) {
      const path = `${addressOf(this.resource)}.${this.name}`;
      return context.suppressBraces ? path : `\${${path}}`;
    }
    this.foreign ??= this.reference();
    return this.foreign;
  }

  toString(): string {
    return Token.asString(this);
  }

  toJSON(): string {
    return "<attribute>";
  }
}
