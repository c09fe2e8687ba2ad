import type { OpenstackParent } from "../core/openstack-construct";
import type { IImageRef } from "./image-ref";
import type { ImageVisibility } from "./image-visibility";

/** What other constructs must know of an image that this app declares. */
export interface DeclaredImage {
  readonly construct: OpenstackParent;
  readonly visibility: ImageVisibility;
  /** Whether a new build comes as a changed digest, which replaces it; the versions of a family each stay what they are. */
  isRotated: boolean;
  /** How many members the app gives it. */
  memberCount: number;
}

const ORIGIN = Symbol.for("cdktf-openstack-images/DeclaredImage");

/** Marks an image, or a view of one, as declared in this app. */
export function markDeclared(ref: IImageRef, origin: DeclaredImage): void {
  Object.defineProperty(ref, ORIGIN, { value: origin });
}

/** The image that a reference leads to, when this app declares it. */
export function declaredImage(ref: IImageRef | undefined): DeclaredImage | undefined {
  return (ref as { [ORIGIN]?: DeclaredImage } | undefined)?.[ORIGIN];
}
