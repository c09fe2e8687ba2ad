import { type IResolvable, type IResolveContext, Token } from "../framework";
import { TOKEN_IN_TEXT } from "./known";

/**
 * A Terraform expression: hcl`self.owner == ${owner}`. What is put in is quoted when it is a literal and stands as a reference when
 * it is a token. (cdktf's `Op` and `Fn` escape neither quotes nor backslashes in literals.)
 */
export function hcl(text: TemplateStringsArray, ...values: unknown[]): IResolvable {
  return new Expression([...text], values);
}

/** Terraform source that goes into an expression as it is; a function is asked when the stack is rendered. */
export function source(text: string | (() => string)): IResolvable {
  return new Expression([""], [], typeof text === "string" ? () => text : text);
}

/** The conditions joined by `&&`. */
export function allOf(conditions: IResolvable[]): IResolvable {
  return conditions.reduce((left, right) => hcl`${left} && ${right}`);
}

class Expression implements IResolvable {
  // a stack trace for each would cost more than all else that is done here
  readonly creationStack: string[] = [];

  constructor(
    private readonly text: string[],
    private readonly values: unknown[],
    private readonly produce?: () => string,
  ) {}

  resolve(context: IResolveContext): string {
    const outer = context.suppressBraces;
    context.suppressBraces = true;
    const body =
      this.produce?.() ??
      this.text.map((part, i) => (i < this.values.length ? part + rendered(this.values[i], context) : part)).join("");
    context.suppressBraces = outer;
    return outer ? body : `\${${body}}`;
  }

  toString(): string {
    return Token.asString(this);
  }

  toJSON(): string {
    return "<expression>";
  }
}

/** A value in an expression. */
export function rendered(value: unknown, context: IResolveContext): string {
  if (typeof value === "string") return renderedString(value, context);
  if (Token.isUnresolved(value)) return String(context.resolve(value));
  if (Array.isArray(value)) return `[${value.map((entry) => rendered(entry, context)).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, entry]) => `${renderedKey(key, context)} = ${rendered(entry, context)}`);
    return `{ ${entries.join(", ")} }`;
  }
  return String(value);
}

function renderedKey(key: string, context: IResolveContext): string {
  return TOKEN_IN_TEXT.test(key) ? `(${renderedString(key, context)})` : quoted(key);
}

function renderedString(value: string, context: IResolveContext): string {
  const parts = value.split(TOKEN_IN_TEXT).filter((part) => part !== "");
  const terms = parts.map((part) => (TOKEN_IN_TEXT.test(part) ? String(context.resolve(part)) : quoted(part)));
  if (terms.length === 0) return '""';
  return terms.length === 1 ? terms[0] : `join("", [${terms.join(", ")}])`;
}

const ESCAPES: Record<string, string> = { "\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\" };

/** A string literal of the Terraform language. */
export function quoted(text: string): string {
  const escaped = text.replace(
    /["\\\p{Cc}]/gu,
    (c) => ESCAPES[c] ?? `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return `"${escaped.replace(/([$%])\{/g, "$1$1{")}"`;
}
