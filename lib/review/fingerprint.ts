import { createHash } from "node:crypto";
import { changedNames } from "../rules/changed";
import { canonical, type Json } from "../rules/json";
import type { Change, Plan } from "./plan";

/**
 * What plans mean, in 64 hex digits: equal for plans that do the same to the same, whenever and wherever they were made. What is noise, and
 * what stays as it is, does not count.
 */
export function fingerprintOf(plans: readonly Plan[]): string {
  const meanings = plans.flatMap(({ changes, changedOutputs }) => [
    ...changes.flatMap((change) => meaningOf(change) ?? []),
    ...[...changedOutputs].map(([name, change]) => canonical(["output", name, change])),
  ]);
  return digest(meanings.sort().join("\n"));
}

/** What a finding of a rule is acknowledged by: it is another one when the change is. */
export function findingFingerprint(ruleId: string, change: Change | undefined, address: string): string {
  return digest(canonical([ruleId, address, (change && meaningOf(change)) ?? ""]));
}

/** What a change does; undefined when it is nothing. */
function meaningOf(change: Change): string | undefined {
  const { address, type, actions, action, before, after, movedFrom, isImported, deposed, isData, sealed } = change;
  if (isData) return undefined;
  const names =
    before && after
      ? changedNames(change)
      : [...((before ?? after)?.names ?? [])].filter(
          (name) => (before ?? after)?.get(name) !== undefined || after?.isUnknown(name),
        );
  const isNothing = action === "none" || (action === "update" && names.length === 0);
  if (isNothing && movedFrom === undefined && !isImported) return undefined;
  const values = isNothing
    ? []
    : [...names]
        .sort()
        .map(
          (name): Json => [
            name,
            before?.get(name) ?? null,
            after?.isUnknown(name) ? "known after apply" : [after?.get(name) ?? null],
            after?.unknownIn(name) ?? null,
          ],
        );
  return canonical([
    address,
    type,
    isNothing ? "no-op" : actions,
    movedFrom ?? null,
    isImported,
    deposed ?? null,
    values,
    isNothing ? "" : sealed,
  ]);
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
