import { addressOf } from "../core/address";
import { checkAmount, checkUuid } from "../core/checks";
import { InvalidInput } from "../core/errors";
import { hcl, source } from "../core/hcl";
import { isKnown } from "../core/known";
import { lifecycleOf } from "../core/lifecycle";
import { literal } from "../core/literal";
import { message } from "../core/message";
import { dependencyAddresses, OpenstackConstruct } from "../core/openstack-construct";
import type { Assertion } from "../core/stack-blocks";
import { Construct, DataOpenstackImagesImageV2, type IResolvable } from "../framework";
import { filterArguments, type ImageFilterOptions } from "./image-filter";
import type { IImage } from "./image-ref";

/** Which image to look up. Every field given must match; one that the provider does not look at, the plan does. */
export interface ImageLookupOptions extends ImageFilterOptions {
  /**
   * Takes the newest when several match (`most_recent`): another image may be found at every plan.
   * @default false
   */
  readonly mostRecent?: boolean | IResolvable;

  /**
   * Least size of the stored bytes (`size_min`). Provider 3.4.0 does not send it: it chooses none of several images, but the plan fails
   * when the one found is smaller.
   * @default - any
   */
  readonly sizeMinBytes?: number;

  /**
   * Most size of the stored bytes (`size_max`). Provider 3.4.0 does not send it: it chooses none of several images, but the plan fails
   * when the one found is larger.
   * @default - any
   */
  readonly sizeMaxBytes?: number;

  /**
   * Lets a server's snapshot be found; snapshots inherit the properties of the image they were booted from.
   * @default false - the plan fails when the image found is a snapshot
   */
  readonly allowSnapshot?: boolean;
}

/** An image known by its id alone. */
export class ImageById extends Construct implements IImage {
  constructor(
    scope: Construct,
    id: string,
    readonly imageId: string,
  ) {
    super(scope, id);
    checkUuid(this, "the image's id", imageId);
  }
}

/** An image that a data source finds. */
export class ImageByLookup extends OpenstackConstruct implements IImage {
  /** The data source behind it. */
  readonly resource: DataOpenstackImagesImageV2;
  private readonly givenOwnerId?: string;

  constructor(scope: Construct, id: string, options: ImageLookupOptions) {
    super(scope, id, options);
    this.givenOwnerId = options.owner?.projectId;
    this.checkCriteria(options);
    checkAmount(this, "'sizeMinBytes'", options.sizeMinBytes, 0);
    checkAmount(this, "'sizeMaxBytes'", options.sizeMaxBytes, 1);
    const filter = filterArguments(this, options, options.mostRecent);
    this.resource = new DataOpenstackImagesImageV2(this, "Default", {
      ...literal({
        ...filter,
        sizeMin: options.sizeMinBytes,
        sizeMax: options.sizeMaxBytes,
        mostRecent: options.mostRecent,
      }),
      provider: this.provider,
      lifecycle: lifecycleOf({ postcondition: this.postconditions(options, filter.owner) }),
    });
    this.resource.dependsOn = dependencyAddresses(this, options.dependsOn);
  }

  get imageId(): string {
    return this.resource.id;
  }

  get imageName(): string | undefined {
    return this.resource.name;
  }

  get minDiskGb(): number | undefined {
    return this.resource.minDiskGb;
  }

  get minRamMb(): number | undefined {
    return this.resource.minRamMb;
  }

  get imageSizeBytes(): number | undefined {
    return this.resource.sizeBytes;
  }

  get imageChecksum(): string | undefined {
    return this.resource.checksum;
  }

  get imageOwnerId(): string | undefined {
    return isKnown(this.givenOwnerId) ? this.givenOwnerId : this.resource.owner;
  }

  get imageCreatedAt(): string | undefined {
    return this.resource.createdAt;
  }

  get imageProperties(): { [key: string]: string } | undefined {
    return this.resource.properties;
  }

  private checkCriteria({ imageName, nameRegex, tags, properties }: ImageLookupOptions): void {
    const criteria = [
      imageName,
      nameRegex,
      isKnown(tags) ? tags[0] : tags,
      isKnown(properties) ? valuesOf(properties)[0] : properties,
    ];
    if (criteria.some((criterion) => criterion !== undefined)) return;
    throw new InvalidInput(
      "LookupWithoutCriterion",
      this,
      "'imageName', 'nameRegex', 'tags' or 'properties' must be given, got none: the lookup would take whatever image is the only one",
    );
  }

  private postconditions(options: ImageLookupOptions, owner: string | undefined): Assertion[] {
    // Terraform works the message out even when the condition holds, and an image need not have a name
    const found = hcl`try(format("%s (%s)", self.name, self.id), self.id)`;
    const address = () => addressOf(this.resource);
    const conditions: Assertion[] = [];
    if (options.properties !== undefined) {
      const wrong = hcl`[for k, v in ${options.properties} : k if try(self.properties[k], "") != v]`;
      conditions.push({
        condition: hcl`length(${wrong}) == 0`,
        errorMessage: message`LookupPropertiesDiffer: ${address} found ${found}, which has not the value asked for of ${hcl`join(", ", ${wrong})`}; name the right image, or drop the property.`,
      });
    }
    if (owner !== undefined) {
      conditions.push({
        condition: hcl`self.owner == ${owner}`,
        errorMessage: message`LookupOwnerDiffers: ${address} asks for an image of project ${owner}, but the one found, ${found}, belongs to ${hcl`self.owner`}.`,
      });
    }
    const bounds: [string, string, number | undefined][] = [
      ["least", ">=", options.sizeMinBytes],
      ["most", "<=", options.sizeMaxBytes],
    ];
    for (const [bound, holds, bytes] of bounds) {
      if (bytes === undefined) continue;
      conditions.push({
        condition: hcl`self.size_bytes ${source(holds)} ${bytes}`,
        errorMessage: message`LookupSizeDiffers: ${address} asks for an image of at ${bound} ${bytes} bytes, but the one found, ${found}, has ${hcl`self.size_bytes`}.`,
      });
    }
    if (!options.allowSnapshot) {
      conditions.push({
        condition: hcl`try(self.properties["image_type"], "") != "snapshot"`,
        errorMessage: message`LookupFoundSnapshot: ${address} found ${found}, the snapshot of a server; name the image itself, or give allowSnapshot: true.`,
      });
    }
    return conditions;
  }
}

function valuesOf(map: { [key: string]: string }): string[] {
  return Object.values(map).filter((value) => value !== undefined);
}
