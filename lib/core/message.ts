import { type IResolvable, type IResolveContext, Token } from "../framework";
import { rendered } from "./hcl";
import { isKnown } from "./known";
import { escapedText } from "./literal";

/**
 * A text with values in it that Terraform fills in when it shows it: message`stored is ${expression}`. Literals stand as they are, a
 * function is asked when the stack is rendered.
 */
export function message(text: TemplateStringsArray, ...values: unknown[]): string {
  return Token.asString(new Message([...text], values));
}

class Message implements IResolvable {
  readonly creationStack: string[] = [];

  constructor(
    private readonly text: string[],
    private readonly values: unknown[],
  ) {}

  resolve(context: IResolveContext): string {
    context.suppressBraces = true;
    return this.text
      .map((part, i) => escapedText(part) + (i < this.values.length ? filledIn(this.values[i], context) : ""))
      .join("");
  }

  toString(): string {
    return Token.asString(this);
  }

  toJSON(): string {
    return "<message>";
  }
}

function filledIn(value: unknown, context: IResolveContext): string {
  if (typeof value === "function") return escapedText(String(value()));
  return isKnown(value) && typeof value !== "object" ? escapedText(String(value)) : `\${${rendered(value, context)}}`;
}
