import { Attributes } from "../rules/attributes";
import { canonical, isSameJson, type Json, type JsonObject, listIn, objectIn, own, textIn } from "../rules/json";
import { type Action, PROVIDER, type Subject } from "../rules/subject";
import { type Configuration, configurationOf } from "./configuration";
import { withoutSensitive } from "./sensitive";

/** What of the format is known here: other minors are read, other majors are not. */
const MAJOR = "1";

/** A change that a plan has, or that happened outside Terraform. */
export interface Change extends Subject {
  /** The plan that it is in. */
  readonly plan: string;
  readonly isData: boolean;
  /** The address without the keys of instances, as the configuration has it. */
  readonly block: string;
  /** The key of the instance, as text; none for a single one. */
  readonly instance?: string;
  /** What stands for the sensitive values, so that others mean something else. */
  readonly sealed: string;
  /** As the plan has them, in their order. */
  readonly actions: string;
  readonly movedFrom?: string;
  readonly isImported: boolean;
}

/** A plan as `terraform show -json` writes it, as far as a review reads it. */
export interface Plan {
  /** What the plan is called in the review: its file. */
  readonly name: string;
  readonly changes: readonly Change[];
  readonly drift: readonly Change[];
  /** The OpenStack provider, as the code configures it. */
  readonly providers: readonly (Subject & { readonly plan: string })[];
  /** Outputs whose value changes, by name: what they become, for comparison. */
  readonly changedOutputs: ReadonlyMap<string, string>;
  readonly configuration: Configuration;
}

/** Says why a plan cannot be reviewed, and the way out. */
export class PlanUnusable extends Error {}

/** Reads a plan. What it holds is other people's. */
export function planIn(text: string, name: string): Plan {
  let content: unknown;
  try {
    content = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    // what cannot be read is not shown: it may hold secrets
    throw new PlanUnusable(`${name} is no JSON; write it with terraform show -json PLANFILE`);
  }
  const plan = objectIn(content);
  checkFormat(plan, name);
  checkWhole(plan, name);
  const configuration = configurationOf(own(plan, "configuration"));
  const checked = checkedAddresses(own(plan, "checks"));
  const changesIn = (key: string) =>
    listIn(own(plan, key)).map((change) => changeOf(objectIn(change), name, configuration, checked));
  return {
    name,
    changes: changesIn("resource_changes"),
    drift: changesIn("resource_drift"),
    providers: configuration.providers.map(({ key, literals }) => ({
      plan: name,
      address: `provider.${key}`,
      type: PROVIDER,
      action: "declared",
      replacedBy: [],
      isChecked: false,
      configured: literals,
    })),
    changedOutputs: new Map(
      Object.entries(objectIn(own(plan, "output_changes"))).flatMap(([output, change]) => {
        const actions = listIn(own(objectIn(change), "actions"));
        const changes = actions.some((action) => action !== "no-op");
        return changes ? [[output, canonical(change)]] : [];
      }),
    ),
    configuration,
  };
}

function checkFormat(plan: JsonObject, name: string): void {
  const version = textIn(own(plan, "format_version"));
  if (
    version === undefined ||
    (own(plan, "resource_changes") === undefined && own(plan, "planned_values") === undefined)
  )
    throw new PlanUnusable(`${name} is no plan of Terraform or OpenTofu; write it with terraform show -json PLANFILE`);
  if (version.split(".")[0] !== MAJOR)
    throw new PlanUnusable(
      `${name} is of a format that is not known here (${MAJOR}.x is); update cdktf-openstack-images`,
    );
}

/** A plan that is not whole says nothing of what it lacks. */
function checkWhole(plan: JsonObject, name: string): void {
  const problem =
    own(plan, "errored") === true
      ? "ended with an error"
      : own(plan, "complete") === false
        ? "is not complete (-target, or changes that Terraform defers)"
        : listIn(own(plan, "deferred_changes")).length > 0
          ? "defers changes to another plan"
          : undefined;
  if (problem !== undefined)
    throw new PlanUnusable(`${name} ${problem}, so nobody can say what else happens; plan again, and whole`);
}

/** The addresses of resources with conditions in their lifecycle. */
function checkedAddresses(checks: Json | undefined): ReadonlySet<string> {
  const addresses = listIn(checks).map((check) => objectIn(own(objectIn(check), "address")));
  return new Set(
    addresses.flatMap((address) =>
      own(address, "kind") === "resource" ? (textIn(own(address, "to_display")) ?? []) : [],
    ),
  );
}

function changeOf(
  change: JsonObject,
  plan: string,
  configuration: Configuration,
  checked: ReadonlySet<string>,
): Change {
  const address = textIn(own(change, "address")) ?? "";
  const inner = objectIn(own(change, "change"));
  const index = own(change, "index");
  const block = blockOf(address);
  const actions = listIn(own(inner, "actions")).join();
  const { before, after, sealed } = withoutSensitive(inner);
  return {
    plan,
    address,
    block,
    instance: index === undefined || index === null ? undefined : JSON.stringify(index),
    type: textIn(own(change, "type")) ?? "",
    isData: own(change, "mode") === "data",
    actions,
    action: actionOf(actions, inner),
    before: before && new Attributes(before),
    after: after && new Attributes(after, objectIn(own(inner, "after_unknown"))),
    sealed,
    isMadeFirst: listIn(own(inner, "actions")).join() === "create,delete",
    replacedBy: listIn(own(inner, "replace_paths")).flatMap((path) => textIn(listIn(path)[0]) ?? []),
    reason: textIn(own(change, "action_reason")),
    isChecked: checked.has(block),
    configured: configuration.literals(block),
    references: configuration
      .references(block)
      .flatMap(({ attribute, to }) => ("block" in to ? [{ attribute, to: to.block }] : [])),
    providerConstraint: configuration.providerConstraint,
    movedFrom: textIn(own(change, "previous_address")),
    isImported: own(inner, "importing") !== undefined,
    deposed: textIn(own(change, "deposed")),
  };
}

function actionOf(actions: string, change: JsonObject): Action {
  switch (actions) {
    case "no-op":
      return "none";
    case "create":
      return "create";
    case "read":
      return "read";
    case "update":
      return isUpdated(change) ? "update" : "none";
    case "delete":
      return "delete";
    case "forget":
      return "forget";
    case "delete,create":
    case "create,delete":
      return "replace";
    // the new one is made, and the old one is left in the cloud
    case "create,forget":
      return "forget";
    default:
      return "strange";
  }
}

/** Whether anything is another: marks alone come as an update too. */
function isUpdated(change: JsonObject): boolean {
  const isKnown = !hasTrue(own(change, "after_unknown"));
  return !(isKnown && isSameJson(own(change, "before"), own(change, "after")));
}

function hasTrue(mask: Json | undefined): boolean {
  return mask === true || (typeof mask === "object" && mask !== null && Object.values(mask).some(hasTrue));
}

/** An address without the keys of instances: `module.a["x"].b.c[0]` is `module.a.b.c`. Keys may hold brackets and dots. */
export function blockOf(address: string): string {
  return address.replace(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g, "");
}
