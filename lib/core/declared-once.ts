import type { IConstruct } from "../framework";

const DECLARED = Symbol.for("cdktf-openstack-images/DeclaredOnce");

/** Notes that a construct declares what may be declared once in an app; returns the path of the one that did so before. */
export function declareOnce(construct: IConstruct, key: string): string | undefined {
  const root: IConstruct & { [DECLARED]?: Map<string, string> } = construct.node.root;
  root[DECLARED] ??= new Map();
  const earlier = root[DECLARED].get(key);
  if (earlier === undefined) root[DECLARED].set(key, construct.node.path);
  return earlier;
}
