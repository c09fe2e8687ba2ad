import { type IResolvable, type IResolveContext, Token } from "../framework";
import { TOKEN_IN_TEXT } from "./known";

/**
 * The value with every string in it, keys too, written so that Terraform reads it byte for byte: a template's `${` and `%{` are
 * escaped. Tokens, and with them text that is meant as Terraform, pass unchanged.
 */
export function literal<T>(value: T): T {
  return escaped(value) as T;
}

function escaped(value: unknown): unknown {
  if (typeof value === "string") return escapedString(value);
  if (typeof value !== "object" || value === null) return value;
  if (Token.isUnresolved(value)) return value;
  if (Array.isArray(value)) return value.map(escaped);
  if (![Object.prototype, null].includes(Object.getPrototypeOf(value))) return value;
  const result: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const entry = (value as Record<string, unknown>)[key];
    if (entry !== undefined) result[escapedString(key)] = escaped(entry);
  }
  return result;
}

function escapedString(text: string): string {
  if (!/[$%]\{|e\+|^\ufeff/.test(text)) return text;
  const parts = text.split(TOKEN_IN_TEXT).filter((part) => part !== "");
  if (parts.length === 1 && TOKEN_IN_TEXT.test(text)) return text;
  return TOKEN_IN_TEXT.test(text) ? Token.asString(new MixedText(parts)) : escapedText(text);
}

/** Plain text, in a template. */
export function escapedText(text: string): string {
  const escaped = text.includes("{") ? text.replace(/([$%])\{/g, "$1$1{") : text;
  if (!/\r|^\ufeff/.test(escaped)) return escaped;
  // Terraform reads no template after a lone carriage return, and drops a byte order mark at the start
  return escaped
    .replace(/(\$*)\r(?!\n)/g, (_, signs: string) => `\${"${signs}\\r"}`)
    .replace(/^\ufeff/, '${"\\ufeff"}');
}

/** Literal text around tokens, kept apart: cdktf's own parser loses a number's token next to a digit or a sign. */
class MixedText implements IResolvable {
  readonly creationStack: string[] = [];

  constructor(private readonly parts: string[]) {}

  resolve(context: IResolveContext): string {
    let text = "";
    for (const part of this.parts) {
      if (TOKEN_IN_TEXT.test(part)) {
        // a "$" right before an interpolation would turn it into an escape sequence
        text = text.replace(/\$+$/, (signs) => `\${"${signs}"}`) + context.resolve(part);
      } else {
        text += escapedText(part);
      }
    }
    return text;
  }

  toString(): string {
    return Token.asString(this);
  }

  toJSON(): string {
    return "<text with tokens>";
  }
}

/** A string that is worked out when the stack is rendered. */
export function deferred(produce: (context: IResolveContext) => string): string {
  return Token.asString(new Deferred(produce));
}

/** A list that is worked out when the stack is rendered. */
export function deferredList(produce: (context: IResolveContext) => string[]): string[] {
  return Token.asList(new Deferred(produce));
}

/** Any value that is worked out when the stack is rendered. */
export function deferredValue(produce: (context: IResolveContext) => unknown): IResolvable {
  return new Deferred(produce);
}

class Deferred implements IResolvable {
  readonly creationStack: string[] = [];

  constructor(private readonly produce: (context: IResolveContext) => unknown) {}

  resolve(context: IResolveContext): unknown {
    return this.produce(context);
  }

  toString(): string {
    return Token.asString(this);
  }

  toJSON(): string {
    return "<worked out at synth>";
  }
}
