import { type IResolvable, type IResolveContext, Token } from "../framework";
import { addParts, type Part, renderedParts } from "./hcl";
import { isKnown } from "./known";
import { escapedText } from "./literal";

/**
 * A text with values in it that Terraform fills in when it shows it: message`stored is ${expression}`. Literals stand as they are, a
 * function is asked when the stack is rendered.
 */
export function message(text: TemplateStringsArray, ...values: unknown[]): string {
  const parts: Part[] = [];
  text.forEach((part, i) => {
    parts.push(escapedText(part));
    if (i < values.length) addFilledIn(values[i], parts);
  });
  return Token.asString(new Message(parts));
}

class Message implements IResolvable {
  readonly creationStack: string[] = [];

  constructor(private readonly parts: readonly Part[]) {}

  resolve(context: IResolveContext): string {
    return renderedParts(this.parts, context);
  }

  toString(): string {
    return Token.asString(this);
  }

  toJSON(): string {
    return "<message>";
  }
}

function addFilledIn(value: unknown, parts: Part[]): void {
  if (typeof value === "function") {
    parts.push(() => escapedText(String(value())));
  } else if (isKnown(value) && typeof value !== "object") {
    parts.push(escapedText(String(value)));
  } else {
    parts.push("${");
    addParts(value, parts);
    parts.push("}");
  }
}
