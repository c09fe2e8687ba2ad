import { isIPv4 } from "node:net";
import { Annotations, type IConstruct, type TerraformVariable } from "../framework";
import { InvalidInput, shown } from "./errors";
import { ifKnown } from "./known";

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** What OpenStack itself identifies by UUID: a name in its place would be looked up nowhere. */
export function checkUuid(scope: IConstruct, what: string, value: string): void {
  ifKnown(value, (id) => {
    if (UUID.test(id)) return;
    throw new InvalidInput(
      "NotAUuid",
      scope,
      `${what} must be a UUID, got ${shown(id)}; if this is a name, look it up`,
    );
  });
}

/** A project's id is 32 hex digits or a UUID nearly everywhere, yet clouds with federated identities have others. */
export function checkProjectId(scope: IConstruct, what: string, value: string): void {
  ifKnown(value, (id) => {
    if (id === "")
      throw new InvalidInput(
        "ProjectIdEmpty",
        scope,
        `${what} must be a project's id, got ""; openstack project show NAME tells it`,
      );
    if (UUID.test(id) || /^[0-9a-f]{32}$/i.test(id)) return;
    warn(
      scope,
      "ProjectIdUnusual",
      `${what} is ${shown(id)}: is this a name? Glance takes ids only (openstack project show NAME)`,
    );
  });
}

/** A size or an amount: a whole number, at least the least. */
export function checkAmount(scope: IConstruct, what: string, value: number | undefined, least: number): void {
  ifKnown(value, (amount) => {
    if (Number.isInteger(amount) && amount >= least) return;
    throw new InvalidInput(
      "AmountNotWhole",
      scope,
      `${what} must be a whole number, ${least} or more, got ${shown(amount)}; write it as a number, rounded up`,
    );
  });
}

/** A name. */
export function checkName(scope: IConstruct, what: string, value: string | undefined): void {
  ifKnown(value, (name) => {
    if (name.trim() !== "") return;
    throw new InvalidInput(
      "NameEmpty",
      scope,
      `${what} must have a character that is no space, got ${shown(name)}; give it one, or leave it out`,
    );
  });
}

/** An address of IPv4. */
export function checkIpV4(scope: IConstruct, what: string, value: string | undefined): void {
  ifKnown(value, (address) => {
    if (isIPv4(address)) return;
    throw new InvalidInput(
      "NotAnIpV4",
      scope,
      `${what} must be an IPv4 address, got ${shown(address)}; four numbers with dots between`,
    );
  });
}

/** The keys of a map. The provider's SDK counts entries under "%", and JavaScript has its own use for "__proto__". */
export function checkKeys(scope: IConstruct, what: string, map: { [key: string]: string } | undefined): void {
  ifKnown(map, (entries) => {
    const lost = ["%", "__proto__"].find((key) => Object.keys(entries).includes(key));
    if (lost === undefined) return;
    throw new InvalidInput(
      "KeyLost",
      scope,
      `${what} must not have the key ${shown(lost)}, which is lost on its way; give it another`,
    );
  });
}

/** A choice that shapes the Terraform, and so cannot be left to it. */
export function checkChoice(
  scope: IConstruct,
  what: string,
  value: string | undefined,
  choices: { [name: string]: string },
): void {
  const names = Object.values(choices);
  if (value === undefined || names.includes(value)) return;
  throw new InvalidInput(
    "ChoiceUnknown",
    scope,
    `${what} must be known at synth and one of ${names.join(", ")}, got ${shown(value)}; use one of these`,
  );
}

/** A secret never stands in the synthesized file: it is a variable that Terraform hides. */
export function checkSecret(scope: IConstruct, what: string, value: TerraformVariable | undefined): void {
  if (value === undefined) return;
  if (isVariable(value) && value.sensitive === true) {
    if (value.default === undefined) return;
    throw new InvalidInput(
      "SecretWithDefault",
      scope,
      `${what} must be a TerraformVariable without a default, which would stand in the synthesized file, got ${value.node.path} with one; ` +
        "leave 'default' out, and give the value by the environment (TF_VAR_...)",
    );
  }
  throw new InvalidInput(
    "SecretNotSensitive",
    scope,
    `${what} must be a TerraformVariable with sensitive: true, got ${isVariable(value) ? "one without" : "something else"}; pass the variable itself: ` +
      `new TerraformVariable(stack, "Password", { type: "string", sensitive: true })`,
  );
}

// by shape, as cdktf has no test of its own: only a variable has both
function isVariable(value: unknown): value is TerraformVariable {
  return typeof value === "object" && value !== null && "stringValue" in value && "addValidation" in value;
}

/** A warning that does not stop the synth. */
export function warn(scope: IConstruct, code: string, message: string): void {
  Annotations.of(scope).addWarning(`${code}: ${message}`);
}
