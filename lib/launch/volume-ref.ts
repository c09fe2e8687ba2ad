import { InvalidInput, shown } from "../core/errors";
import { isKnown } from "../core/known";
import type { IConstruct } from "../framework";
import type { IImageRef } from "../image/image-ref";

/** A volume by its id. */
export interface IVolumeRef {
  /** The volume's UUID. */
  readonly volumeId: string;
}

/** A volume of which more than the id may be known. What is undefined is not known, and not checked. */
export interface IVolume extends IVolumeRef {
  /** The image that it was filled from; what boots from the volume needs the memory that the image asks for. */
  readonly sourceImage?: IImageRef;
  /** The region that it is in, where one was given. */
  readonly region?: string;
}

/** A region has no access to the volumes of another. Of a region that the provider alone knows, nothing can be said. */
export function checkSameRegion(scope: IConstruct, what: string, volume: IVolume, region: string | undefined): void {
  if (!isKnown(region) || !isKnown(volume.region) || region === volume.region) return;
  throw new InvalidInput(
    "VolumeInOtherRegion",
    scope,
    `${what} must be a volume in the same region, ${shown(region)}, got one in ${shown(volume.region)}; make both in one region`,
  );
}
