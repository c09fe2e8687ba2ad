/** What JSON holds. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** An object of other people's making: read it by `own`, since it may be called as what every object has. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** The value as an object; an empty one when it is none. */
export function objectIn(value: unknown): JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

/** The value as a list; an empty one when it is none. */
export function listIn(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

/** The value when it is a text. */
export function textIn(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** What an object has by a name, and not what every object has. */
export function own(object: JsonObject, key: string): Json | undefined {
  return Object.getOwnPropertyDescriptor(object, key)?.value;
}

/** Whether two values mean the same, whatever the order of their keys. */
export function isSameJson(one: Json | undefined, other: Json | undefined): boolean {
  return canonical(one) === canonical(other);
}

/** A text that is equal for values that mean the same. */
export function canonical(value: Json | undefined): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "absent";
  const object = value as JsonObject;
  const keys = Object.keys(object).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(own(object, key))}`).join(",")}}`;
}
