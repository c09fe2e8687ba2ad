import { addressOf, elementsOf } from "../core/address";
import { type IConstruct, TerraformStack } from "../framework";
import { type JsonObject, listIn, objectIn, own, textIn } from "../rules/json";
import { Links } from "../rules/links";
import { type Policy, PROVIDER, type Subject, type World } from "../rules/subject";
import { argumentsOf, attributesOf, namesIn } from "./template";

/** How often an expression is followed through locals and outputs. */
const MAX_DEPTH = 16;

/** A resource or provider that a stack declares. */
export interface Declared extends Subject {
  /** What holds it: findings stand there. The stack, when only an override has it. */
  readonly construct: IConstruct;
  /** What the block says, as it is rendered. */
  readonly args: JsonObject;
}

/** What a stack declares: as a plan has it in which everything is new. */
export interface DeclaredStack {
  readonly stack: TerraformStack;
  /** By address. */
  readonly resources: ReadonlyMap<string, Declared>;
  readonly providers: readonly Declared[];
  readonly locals: JsonObject;
  readonly outputs: JsonObject;
  /** The stacks whose outputs are read, by the name of the data source that does so. */
  readonly origins: ReadonlyMap<string, TerraformStack>;
}

/** Reads what a stack is rendered as. */
export function declaredBy(stack: TerraformStack, rendered: unknown): DeclaredStack {
  const json = objectIn(rendered);
  const elements = new Map(elementsOf(stack).map((element) => [addressOf(element), element]));
  const constraint = constraintIn(json);
  const resources = Object.entries(objectIn(own(json, "resource"))).flatMap(([type, blocks]) =>
    Object.entries(objectIn(blocks)).flatMap(([name, content]): [string, Declared][] => {
      const block = objectIn(content);
      if (own(block, "count") === 0) return [];
      const address = `${type}.${name}`;
      const element = elements.get(address);
      const args = argumentsOf(block);
      const after = attributesOf(args);
      const lifecycle = objectIn(own(block, "lifecycle"));
      const declared: Declared = {
        construct: element ?? stack,
        args,
        address: element ? ownerOf(element).node.path : `${stack.node.path}: ${address}`,
        type,
        action: "create",
        after,
        configured: after,
        replacedBy: [],
        references: referencesIn(args),
        providerConstraint: constraint,
        isChecked: ["precondition", "postcondition"].some((key) => own(lifecycle, key) !== undefined),
      };
      return [[address, declared]];
    }),
  );
  return {
    stack,
    resources: new Map(resources),
    providers: providersIn(json, stack),
    locals: objectIn(own(json, "locals")),
    outputs: objectIn(own(json, "output")),
    origins: originsOf(stack),
  };
}

/** What people know a block by: a construct of ours for its `Default`, itself otherwise. */
export function ownerOf(construct: IConstruct): IConstruct {
  const { id, scope } = construct.node;
  return id === "Default" && scope && !TerraformStack.isStack(scope) ? scope : construct;
}

function referencesIn(args: JsonObject): NonNullable<Subject["references"]> {
  return Object.entries(args).flatMap(([attribute, value]) =>
    namesIn(value).flatMap(([first = "", second = "", third = ""]) => {
      if (first === "data") return third === "" ? [] : [{ attribute, to: `data.${second}.${third}` }];
      return second === "" ? [] : [{ attribute, to: `${first}.${second}` }];
    }),
  );
}

/** The version that the stack asks for of its OpenStack provider. */
function constraintIn(json: JsonObject): string | undefined {
  const required = objectIn(own(objectIn(own(json, "terraform")), "required_providers"));
  return textIn(own(objectIn(own(required, "openstack")), "version"));
}

function providersIn(json: JsonObject, stack: TerraformStack): Declared[] {
  const blocks = own(objectIn(own(json, "provider")), "openstack");
  return listIn(blocks).map((block) => {
    const args = objectIn(block);
    const alias = textIn(own(args, "alias"));
    return {
      construct: stack,
      args,
      address: `${stack.node.path}: provider.openstack${alias === undefined ? "" : `.${alias}`}`,
      type: PROVIDER,
      action: "declared",
      replacedBy: [],
      isChecked: false,
      configured: attributesOf(args),
    };
  });
}

/** cdktf's own data sources for references to other stacks. */
function originsOf(stack: TerraformStack): ReadonlyMap<string, TerraformStack> {
  return new Map(
    stack.dependencies.flatMap((other): [string, TerraformStack][] => {
      const id = `cross-stack-reference-input-${other.node.path}`.replace(/\//g, "--");
      const source = stack.node.tryFindChild(id) as { friendlyUniqueId?: string } | undefined;
      return source?.friendlyUniqueId === undefined ? [] : [[source.friendlyUniqueId, other]];
    }),
  );
}

/** Several stacks as rules see them, with what refers to what among them. */
export function worldOf(stacks: readonly DeclaredStack[], policy: Policy): World {
  const links = new Links();
  for (const here of stacks)
    for (const by of here.resources.values())
      for (const [attribute, value] of Object.entries(by.args))
        for (const name of namesIn(value))
          for (const to of targets(name, here, stacks, 0)) links.add(by, attribute, to);
  return {
    subjects: stacks.flatMap(({ resources, providers }) => [...resources.values(), ...providers]),
    drift: [],
    policy,
    usesOf: (subject) => links.usesOf(subject),
    usedBy: (subject, attribute) => links.usedBy(subject, attribute),
  };
}

/** The resources that a name stands for, through locals and outputs of other stacks. */
function targets(
  [first = "", second = "", third = "", fourth, fifth = ""]: readonly string[],
  here: DeclaredStack,
  stacks: readonly DeclaredStack[],
  depth: number,
): readonly Declared[] {
  if (depth > MAX_DEPTH) return [];
  const followed = (value: unknown, there: DeclaredStack) =>
    namesIn(value as JsonObject).flatMap((name) => targets(name, there, stacks, depth + 1));
  if (first === "local") return followed(own(here.locals, second) ?? null, here);
  if (first === "data") {
    if (second !== "terraform_remote_state" || fourth !== "outputs") return [];
    const origin = here.origins.get(third);
    return stacks
      .filter(({ stack }) => (origin ? stack === origin : stack !== here.stack))
      .flatMap((there) => followed(own(objectIn(own(there.outputs, fifth)), "value") ?? null, there));
  }
  const resource = here.resources.get(`${first}.${second}`);
  return resource ? [resource] : [];
}
