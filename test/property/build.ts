import { NetworkingNetworkV2 } from "@cdktf/provider-openstack/lib/networking-network-v2";
import { OpenstackProvider, type OpenstackProviderConfig } from "@cdktf/provider-openstack/lib/provider";
import { type App, LocalBackend, type TerraformProvider, TerraformStack, TerraformVariable, Token } from "cdktf";
import * as library from "cdktf-openstack-images";
import { Construct } from "constructs";
import { type Described, type Env, evaluate, type Pool, shown, type TokenKind, type TokenOrigin } from "./described";
import type { Usage } from "./usage";

/** The aliases that a stack may have providers of. */
export const ALIASES = ["staging", "publisher"];

export class StackDescription {
  constructor(
    /** What is made, in this order. */
    readonly makes: readonly Described[],
    /** Whether the stack has a provider without alias. */
    readonly hasPlainProvider: boolean,
    /** Whether all lies in a construct of the user's own. */
    readonly isNested: boolean,
  ) {}

  toString(): string {
    const facts = [this.hasPlainProvider ? "" : "aliases only", this.isNested ? "nested" : ""]
      .filter(Boolean)
      .join(", ");
    return [`stack (${facts})`, ...this.makes.map((make) => `  ${shown(make)}`)].join("\n");
  }
}

export class AppDescription {
  constructor(readonly stacks: readonly StackDescription[]) {}

  toString(): string {
    return `\n${this.stacks.join("\n")}\n`;
  }
}

/** Makes the constructs of an app. */
export function build(
  app: App,
  description: AppDescription,
  usage: Usage,
  provider: OpenstackProviderConfig = {},
): void {
  const kept: Kept[] = [];
  description.stacks.forEach((stack, i) => {
    const env = new StackEnv(app, `stack${i}`, stack, kept, usage, provider);
    for (const make of stack.makes) evaluate(make, env);
  });
}

/** Something that was made, with what later constructs must know of it. */
interface Kept {
  readonly value: unknown;
  readonly stack: TerraformStack;
}

const UUID = "5f5c3c1e-52ab-4e0b-a0f3-8e1f7d6a9b21";

/** What stands for one where none was made yet. */
const IN_PLACE: Partial<Record<Pool, object>> = {
  image: { imageId: UUID },
  "replaceable image": { imageId: UUID },
  "image for members": { imageId: UUID },
  volume: { volumeId: UUID },
  server: { serverId: UUID },
};

function belongs(pool: Pool, value: unknown, isHere: boolean): boolean {
  const declared = library.Image.isImage(value) ? value : undefined;
  const isShared = declared?.visibility === library.ImageVisibility.SHARED;
  const known = typeof value === "object" && value !== null ? value : {};
  switch (pool) {
    case "image":
      return "imageId" in known;
    case "replaceable image":
      return declared
        ? declared.resource.imageIdInput === undefined
        : "imageId" in known && Construct.isConstruct(known);
    case "image for members":
      return declared ? isShared : "imageId" in known && Construct.isConstruct(known);
    case "shared image of the stack":
      return isShared && isHere;
    case "shared family of the stack":
      return (
        value instanceof library.ImageFamily && value.current.visibility === library.ImageVisibility.SHARED && isHere
      );
    case "volume":
      return "volumeId" in known;
    case "server":
      return "serverId" in known;
    case "server of the stack":
      return library.Server.isServer(value) && isHere;
    case "member":
      return library.ImageMember.isImageMember(value) && isHere;
    case "construct":
      return isHere && (value instanceof library.OpenstackConstruct || value instanceof NetworkingNetworkV2);
  }
}

class StackEnv implements Env {
  readonly scope: Construct;
  private readonly stack: TerraformStack;
  private readonly providers: (TerraformProvider | undefined)[];
  private readonly variables = new Map<string, TerraformVariable>();
  private ownRaw?: NetworkingNetworkV2;
  private ids = 0;
  /** Where what may be picked ends; undefined for all. */
  private end?: number;

  constructor(
    app: App,
    name: string,
    { hasPlainProvider, isNested }: StackDescription,
    private readonly kept: Kept[],
    private readonly usage: Usage,
    provider: OpenstackProviderConfig,
  ) {
    this.stack = new TerraformStack(app, name);
    new LocalBackend(this.stack, { path: `../../../terraform.${name}.tfstate` });
    if (hasPlainProvider) new OpenstackProvider(this.stack, "Openstack", provider);
    const aliased = ALIASES.map(
      (alias) => new OpenstackProvider(this.stack, `Openstack-${alias}`, { ...provider, alias }),
    );
    this.providers = hasPlainProvider ? [undefined, ...aliased] : aliased;
    this.scope = isNested ? new Construct(this.stack, "Part") : this.stack;
  }

  newId(text: string): string {
    return `C${this.ids++}_${text}`;
  }

  newNumber(): number {
    return this.kept.length * 1000 + this.ids++;
  }

  provider(nth: number): TerraformProvider | undefined {
    return this.providers[nth % this.providers.length];
  }

  secret(): TerraformVariable {
    return this.variable("string", true);
  }

  token(kind: TokenKind, origin: TokenOrigin): unknown {
    if (origin === "variable") return this.ofVariable(kind);
    const attribute = origin === "image" ? this.ofImage(kind) : undefined;
    return Token.isUnresolved(attribute) ? attribute : this.ofNetwork(kind, origin);
  }

  /** An attribute of an image, also of another stack's; a size may be known. */
  private ofImage(kind: TokenKind): unknown {
    const images = this.pickable().filter(({ value }) => "imageId" in (value as object));
    const image = images.at(-1)?.value as library.IImage | undefined;
    switch (kind) {
      case "string":
        return image?.imageChecksum;
      case "number":
        return image?.imageSizeBytes;
      case "map":
        return image?.imageProperties;
      default:
        return undefined;
    }
  }

  private ofVariable(kind: TokenKind): unknown {
    switch (kind) {
      case "string":
        return this.variable("string").stringValue;
      case "number":
        return this.variable("number").numberValue;
      case "boolean":
        return this.variable("bool").booleanValue;
      case "list":
        return this.variable("list(string)").listValue;
      case "map":
        return Token.asStringMap(this.variable("map(string)").value);
    }
  }

  private ofNetwork(kind: TokenKind, origin: TokenOrigin): unknown {
    const elsewhere = this.kept.find(
      ({ value, stack }) => value instanceof NetworkingNetworkV2 && stack !== this.stack,
    );
    const network = (origin === "other stack" && (elsewhere?.value as NetworkingNetworkV2)) || this.raw();
    switch (kind) {
      case "string":
        return network.id;
      case "number":
        return network.mtu;
      case "boolean":
        return network.shared;
      case "list":
        return network.allTags;
      case "map":
        return this.ofVariable(kind);
    }
  }

  private variable(type: string, sensitive = false): TerraformVariable {
    const id = sensitive ? "secret" : type.replace(/\W/g, "_");
    const known = this.variables.get(id) ?? new TerraformVariable(this.stack, id, { type, sensitive });
    this.variables.set(id, known);
    return known;
  }

  private raw(): NetworkingNetworkV2 {
    if (this.ownRaw === undefined) {
      this.ownRaw = new NetworkingNetworkV2(this.stack, "Raw", { provider: this.provider(0) });
      this.keep(this.ownRaw);
    }
    return this.ownRaw;
  }

  keep(value: unknown): void {
    this.kept.push({ value, stack: this.stack });
    const accepted = value instanceof library.ImageMember || value instanceof library.ImageMemberAcceptance;
    if (accepted) this.kept.push({ value: value.image, stack: this.stack });
    if (value instanceof library.ImageFamily) this.kept.push({ value: value.current, stack: this.stack });
  }

  pick(pool: Pool, nth: number): unknown {
    const candidates = this.pickable().filter(({ value, stack }) => belongs(pool, value, stack === this.stack));
    return candidates.length > 0 ? candidates[nth % candidates.length].value : IN_PLACE[pool];
  }

  private pickable(): Kept[] {
    return this.kept.slice(0, this.end);
  }

  inside<T>(parent: unknown, make: () => T): T {
    this.end = this.kept.findIndex(({ value }) => value === parent);
    try {
      return make();
    } finally {
      this.end = undefined;
    }
  }

  library(path: string): unknown {
    const [name, member] = path.split(".");
    const exported = (library as Record<string, unknown>)[name] as Record<string, unknown>;
    const value = member === undefined ? exported : exported[member];
    return typeof value === "function" && member !== undefined ? value.bind(exported) : value;
  }

  note(path: string, args: readonly unknown[]): void {
    this.usage.note(path, args);
  }
}
