const PROSE = new Set(["deprecation_message", "description", "description_kind"]);
const KINDS = { resource_schemas: "", data_source_schemas: "data." };

/** The given schema is not one that can be used. */
class SchemaError extends Error {}

/**
 * What the bindings are made of, out of `terraform providers schema -json`: no prose, and none of the sections that only
 * some versions of Terraform write. Keys are sorted, so that a refresh shows as a diff what has changed.
 */
function factsOf(raw, address) {
  const provider = raw.provider_schemas?.[address];
  if (provider?.provider === undefined || provider.resource_schemas === undefined) {
    const held = Object.keys(raw.provider_schemas ?? {}).join(", ") || "nothing";
    throw new SchemaError(`the schema does not hold ${address}; it holds ${held}`);
  }
  const { provider: configuration, resource_schemas, data_source_schemas } = provider;
  return sorted({
    format_version: raw.format_version,
    provider_schemas: { [address]: { provider: configuration, resource_schemas, data_source_schemas } },
  });
}

function sorted(value, key) {
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    // The elements of a type are in order, and what it names "description" is an attribute.
    return key === "type" ? sortedType(value) : value;
  }
  const entries = Object.keys(value)
    .filter((name) => !(PROSE.has(name) && typeof value[name] !== "object"))
    .sort()
    .map((name) => [name, sorted(value[name], name)]);
  return Object.fromEntries(entries);
}

function sortedType(type) {
  if (Array.isArray(type)) {
    return type.map(sortedType);
  }
  if (typeof type === "object") {
    return Object.fromEntries(
      Object.keys(type)
        .sort()
        .map((name) => [name, sortedType(type[name])]),
    );
  }
  return type;
}

function format(facts) {
  return `${JSON.stringify(facts, null, 1)}\n`;
}

/** Every resource (`openstack_x`), data source (`data.openstack_x`) and the provider, each with its attribute paths. */
function inventoryOf(facts) {
  const [provider] = Object.values(facts.provider_schemas);
  const inventory = new Map([["provider", new Set(blockPaths(provider.provider.block))]]);
  for (const [kind, prefix] of Object.entries(KINDS)) {
    for (const [type, schema] of Object.entries(provider[kind] ?? {})) {
      inventory.set(`${prefix}${type}`, new Set(blockPaths(schema.block)));
    }
  }
  return inventory;
}

function blockPaths(block) {
  const attributes = Object.entries(block.attributes ?? {}).flatMap(([name, attribute]) => [
    name,
    ...typePaths(attribute.type).map((inner) => `${name}.${inner}`),
    ...(attribute.nested_type ? blockPaths(attribute.nested_type).map((inner) => `${name}.${inner}`) : []),
  ]);
  const blocks = Object.entries(block.block_types ?? {}).flatMap(([name, nested]) => [
    name,
    ...blockPaths(nested.block).map((inner) => `${name}.${inner}`),
  ]);
  return [...attributes, ...blocks];
}

function typePaths(type) {
  if (!Array.isArray(type)) {
    return [];
  }
  const [kind, inner] = type;
  if (kind !== "object") {
    return typePaths(inner);
  }
  return Object.entries(inner).flatMap(([name, field]) => [name, ...typePaths(field).map((path) => `${name}.${path}`)]);
}

/** What is in one schema and not in another. Attributes are compared where both have the resource. */
function compare(before, after) {
  const [old, now] = [inventoryOf(before), inventoryOf(after)];
  const missing = (from, to) => [...from.keys()].filter((name) => !to.has(name)).sort();
  const attributesGone = [...old]
    .filter(([name]) => now.has(name))
    .flatMap(([name, paths]) =>
      [...paths].filter((path) => !now.get(name).has(path)).map((path) => `${name}: ${path}`),
    );
  return { added: missing(now, old), lost: missing(old, now), attributesGone };
}

module.exports = { SchemaError, compare, factsOf, format };
