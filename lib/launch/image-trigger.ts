import { warn } from "../core/checks";
import { InvalidInput } from "../core/errors";
import type { OpenstackConstruct } from "../core/openstack-construct";
import { TerraformData } from "../core/terraform-data";
import { type IConstruct, TerraformStack } from "../framework";
import { declaredImage } from "../image/declared-image";
import type { IImageRef } from "../image/image-ref";
import { ImageChange } from "./image-change";

/** What a changed image is noticed by. It is there in every mode, so that changing the mode alone plans nothing. */
export function imageTrigger(scope: OpenstackConstruct, id: string, image: IImageRef): TerraformData {
  return new TerraformData(scope, id, image.imageId);
}

/** Nova alone can rebuild, and the provider asks it to only for a server on the flavor's disk. */
export function refuseRebuild(scope: IConstruct, what: string, mode: ImageChange): void {
  if (mode !== ImageChange.REBUILD) return;
  throw new InvalidInput(
    "RebuildOfVolume",
    scope,
    `'onImageChange' cannot be REBUILD for ${what}, which the provider cannot rebuild; use ImageChange.REPLACE or IGNORE`,
  );
}

/** A replaced image is deleted at the end of the apply, and with it what a server that stays was booted from. */
export function warnOfRotation(scope: IConstruct, image: IImageRef, mode: ImageChange): void {
  const declared = declaredImage(image);
  if (!declared?.isRotated) return;
  const elsewhere = TerraformStack.of(declared.construct) !== TerraformStack.of(scope);
  if (!elsewhere && mode !== ImageChange.IGNORE) return;
  warn(
    scope,
    "ImageDeletedInUse",
    `a new digest of ${declared.construct.node.path} deletes the image that this was made from, since this ` +
      `${elsewhere ? "is in another stack" : "ignores image changes"} and does not move in the same apply; leave that image as it is, and declare the ` +
      "new build as a version of an ImageFamily, where each is an image of its own",
  );
}
