import { type IConstruct, TerraformStack } from "../framework";
import { objectIn, own, textIn } from "../rules/json";

/** That somebody has seen a finding of a construct, and why it may be. */
export interface Acknowledgement {
  readonly construct: IConstruct;
  readonly rule: string;
  readonly reason: string;
}

const TYPE = "cdktf-openstack-images/acknowledged";

/** Keeps an acknowledgement in the construct's metadata. */
export function keep({ construct, rule, reason }: Acknowledgement): void {
  construct.node.addMetadata(TYPE, { rule, reason });
}

/** The acknowledgements of all constructs of a stack; a stack inside it has its own. */
export function keptIn(construct: IConstruct): readonly Acknowledgement[] {
  const here = construct.node.metadata.flatMap(({ type, data }): Acknowledgement[] => {
    const rule = textIn(own(objectIn(data), "rule"));
    const reason = textIn(own(objectIn(data), "reason"));
    return type === TYPE && rule !== undefined && reason !== undefined ? [{ construct, rule, reason }] : [];
  });
  const children = construct.node.children.filter((child) => !TerraformStack.isStack(child));
  return [...here, ...children.flatMap(keptIn)];
}
