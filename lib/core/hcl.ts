import { type IResolvable, type IResolveContext, Token } from "../framework";
import { isKnown, TOKEN_IN_TEXT } from "./known";

const PARTS = Symbol.for("cdktf-openstack-images/Expression");

/** A piece of an expression: Terraform source, source that is asked for when the stack is rendered, or a value that a token stands for. */
export type Part = string | (() => string) | { readonly token: unknown };

/**
 * A Terraform expression: hcl`self.owner == ${owner}`. What is put in is quoted when it is a literal and stands as a reference when
 * it is a token. (cdktf's `Op` and `Fn` escape neither quotes nor backslashes in literals.)
 */
export function hcl(text: TemplateStringsArray, ...values: unknown[]): IResolvable {
  const parts: Part[] = [];
  text.forEach((part, i) => {
    parts.push(part);
    if (i < values.length) addParts(values[i], parts);
  });
  return new Expression(parts);
}

/** Terraform source that goes into an expression as it is; a function is asked when the stack is rendered. */
export function source(text: string | (() => string)): IResolvable {
  return new Expression([text]);
}

class Expression implements IResolvable {
  // a stack trace for each would cost more than all else that is done here
  readonly creationStack: string[] = [];

  readonly [PARTS]: readonly Part[];

  constructor(parts: readonly Part[]) {
    this[PARTS] = parts;
  }

  resolve(context: IResolveContext): string {
    const outer = context.suppressBraces;
    const body = renderedParts(this[PARTS], context);
    return outer || context.preparing ? body : `\${${body}}`;
  }

  toString(): string {
    return Token.asString(this);
  }

  toJSON(): string {
    return "<expression>";
  }
}

/** The parts as one text. While cdktf prepares the stack it only looks for references to other stacks, so there only tokens count. */
export function renderedParts(parts: readonly Part[], context: IResolveContext): string {
  const outer = context.suppressBraces;
  context.suppressBraces = true;
  let text = "";
  for (const part of parts) {
    if (typeof part === "object") text += renderedToken(part.token, context);
    else if (!context.preparing) text += typeof part === "string" ? part : part();
  }
  context.suppressBraces = outer;
  return context.preparing ? "" : text;
}

/** Adds a value in an expression. */
export function addParts(value: unknown, parts: Part[]): void {
  const inner = (value as Partial<Expression> | undefined)?.[PARTS];
  if (inner) {
    for (const part of inner) parts.push(part);
  } else if (!isKnown(value)) {
    parts.push({ token: value });
  } else if (typeof value === "string") {
    parts.push(quoted(value));
  } else if (Array.isArray(value)) {
    parts.push("[");
    value.forEach((entry, i) => {
      if (i > 0) parts.push(", ");
      addParts(entry, parts);
    });
    parts.push("]");
  } else if (typeof value === "object" && value !== null) {
    parts.push("{ ");
    const entries = Object.entries(value)
      .filter(([, entry]) => entry !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    entries.forEach(([key, entry], i) => {
      if (i > 0) parts.push(", ");
      if (isKnown(key)) parts.push(quoted(key));
      else parts.push("(", { token: key }, ")");
      parts.push(" = ");
      addParts(entry, parts);
    });
    parts.push(" }");
  } else {
    parts.push(String(value));
  }
}

function renderedToken(value: unknown, context: IResolveContext): string {
  if (typeof value !== "string") return String(context.resolve(value));
  const texts = value.split(TOKEN_IN_TEXT).filter((part) => part !== "");
  const terms = texts.map((part) => (TOKEN_IN_TEXT.test(part) ? String(context.resolve(part)) : quoted(part)));
  return terms.length === 1 ? terms[0] : `join("", [${terms.join(", ")}])`;
}

const ESCAPES: Record<string, string> = { "\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\" };

/** A string literal of the Terraform language. */
export function quoted(text: string): string {
  if (/^[\w .,:;/@+=-]*$/.test(text)) return `"${text}"`;
  const escaped = text.replace(
    /["\\\p{Cc}]/gu,
    (c) => ESCAPES[c] ?? `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return `"${escaped.replace(/([$%])\{/g, "$1$1{")}"`;
}
