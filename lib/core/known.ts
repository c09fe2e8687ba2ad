import { Token } from "../framework";

/** A token inside a string, as cdktf encodes it. */
export const TOKEN_IN_TEXT = /(\$\{TfToken\[[\w.:-]+\]\})/;

/** Whether the value is known at synth; what Terraform computes later is not, nor is what was not given. */
export function isKnown<T>(value: T | undefined): value is T {
  return value !== undefined && !Token.isUnresolved(value);
}

/** Runs the check on a value that is known at synth, and on no other. */
export function ifKnown<T>(value: T | undefined, check: (value: T) => void): void {
  if (isKnown(value)) check(value);
}
