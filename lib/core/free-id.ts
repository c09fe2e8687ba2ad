import type { IConstruct } from "../framework";

/** The id, or one like it that no child of the scope has: nobody knows that a name is ours until it is taken. */
export function freeId(scope: IConstruct, id: string): string {
  return scope.node.tryFindChild(id) ? freeId(scope, `${id}-`) : id;
}
