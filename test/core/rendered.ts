import { DefaultTokenResolver, StringConcat, type TerraformStack, Tokenization } from "cdktf";

/** A value as it comes out in the stack. */
export function rendered(stack: TerraformStack, value: unknown): unknown {
  return Tokenization.resolve(value, { scope: stack, resolver: new DefaultTokenResolver(new StringConcat()) });
}
