import { Attributes } from "../rules/attributes";
import { type Json, type JsonObject, objectIn, own } from "../rules/json";

/** A value as it is rendered: what of it is known at synth, and marks as Terraform has them (`after_unknown`) for what is not. */
interface Reading {
  readonly known?: Json;
  readonly unknown?: Json;
}

/** Terraform's own, which are no arguments of a resource. */
const META = ["//", "connection", "count", "depends_on", "dynamic", "for_each", "lifecycle", "provider", "provisioner"];

/** The arguments of a block. */
export function argumentsOf(block: JsonObject): JsonObject {
  const dynamic = Object.entries(objectIn(own(block, "dynamic")));
  return Object.fromEntries([
    ...Object.entries(block).filter(([name]) => !META.includes(name)),
    // how many there will be, and of what, is an expression
    ...dynamic.map(([name, content]): [string, Json] => [name, `\${${JSON.stringify(content)}}`]),
  ]);
}

/** What is known of arguments, as rules read it: literals have the value that Terraform reads, expressions are unknown. */
export function attributesOf(args: JsonObject): Attributes {
  const { known, unknown } = read(args);
  return new Attributes(objectIn(known), objectIn(unknown));
}

function read(value: Json): Reading {
  if (typeof value === "string") return isTemplate(value) ? { unknown: true } : { known: literalIn(value) };
  if (Array.isArray(value)) {
    const readings = value.map(read);
    const unknown = readings.map((one) => one.unknown ?? false);
    return {
      known: readings.map(({ known = null }) => known),
      ...(unknown.some((mark) => mark !== false) && { unknown }),
    };
  }
  if (typeof value !== "object" || value === null) return { known: value };
  const entries = Object.entries(value).map(([key, entry]) => [key, read(entry)] as const);
  // which entries there will be nobody can say
  if (entries.some(([key]) => isTemplate(key))) return { unknown: true };
  const unknown = entries.flatMap(([key, one]) => (one.unknown === undefined ? [] : [[literalIn(key), one.unknown]]));
  return {
    known: Object.fromEntries(
      entries.flatMap(([key, { known }]) => (known === undefined ? [] : [[literalIn(key), known]])),
    ),
    ...(unknown.length > 0 && { unknown: Object.fromEntries(unknown) }),
  };
}

/** Whether Terraform has something to work out in a text. */
function isTemplate(text: string): boolean {
  return /[$%]\{/.test(text.replace(/\$\$\{|%%\{/g, ""));
}

/** A text without escapes, as Terraform reads it. */
function literalIn(text: string): string {
  return text.replace(/([$%])\1\{/g, "$1{");
}

/** The names that the expressions in a value begin with, in parts: `a.b[0].id` is a, b, id. */
export function namesIn(value: Json): readonly (readonly string[])[] {
  if (typeof value === "string") {
    if (!isTemplate(value)) return [];
    const names = value.match(/[A-Za-z_][\w-]*(?:\[[^\]]*\])?(?:\.(?:[\w-]+|\*)(?:\[[^\]]*\])?)+/g) ?? [];
    return names.map((name) => name.replace(/\[[^\]]*\]/g, "").split("."));
  }
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(namesIn);
  return Object.entries(value).flatMap(([key, entry]) => [...namesIn(key), ...namesIn(entry)]);
}
