import type { Api } from "./api";

/** Which parts of the API were used, by name: `ImageProps.tags`, `ImageSource.fromUrl`, `Architecture.X86_64`. */
export class Usage {
  private readonly used = new Set<string>();

  constructor(private readonly api: Api) {}

  /** Notes a call with all that its arguments hold. */
  note(path: string, args: readonly unknown[]): void {
    const types = this.api.callables.get(path);
    if (types === undefined) throw new Error(`the API has no ${path}`);
    this.used.add(path);
    types.forEach((type, i) => {
      this.noteValue(type, args[i]);
    });
  }

  private noteValue(type: string, value: unknown): void {
    if (value === undefined) return;
    if (Array.isArray(value)) {
      for (const entry of value) this.noteValue(type, entry);
      return;
    }
    const member = this.api.enums.get(type)?.get(String(value));
    if (member !== undefined) this.used.add(`${type}.${member}`);
    for (const [prop, propType] of this.api.interfaces.get(type) ?? []) {
      const given = (value as Record<string, unknown>)[prop];
      if (given === undefined) continue;
      this.used.add(`${type}.${prop}`);
      this.noteValue(propType, given);
    }
  }

  /** What was never used of all that a call can be given. */
  missing(): string[] {
    const { callables, enums, interfaces } = this.api;
    const types = new Set([...callables.values()].flat());
    // a set yields what is added to it meanwhile
    for (const type of types) for (const propType of interfaces.get(type)?.values() ?? []) types.add(propType);
    const parts = [...types].flatMap((type) =>
      [...(interfaces.get(type)?.keys() ?? []), ...(enums.get(type)?.values() ?? [])].map((part) => `${type}.${part}`),
    );
    return [...callables.keys(), ...parts].filter((name) => !this.used.has(name)).sort();
  }
}
