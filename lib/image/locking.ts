import { LOCKING } from "../content/image-request";
import type { IConstruct } from "../framework";

/** Whether `openstack-images lock` asks for the sources, so that what it will say is not known yet. */
export function isLocking(scope: IConstruct): boolean {
  return scope.node.tryGetContext(LOCKING) === true;
}
