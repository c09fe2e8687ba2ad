import type { IConstruct } from "../framework";
import { checkAmount } from "./checks";
import { isKnown } from "./known";

interface Minutes {
  readonly create?: number;
  readonly update?: number;
  readonly delete?: number;
}

interface Timeouts {
  readonly create?: string;
  readonly update?: string;
  readonly delete?: string;
}

/** A resource's `timeouts`; undefined when the provider's hold. */
export function timeoutsOf(scope: IConstruct, minutes: Minutes): Timeouts | undefined {
  const given = Object.entries(minutes).filter(([, amount]) => amount !== undefined);
  for (const [operation, amount] of given) checkAmount(scope, `'${operation}TimeoutMinutes'`, amount, 1);
  return given.length > 0
    ? Object.fromEntries(given.map(([operation, amount]) => [operation, `${amount}m`]))
    : undefined;
}

interface Allowance {
  /** What the provider waits. */
  readonly minutes: number;
  /** The size that it is enough for. */
  readonly upToGib: number;
  readonly minutesPerGib: number;
}

/** The minutes that moving so many bytes may take, when the size is known and the provider's are not enough. */
export function timeoutMinutes(allowance: Allowance, sizeBytes: number | undefined): number | undefined {
  if (!isKnown(sizeBytes)) return undefined;
  const beyond = sizeBytes / 1024 ** 3 - allowance.upToGib;
  return beyond > 0 ? allowance.minutes + Math.ceil(beyond * allowance.minutesPerGib) : undefined;
}
