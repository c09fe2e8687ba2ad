import type { Plan } from "../support/terraform";
import { schemaOf } from "./arguments";
import { uuid } from "./samples";
import type { Attributes } from "./table";

type Values = Record<string, unknown>;
type SchemaBlock = ReturnType<typeof schemaOf>;

/** A resource as a plan of creates has it; `kit.plan` leaves these parts untyped. */
interface Created {
  readonly type: string;
  readonly name: string;
  readonly provider_name: string;
  readonly change: { readonly after: Values; readonly after_unknown: Values; readonly after_sensitive: Values };
}

/**
 * The state as an apply of the plan would leave it, in Terraform's own format, with made-up values for what the plan does not know: a
 * second plan can then be made without a cloud.
 * @param aliases the provider configurations that are not the default, by the name of the resource
 * @param found what a refresh would have found changed in the cloud, by the name of the resource
 */
export function stateAfter(plan: Plan, aliases: Record<string, string>, found: Record<string, Attributes>): object {
  const created = (plan.resource_changes ?? []) as unknown as Created[];
  const resources = created.map(({ type, name, provider_name, change }) => {
    const builtin = type === "terraform_data";
    const attributes = builtin
      ? terraformData(change.after, name)
      : known(schemaOf(type), change.after, change.after_unknown, name);
    return {
      mode: "managed",
      type,
      name,
      provider: `provider["${provider_name}"]${aliases[name] ? `.${aliases[name]}` : ""}`,
      instances: [
        {
          schema_version: 0,
          attributes: { ...attributes, ...found[name] },
          sensitive_attributes: sensitive(change.after_sensitive),
        },
      ],
    };
  });
  return {
    version: 4,
    terraform_version: plan.terraform_version,
    serial: 1,
    lineage: uuid("lineage"),
    outputs: {},
    resources,
  };
}

function known(schema: SchemaBlock, after: Values, unknown: Values, name: string): Values {
  const values = { ...after };
  for (const [key, isUnknown] of Object.entries(unknown)) {
    const nested = schema.block_types?.[key];
    if (isUnknown === true) {
      values[key] = nested ? [] : madeUp(schema, key, name);
    } else if (nested && Array.isArray(isUnknown)) {
      const elements = after[key] as Values[];
      values[key] = elements.map((element, i) => known(nested.block, element, isUnknown[i], name));
    }
  }
  return values;
}

function madeUp(schema: SchemaBlock, key: string, name: string): unknown {
  const type = schema.attributes?.[key].type;
  if (Array.isArray(type)) return type[0] === "map" ? {} : [];
  if (type !== "string") return type === "number" ? 1 : false;
  return key === "id" || key.endsWith("_id") ? uuid(name) : `the ${key}`;
}

/** What an attribute of any type holds stands in a state beside its type. */
function terraformData(after: Values, name: string): Values {
  const trigger = after.triggers_replace;
  const type = typeof trigger === "string" ? "string" : ["object", mapped(trigger as object, () => "string")];
  return { id: uuid(name), input: null, output: null, triggers_replace: { value: trigger, type } };
}

function mapped(of: object, to: (value: unknown) => unknown): object {
  return Object.fromEntries(Object.entries(of).map(([key, value]) => [key, to(value)]));
}

function sensitive(marks: Values): object[][] {
  const marked = Object.keys(marks).filter((key) => marks[key] === true);
  return marked.map((value) => [{ type: "get_attr", value }]);
}
