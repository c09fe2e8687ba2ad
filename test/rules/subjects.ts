import { planIn } from "../../lib/review/plan";
import { worldOf } from "../../lib/review/world";
import { plain } from "../../lib/rules/message";
import type { Level, Rule } from "../../lib/rules/rule";
import type { Policy } from "../../lib/rules/subject";

export const NO_POLICY: Policy = { allowedHosts: [], flavors: {}, projectNames: {} };

/** A change as a plan has it; its address tells the type. */
export interface Given {
  readonly address: string;
  readonly actions: readonly string[];
  readonly before?: object;
  readonly after?: object;
  readonly unknown?: object;
  readonly sensitive?: object;
  readonly replacePaths?: readonly (readonly (string | number)[])[];
  readonly reason?: string;
  readonly index?: string | number;
  readonly deposed?: string;
  /** The expressions of its block. */
  readonly code?: object;
  /** Whether conditions stand in its lifecycle. */
  readonly isChecked?: boolean;
}

/** A plan of these changes. */
export function planOf(changes: readonly Given[], drift: readonly Given[] = [], providers: object = {}) {
  const rendered = (given: Given) => {
    const [mode, type, name] = /^(?:module\.[^.]+\.)*(data\.)?([^.]+)\.([^.[]+)/.exec(given.address)?.slice(1) ?? [];
    return {
      address: given.address,
      mode: mode ? "data" : "managed",
      type,
      name,
      ...(given.index === undefined ? {} : { index: given.index }),
      ...(given.deposed ? { deposed: given.deposed } : {}),
      ...(given.reason ? { action_reason: given.reason } : {}),
      change: {
        actions: given.actions,
        before: given.before ?? null,
        after: given.after ?? null,
        after_unknown: given.unknown ?? {},
        before_sensitive: given.sensitive ?? {},
        after_sensitive: given.sensitive ?? {},
        ...(given.replacePaths ? { replace_paths: given.replacePaths } : {}),
      },
    };
  };
  return {
    format_version: "1.2",
    resource_changes: changes.map(rendered),
    resource_drift: drift.map(rendered),
    configuration: {
      provider_config: providers,
      root_module: {
        resources: changes.map(({ address, code = {} }) => ({
          address: address.replace(/\[.*/, ""),
          expressions: code,
        })),
      },
    },
    checks: changes
      .filter(({ isChecked }) => isChecked)
      .map(({ address }) => ({ address: { kind: "resource", to_display: address }, status: "unknown" })),
  };
}

/** What one rule finds, as `address: level: message`. */
export function found(
  rule: Rule,
  changes: readonly Given[],
  {
    drift = [],
    policy = {},
    providers,
    today,
  }: { drift?: readonly Given[]; policy?: Partial<Policy>; providers?: object; today?: string } = {},
) {
  const plan = planIn(JSON.stringify(planOf(changes, drift, providers)), "plan.json");
  const world = worldOf([plan], { ...NO_POLICY, ...policy }, today);
  const subjects = rule.of === "drift" ? world.drift : world.subjects;
  return subjects
    .filter(({ type }) => rule.types.includes(type))
    .flatMap((subject) =>
      rule
        .check(subject, world)
        .map(
          ({ level = rule.level, message }: { level?: Level; message: Parameters<typeof plain>[0] }) =>
            `${subject.address}: ${level}: ${plain(message)}`,
        ),
    );
}

/** What refers to a resource's attribute. */
export const reference = (...references: string[]) => ({ references });
export const literal = (value: unknown) => ({ constant_value: value });
