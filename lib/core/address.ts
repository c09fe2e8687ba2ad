import {
  type IConstruct,
  TerraformDataSource,
  TerraformElement,
  TerraformProvider,
  TerraformResource,
  TerraformStack,
} from "../framework";

/**
 * What is wrong with the addresses of a stack. cdktf drops characters of ids, so that two constructs can come out as one resource
 * without a word, and an id that starts with a digit as a name that Terraform refuses.
 */
export function addressProblems(stack: TerraformStack): string[] {
  const problems: string[] = [];
  const taken = new Map<string, IConstruct>();
  for (const element of elementsOf(stack)) {
    const name = element.friendlyUniqueId;
    const address = addressOf(element);
    if (!/^[A-Za-z_][\w-]*$/.test(name)) {
      problems.push(
        `AddressNotLegal: ${element.node.path} renders as ${address}, and a name in Terraform starts with a letter; ` +
          `begin the construct's id with one`,
      );
    }
    const earlier = taken.get(address);
    if (earlier !== undefined) {
      problems.push(
        `AddressTaken: ${element.node.path} and ${earlier.node.path} both render as ${address} (cdktf keeps only letters, digits, "_" and "-" of an id), ` +
          "so one would silently overwrite the other; give one of them another id",
      );
    }
    taken.set(address, element);
  }
  return problems;
}

/**
 * Blocks that ask for the stack's provider without alias where every one has an alias. Terraform then makes one up from the environment,
 * which may well be another cloud.
 */
export function providerProblems(stack: TerraformStack): string[] {
  const providers = providersOf(stack);
  const plain = new Set(providers.filter(({ alias }) => alias === undefined).map((one) => one.terraformResourceType));
  const aliased = providers.filter(({ terraformResourceType }) => !plain.has(terraformResourceType));
  if (aliased.length === 0) return [];
  return elementsOf(stack).flatMap((element) => {
    const type = element.terraformGeneratorMetadata?.providerName;
    const aliases = aliased.filter((one) => one.terraformResourceType === type).map(({ alias }) => alias);
    const { rawOverrides } = element as unknown as { rawOverrides?: { provider?: unknown } };
    if (element.provider || rawOverrides?.provider || aliases.length === 0) return [];
    return [
      `ProviderMissing: ${element.node.path} has no 'provider', and every ${type} provider of the stack has an alias ` +
        `(${aliases.join(", ")}), so Terraform would take one from the environment; give it one of them, or the stack a provider without alias`,
    ];
  });
}

function providersOf(root: IConstruct): TerraformProvider[] {
  if (TerraformProvider.isTerraformProvider(root)) return [root];
  return root.node.children.filter((child) => !TerraformStack.isStack(child)).flatMap(providersOf);
}

/** The address of a resource or data source in its stack. */
export function addressOf(element: TerraformResource | TerraformDataSource): string {
  const kind = TerraformDataSource.isTerraformDataSource(element) ? "data." : "";
  return `${kind}${element.terraformResourceType}.${element.friendlyUniqueId}`;
}

/** The resources and data sources of a subtree, without those of stacks inside it. */
export function elementsOf(root: IConstruct, into: (TerraformResource | TerraformDataSource)[] = []) {
  if (isBlock(root)) into.push(root);
  for (const child of root.node.children) {
    if (!TerraformStack.isStack(child)) elementsOf(child, into);
  }
  return into;
}

function isBlock(construct: IConstruct): construct is TerraformResource | TerraformDataSource {
  return (
    TerraformElement.isTerraformElement(construct) &&
    (TerraformResource.isTerraformResource(construct) || TerraformDataSource.isTerraformDataSource(construct))
  );
}
