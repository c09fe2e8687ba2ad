import {
  Construct,
  type IConstruct,
  type IResolveContext,
  type ITerraformDependable,
  type TerraformProvider,
  TerraformStack,
} from "../framework";
import { elementsOf } from "./address";
import { InvalidInput } from "./errors";
import { freeId } from "./free-id";
import { deferred, deferredList } from "./literal";
import { StackBlocks } from "./stack-blocks";
import { TerraformData } from "./terraform-data";

/** What every construct of the library takes. */
export interface OpenstackProps {
  /**
   * The provider configuration, thus the cloud and the project, that this is made with. Changing it to another cloud leaves the
   * old resource behind: Terraform looks for it in the new one.
   * @default - the parent's provider for children (a member, an attachment); the stack's provider without alias otherwise
   */
  readonly provider?: TerraformProvider;

  /**
   * The region (`region`). Changing it replaces; dropping it does nothing.
   * @default - the parent's region for children; the provider's otherwise
   */
  readonly region?: string;

  /**
   * What must exist before this. A construct of this library stands for all that it holds: an image for its members too.
   * @default - only what the other props refer to
   */
  readonly dependsOn?: ITerraformDependable[];
}

const SYMBOL = Symbol.for("cdktf-openstack-images/OpenstackConstruct");
const GATES = new WeakSet<IConstruct>();

/**
 * A construct of the library: with a provider and region of its own, and in `dependsOn` lists standing for all that it holds.
 */
export abstract class OpenstackConstruct extends Construct implements ITerraformDependable {
  /** The provider configuration given or inherited; none means the stack's provider without alias. */
  public readonly provider?: TerraformProvider;

  /** The region given or inherited; none means the provider's. */
  public readonly region?: string;

  private gate?: TerraformData;

  constructor(scope: Construct, id: string, props: OpenstackProps) {
    super(scope, id);
    this.provider = ownProvider(this, props.provider);
    this.region = props.region;
    StackBlocks.of(this);
  }

  /**
   * What a raw resource's `dependsOn` takes: the address of the one resource in here, or of a `terraform_data` that waits for all
   * of them.
   */
  public get fqn(): string {
    return deferred((context) => {
      const elements = heldBy(this);
      if (elements.length === 1 && elements[0]) return elements[0].fqn;
      if (!this.gate && !context.preparing) {
        throw new InvalidInput(
          "DependencyTooLate",
          this,
          "a raw resource's 'dependsOn' must name this before the synth begins, got it from an aspect; set it where the resource is made",
        );
      }
      this.gate ??= this.newGate();
      return this.gate.fqn;
    });
  }

  private newGate(): TerraformData {
    const gate = new TerraformData(this, freeId(this, "DependencyGate"));
    GATES.add(gate);
    gate.dependsOn = deferredList((context) => addresses(context, heldBy(this)));
    return gate;
  }
}

Object.defineProperty(OpenstackConstruct.prototype, SYMBOL, { value: true });

/** The props with the parent's provider and region where none is given; a parent in another stack has nothing to give. */
export function inheriting<T extends OpenstackProps>(scope: IConstruct, props: T, parent?: OpenstackParent): T {
  if (!parent || TerraformStack.of(parent) !== TerraformStack.of(scope)) return props;
  return { ...props, provider: props.provider ?? parent.provider, region: props.region ?? parent.region };
}

/** What a child takes its provider and region from. */
export interface OpenstackParent extends IConstruct {
  readonly provider?: TerraformProvider;
  readonly region?: string;
}

/** The addresses behind a `dependsOn` prop, for an L1; undefined when there are none. */
export function dependencyAddresses(scope: IConstruct, dependsOn?: ITerraformDependable[]): string[] | undefined {
  if (!dependsOn || dependsOn.length === 0) return undefined;
  for (const dependency of dependsOn) {
    if (Construct.isConstruct(dependency) && TerraformStack.of(dependency) !== TerraformStack.of(scope)) {
      throw new InvalidInput(
        "DependencyInOtherStack",
        scope,
        `'dependsOn' cannot reach into another stack, got ${(dependency as IConstruct).node.path}; ` +
          "use stack.addDependency(otherStack)",
      );
    }
  }
  const dependencies = [...dependsOn];
  return deferredList((context) =>
    addresses(
      context,
      dependencies.flatMap((dependency) => behind(dependency, scope)),
    ),
  );
}

/** `depends_on` takes addresses, not templates. */
function addresses(context: IResolveContext, dependables: ITerraformDependable[]): string[] {
  const bare = dependables.map(({ fqn }) => String(context.resolve(fqn)).replace(/^\$\{(.*)\}$/, "$1"));
  return [...new Set(bare)];
}

/** What a dependency stands for. What lies inside of it waits for its own resources only: its siblings may do the same. */
function behind(dependency: ITerraformDependable, scope: IConstruct): ITerraformDependable[] {
  if (!isOpenstackConstruct(dependency)) return [dependency];
  const elements = heldBy(dependency);
  return scope.node.scopes.includes(dependency)
    ? elements.filter((element) => element.node.scopes.filter(isOpenstackConstruct).at(-1) === dependency)
    : elements;
}

function heldBy(construct: OpenstackConstruct) {
  return elementsOf(construct).filter((element) => !GATES.has(element));
}

/** Whether it is a construct of this library; by symbol, so that two copies of the library know each other's. */
export function isOpenstackConstruct(x: unknown): x is OpenstackConstruct {
  return typeof x === "object" && x !== null && SYMBOL in x;
}

function ownProvider(scope: IConstruct, provider?: TerraformProvider): TerraformProvider | undefined {
  if (provider && TerraformStack.of(provider) !== TerraformStack.of(scope)) {
    throw new InvalidInput(
      "ProviderOfOtherStack",
      scope,
      `'provider' must belong to stack ${TerraformStack.of(scope).node.path}, got ${provider.node.path}; ` +
        "make an OpenstackProvider in this stack, with the same settings and alias",
    );
  }
  return provider;
}
