import { warn } from "../core/checks";
import { shown } from "../core/errors";
import { isKnown } from "../core/known";
import type { OpenstackConstruct } from "../core/openstack-construct";
import { declaredImage } from "../image/declared-image";
import type { IImageRef } from "../image/image-ref";

/** Tells of an image that is published in another region. Regions may share a Glance, so it need not be wrong. */
export function warnOfOtherRegion(scope: OpenstackConstruct, image: IImageRef): void {
  const declared = declaredImage(image)?.construct;
  if (!declared || !isKnown(scope.region) || !isKnown(declared.region) || scope.region === declared.region) return;
  warn(
    scope,
    "ImageInOtherRegion",
    `it is in the region ${shown(scope.region)}, and ${declared.node.path} in ${shown(declared.region)}: unless they share a Glance, the ` +
      "apply finds no such image; publish it in both with RegionalImage, and take inRegion(...)",
  );
}
