import { Token } from "../framework";

/** A token inside a string, as cdktf encodes it: a string's, or a number's. */
export const TOKEN_IN_TEXT = /(\$\{TfToken\[[\w.:-]+\]\}|-8\.1095\d+e\+298)/;

/** Whether the value is known at synth; what Terraform computes later is not, nor is what was not given. */
export function isKnown<T>(value: T | undefined): value is T {
  if (typeof value === "string" && TOKEN_IN_TEXT.test(value)) return false;
  return value !== undefined && !Token.isUnresolved(value);
}

/** Runs the check on a value that is known at synth, and on no other. */
export function ifKnown<T>(value: T | undefined, check: (value: T) => void): void {
  if (isKnown(value)) check(value);
}
