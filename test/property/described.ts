/**
 * An app as data: what fast-check makes, prints and shrinks. `evaluate` turns it into constructs, the same ones every time.
 *
 * ```ts
 * const source = new Call("ImageSource.fromUrl", ["https://images.test/a.qcow2"]);
 * evaluate(new Make("Image", [{ source, tags: ["a"] }]), env); // new Image(stack, "C0...", { source, tags })
 * ```
 */
import { NetworkingNetworkV2 } from "@cdktf/provider-openstack/lib/networking-network-v2";
import type { ITerraformDependable, TerraformProvider } from "cdktf";
import type { Construct } from "constructs";

/** What a description is evaluated in: a stack, and what was made before. */
export interface Env {
  /** Where the next construct goes. */
  readonly scope: Construct;
  /** An id that is not taken, with the text in it. */
  newId(text: string): string;
  /** A number that nothing else in the app has. */
  newNumber(): number;
  token(kind: TokenKind, origin: TokenOrigin): unknown;
  secret(): unknown;
  /** The nth provider of the stack; 0 is the one that has no alias, if there is one. */
  provider(nth: number): TerraformProvider | undefined;
  /** One of what was made, or something in its place where nothing was. */
  pick(pool: Pool, nth: number): unknown;
  /** Makes a child. What depends on its parent waits for it too, so it may be given only what was made before the parent. */
  inside<T>(parent: unknown, make: () => T): T;
  /** Keeps what was made, for what is made later. */
  keep(made: unknown): void;
  /** The construct or static of the library, such as `Image`, `ImageSource.fromUrl` or `DiskFormat.RAW`. */
  library(path: string): unknown;
  /** Notes what a call of the library was given. */
  note(path: string, args: readonly unknown[]): void;
}

export type TokenKind = "string" | "number" | "boolean" | "list" | "map";
export type TokenOrigin = "variable" | "attribute" | "other stack" | "image";
export type Pool =
  | "image"
  | "replaceable image"
  | "image for members"
  | "shared image of the stack"
  | "shared family of the stack"
  | "volume"
  | "server"
  | "server of the stack"
  | "member"
  | "construct";

export abstract class Described {
  abstract in(env: Env): unknown;
  abstract toString(): string;
}

/** A description in code, as a counterexample shows it. */
export function shown(value: unknown): string {
  if (value instanceof Described) return value.toString();
  if (Array.isArray(value)) return `[${value.map(shown).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "undefined";
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
  return `{ ${entries.map(([key, entry]) => `${JSON.stringify(key)}: ${shown(entry)}`).join(", ")} }`;
}

export function evaluate(value: unknown, env: Env): unknown {
  if (value instanceof Described) return value.in(env);
  if (Array.isArray(value)) return value.map((entry) => evaluate(entry, env)).filter((entry) => entry !== undefined);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, evaluate(entry, env)]));
}

/** A call of a static method. */
export class Call extends Described {
  constructor(
    readonly path: string,
    readonly args: readonly unknown[],
  ) {
    super();
  }

  in(env: Env): unknown {
    const args = this.args.map((arg) => evaluate(arg, env));
    env.note(this.path, args);
    return (env.library(this.path) as (...args: unknown[]) => unknown)(...args);
  }

  toString(): string {
    return `${this.path}(${this.args.map(shown).join(", ")})`;
  }
}

/** A static value. */
export class Static extends Described {
  constructor(readonly path: string) {
    super();
  }

  in(env: Env): unknown {
    env.note(this.path, []);
    return env.library(this.path);
  }

  toString(): string {
    return this.path;
  }
}

/** A construct, made by its class or by a static method that takes a scope and an id. */
export class Make extends Described {
  constructor(
    readonly path: string,
    readonly args: readonly unknown[],
    readonly idText = "",
  ) {
    super();
  }

  in(env: Env): unknown {
    const args = [env.scope, env.newId(this.idText), ...this.args.map((arg) => evaluate(arg, env))];
    env.note(this.path, args);
    const maker = env.library(this.path);
    const made = this.path.includes(".")
      ? (maker as (...args: unknown[]) => unknown)(...args)
      : new (maker as new (...args: unknown[]) => unknown)(...args);
    env.keep(made);
    return made;
  }

  toString(): string {
    const call = this.path.includes(".") ? this.path : `new ${this.path}`;
    return `${call}(scope, ${["id", ...this.args.map(shown)].join(", ")})`;
  }
}

/** A construct that makes several images; each is kept as a method gives it by its name. */
export class MakeImages extends Described {
  constructor(
    readonly make: Make,
    /** Such as `version`. */
    readonly method: string,
    readonly names: readonly unknown[],
  ) {
    super();
  }

  in(env: Env): unknown {
    const made = this.make.in(env) as Record<string, (name: unknown) => unknown>;
    for (const name of this.names) {
      env.note(`${this.make.path}.${this.method}`, [name]);
      env.keep(made[this.method](name));
    }
    return made;
  }

  toString(): string {
    return [this.make, ...this.names.map((name) => `${this.method}(${shown(name)})`)].join("; ");
  }
}

/** A construct, made by a method of another one. */
export class MakeIn extends Described {
  constructor(
    /** Such as `Image.addMember`. */
    readonly path: string,
    readonly parent: Ref,
    readonly args: readonly unknown[],
    readonly idText = "",
  ) {
    super();
  }

  in(env: Env): unknown {
    const parent = evaluate(this.parent, env) as Record<string, (...args: unknown[]) => unknown> | undefined;
    const method = this.path.split(".")[1];
    // nothing was made yet that has the method
    if (parent?.[method] === undefined) return undefined;
    const args = env.inside(parent, () => [env.newId(this.idText), ...this.args.map((arg) => evaluate(arg, env))]);
    env.note(this.path, args);
    const made = parent[method](...args);
    env.keep(made);
    return made;
  }

  toString(): string {
    return `${this.parent}.${this.path.split(".")[1]}(${["id", ...this.args.map(shown)].join(", ")})`;
  }
}

/** A resource of the provider's own class, which waits for some of what was made before. */
export class MakeRaw extends Described {
  constructor(readonly dependsOn: readonly Ref[]) {
    super();
  }

  in(env: Env): unknown {
    const dependsOn = evaluate(this.dependsOn, env) as ITerraformDependable[];
    const raw = new NetworkingNetworkV2(env.scope, env.newId(""), { provider: env.provider(0), dependsOn });
    env.keep(raw);
    return raw;
  }

  toString(): string {
    return `new NetworkingNetworkV2(scope, id, { "dependsOn": ${shown(this.dependsOn)} })`;
  }
}

/** One of what was made before. */
export class Ref extends Described {
  constructor(
    readonly pool: Pool,
    readonly nth: number,
  ) {
    super();
  }

  in(env: Env): unknown {
    return env.pick(this.pool, this.nth);
  }

  toString(): string {
    return `<${this.pool} ${this.nth}>`;
  }
}

/** A project's id that nothing else has. */
export class NewProject extends Described {
  constructor(readonly form: "hex" | "uuid" | "name") {
    super();
  }

  in(env: Env): unknown {
    const digits = env.newNumber().toString(16).padStart(32, "0");
    if (this.form === "hex") return digits;
    const uuid = digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-").toUpperCase();
    return this.form === "uuid" ? uuid : `federated ${digits}`;
  }

  toString(): string {
    return `<new project, ${this.form}>`;
  }
}

export class ProviderRef extends Described {
  constructor(
    readonly nth: number,
    /** Whether it must be one that has an alias. */
    readonly hasAlias = false,
  ) {
    super();
  }

  in(env: Env): unknown {
    return env.provider(this.nth) ?? (this.hasAlias ? env.provider(this.nth + 1) : undefined);
  }

  toString(): string {
    return `<provider ${this.nth}>`;
  }
}

/** A value that only Terraform knows, of a string with text around it. */
export class TokenOf extends Described {
  constructor(
    readonly kind: TokenKind,
    readonly origin: TokenOrigin,
    readonly before = "",
    readonly after = "",
  ) {
    super();
  }

  in(env: Env): unknown {
    const token = env.token(this.kind, this.origin);
    return this.before + this.after === "" ? token : `${this.before}${token}${this.after}`;
  }

  toString(): string {
    return [this.before, this.after]
      .map((text) => (text === "" ? "" : JSON.stringify(text)))
      .join(`<${this.kind} of ${this.origin}>`);
  }
}

/** A sensitive variable. */
export class Secret extends Described {
  in(env: Env): unknown {
    return env.secret();
  }

  toString(): string {
    return "<secret>";
  }
}
