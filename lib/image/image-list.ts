import { InvalidInput, shown } from "../core/errors";
import { ifKnown } from "../core/known";
import { literal } from "../core/literal";
import { dependencyAddresses, OpenstackConstruct } from "../core/openstack-construct";
import { type Construct, DataOpenstackImagesImageIdsV2 } from "../framework";
import { filterArguments, type ImageFilterOptions } from "./image-filter";

/** Which images to list. Every field given must match. */
export interface ImageListOptions extends ImageFilterOptions {
  /**
   * The order (`sort`): `created_at:desc` has the newest first; several keys with commas between.
   * @default "name:asc"
   */
  readonly sort?: string;
}

/** What both Glance and the provider take. */
const SORT = /^(name|status|container_format|disk_format|created_at|updated_at)(:(asc|desc))?$/;

/** The ids of all images that match, found at every plan. There may be none, and snapshots are among them. */
export class ImageList extends OpenstackConstruct {
  /** The data source behind it. */
  readonly resource: DataOpenstackImagesImageIdsV2;

  constructor(scope: Construct, id: string, options: ImageListOptions) {
    super(scope, id, options);
    ifKnown(options.sort, (sort) => {
      if (sort.split(",").every((key) => SORT.test(key))) return;
      throw new InvalidInput(
        "SortMalformed",
        this,
        `'sort' must be keys that Glance sorts by with :asc or :desc, got ${shown(sort)}; created_at:desc has the newest first`,
      );
    });
    this.resource = new DataOpenstackImagesImageIdsV2(this, "Default", {
      ...literal({ ...filterArguments(this, options), sort: options.sort }),
      provider: this.provider,
    });
    this.resource.dependsOn = dependencyAddresses(this, options.dependsOn);
  }

  /** The ids, known at plan. */
  get imageIds(): string[] {
    return this.resource.ids;
  }
}
