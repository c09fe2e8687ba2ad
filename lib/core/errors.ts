import type { IConstruct } from "../framework";
import { isKnown } from "./known";

/**
 * A call that cannot be right. The message holds what is wrong, the value and the way out, then the code and the construct's path.
 */
export class InvalidInput extends Error {
  constructor(
    readonly code: string,
    scope: IConstruct,
    message: string,
  ) {
    super(`${message} [${code} at ${scope.node.path}]`);
    this.name = "InvalidInput";
  }
}

/** A value as an error shows it: quoted, and shortened when it is long. */
export function shown(value: unknown): string {
  if (value !== undefined && !isKnown(value)) return "a value that only Terraform knows";
  const text = typeof value === "number" ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length > 200 ? `${text.slice(0, 200)}...` : text;
}
