import { type Json, type JsonObject, listIn, objectIn, own, textIn } from "./json";

/** The attributes of a resource: each a value, unknown until the apply, or absent. */
export class Attributes {
  /**
   * @param unknown has `true` where a value is not known
   */
  constructor(
    private readonly values: JsonObject,
    private readonly unknown: JsonObject = {},
  ) {}

  /** The value; undefined when it is unknown, absent or null. */
  get(name: string): Json | undefined {
    const value = own(this.values, name);
    return value === null || this.isUnknown(name) ? undefined : value;
  }

  text(name: string): string | undefined {
    return textIn(this.get(name));
  }

  number(name: string): number | undefined {
    const value = this.get(name);
    return typeof value === "number" ? value : undefined;
  }

  flag(name: string): boolean | undefined {
    const value = this.get(name);
    return typeof value === "boolean" ? value : undefined;
  }

  list(name: string): readonly Json[] {
    return listIn(this.get(name));
  }

  /** The value as a map; what of it is unknown is left out. */
  map(name: string): JsonObject {
    const unknown = objectIn(own(this.unknown, name));
    const entries = Object.entries(objectIn(this.get(name))).filter(([key]) => own(unknown, key) !== true);
    return Object.fromEntries(entries);
  }

  /** The keys of a map whose values are not known. */
  unknownKeys(name: string): string[] {
    return Object.entries(objectIn(own(this.unknown, name))).flatMap(([key, mark]) => (mark === true ? key : []));
  }

  /** Whether the value, or a part of it, is not known. */
  isUnknown(name: string): boolean {
    return own(this.unknown, name) === true;
  }

  /** What of a value is not known, as Terraform marks it. */
  unknownIn(name: string): Json | undefined {
    return own(this.unknown, name);
  }

  get names(): string[] {
    return [...new Set([...Object.keys(this.values), ...Object.keys(this.unknown)])];
  }
}
