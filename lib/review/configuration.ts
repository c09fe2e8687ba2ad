import { Attributes } from "../rules/attributes";
import { type Json, type JsonObject, listIn, objectIn, own, textIn } from "../rules/json";

/** How deep modules are followed, and expressions through them: a plan that goes deeper is made to. */
const MAX_DEPTH = 32;

/** What an attribute's expression refers to. */
export interface Reference {
  readonly attribute: string;
  readonly to: Target;
}

/** A block of the same plan, without keys of instances, or an output of another one, by way of its state. */
export type Target = { readonly block: string } | { readonly output: string };

/** The code behind a plan: literals and references. Values that it holds may be secrets. */
export interface Configuration {
  /** Literals of a block's arguments; undefined when the code has no such block. */
  literals(block: string): Attributes | undefined;
  references(block: string): readonly Reference[];
  /** The blocks that an output of the whole refers to. */
  output(name: string): readonly string[];
  /** The OpenStack provider, as often as it is configured. */
  readonly providers: readonly { readonly key: string; readonly literals: Attributes }[];
  /** What all the code asks for of its version. */
  readonly providerConstraint?: string;
}

interface Module {
  readonly path: string;
  readonly content: JsonObject;
  /** The call's expressions, and the module that they are of. */
  readonly inputs: JsonObject;
  readonly parent?: Module;
}

export function configurationOf(configuration: Json | undefined): Configuration {
  const blocks = new Map<string, { readonly expressions: JsonObject; readonly module: Module }>();
  const walk = (module: Module, depth: number) => {
    if (depth > MAX_DEPTH) return;
    for (const resource of listIn(own(module.content, "resources")).map(objectIn)) {
      const address = textIn(own(resource, "address"));
      if (address !== undefined)
        blocks.set(module.path + address, { expressions: objectIn(own(resource, "expressions")), module });
    }
    for (const child of childrenOf(module)) walk(child, depth + 1);
  };
  const root: Module = { path: "", content: objectIn(own(objectIn(configuration), "root_module")), inputs: {} };
  walk(root, 0);
  const providers = Object.entries(objectIn(own(objectIn(configuration), "provider_config")))
    .map(([key, content]) => ({ key, content: objectIn(content) }))
    .filter(({ content }) => isOpenstack(content));
  const constraints = providers.flatMap(({ content }) => textIn(own(content, "version_constraint")) ?? []);
  return {
    providers: providers.map(({ key, content }) => ({
      key,
      literals: new Attributes(literalsOf(objectIn(own(content, "expressions")))),
    })),
    providerConstraint: constraints.length > 0 ? constraints.join(", ") : undefined,
    literals: (block) => {
      const found = blocks.get(block);
      return found && new Attributes(literalsOf(found.expressions));
    },
    references: (block) => {
      const found = blocks.get(block);
      if (!found) return [];
      return Object.entries(found.expressions).flatMap(([attribute, expression]) => {
        const all = namesIn(expression).flatMap((name) => targets(name, found.module, 0));
        return [...new Map(all.map((to) => [JSON.stringify(to), to])).values()].map((to) => ({ attribute, to }));
      });
    },
    output: (name) =>
      namesIn(outputOf(root, name)).flatMap((each) =>
        targets(each, root, 0).flatMap((to) => ("block" in to ? to.block : [])),
      ),
  };
}

function outputOf({ content }: Module, name: string): Json {
  return own(objectIn(own(objectIn(own(content, "outputs")), name)), "expression") ?? null;
}

/** The code may call it otherwise. */
function isOpenstack(provider: JsonObject): boolean {
  return own(provider, "name") === "openstack" || /\/openstack$/.test(textIn(own(provider, "full_name")) ?? "");
}

function childrenOf(module: Module): Module[] {
  return Object.entries(objectIn(own(module.content, "module_calls"))).map(([name, call]) => ({
    path: `${module.path}module.${name}.`,
    content: objectIn(own(objectIn(call), "module")),
    inputs: objectIn(own(objectIn(call), "expressions")),
    parent: module,
  }));
}

/** Arguments that are literals, with those of blocks in lists. */
function literalsOf(expressions: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(expressions).flatMap(([name, expression]) => {
      if (Array.isArray(expression)) return [[name, expression.map((block) => literalsOf(objectIn(block)))]];
      const literal = own(objectIn(expression), "constant_value");
      // of JSON that is code a template comes as a literal too, with what it refers to
      const isTemplate =
        listIn(own(objectIn(expression), "references")).length > 0 || /^\$\{.*\}$/s.test(String(literal));
      return literal === undefined || isTemplate ? [] : [[name, literal]];
    }),
  );
}

/** All names that an expression refers to, with those in its blocks. */
function namesIn(expression: Json): string[] {
  if (Array.isArray(expression)) return expression.flatMap(namesIn);
  const object = objectIn(expression);
  const references = own(object, "references");
  if (Array.isArray(references)) return references.flatMap((name) => textIn(name) ?? []);
  return Object.values(object).flatMap((each) => (typeof each === "object" && each !== null ? namesIn(each) : []));
}

/** What a name stands for, through inputs and outputs of modules. */
function targets(name: string, module: Module, depth: number): Target[] {
  if (depth > MAX_DEPTH) return [];
  const parts = name.replace(/\[[^\]]*\]/g, "").split(".");
  const [first = "", second = "", third = ""] = parts;
  if (first === "var") {
    const { parent } = module;
    if (!parent) return [];
    return namesIn(own(module.inputs, second) ?? null).flatMap((each) => targets(each, parent, depth + 1));
  }
  if (first === "module") {
    const child = childrenOf(module).find(({ path }) => path === `${module.path}module.${second}.`);
    if (!child || third === "") return [];
    return namesIn(outputOf(child, third)).flatMap((each) => targets(each, child, depth + 1));
  }
  if (first === "data") {
    if (third === "") return [];
    const output = parts[3] === "outputs" ? parts[4] : undefined;
    if (second === "terraform_remote_state" && output !== undefined) return [{ output }];
    return [{ block: `${module.path}data.${second}.${third}` }];
  }
  // no resources: the rest of what a name may begin with
  if (second === "" || ["local", "each", "count", "path", "terraform", "self"].includes(first)) return [];
  return [{ block: `${module.path}${first}.${second}` }];
}
