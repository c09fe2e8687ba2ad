import { addressOf } from "../core/address";
import { checkName, checkProjectId, checkUuid, warn } from "../core/checks";
import { InvalidInput } from "../core/errors";
import { hcl } from "../core/hcl";
import { isKnown } from "../core/known";
import { lifecycleOf } from "../core/lifecycle";
import { literal } from "../core/literal";
import { message } from "../core/message";
import { dependencyAddresses, OpenstackConstruct, type OpenstackProps } from "../core/openstack-construct";
import type { Assertion } from "../core/stack-blocks";
import {
  Construct,
  DataOpenstackIdentityAuthScopeV3,
  DataOpenstackImagesImageV2,
  type IResolvable,
} from "../framework";
import type { ImageOwner } from "./image-owner";
import type { IImage } from "./image-ref";
import { ImageVisibility } from "./image-visibility";

/** How far a project has come with an image that is shared with it. */
export enum ImageMemberStatus {
  /** The project took it into its lists. */
  ACCEPTED = "accepted",
  /** The project has not answered. */
  PENDING = "pending",
  /** The project does not want it in its lists. */
  REJECTED = "rejected",
  /** Any of them. */
  ALL = "all",
}

/** Which image to look up. Every field given must match. */
export interface ImageLookupOptions extends OpenstackProps {
  /**
   * The exact name (`name`).
   * @default - any, or `nameRegex`
   */
  readonly imageName?: string;

  /**
   * A regular expression that the name must match (`name_regex`).
   * @default - any, or `imageName`
   */
  readonly nameRegex?: string;

  /**
   * The visibility (`visibility`). Only PUBLIC needs no owner: any project can give its image the name of yours.
   * @default - any
   */
  readonly visibility?: ImageVisibility;

  /**
   * Whose image it must be (`owner`).
   * @default - with PUBLIC anybody's; else ImageOwner.CURRENT_PROJECT with a warning, and an error together with `mostRecent`,
   * COMMUNITY, SHARED or `memberStatus`
   */
  readonly owner?: ImageOwner;

  /**
   * How far this project has come with a shared image (`member_status`).
   * @default - Glance lists accepted ones
   */
  readonly memberStatus?: ImageMemberStatus;

  /**
   * Takes the newest when several match (`most_recent`): another image may be found at every plan.
   * @default false
   */
  readonly mostRecent?: boolean | IResolvable;

  /**
   * Labels that it must have (`tags`).
   * @default - any
   */
  readonly tags?: string[];

  /**
   * Properties that it must have (`properties`). The provider ignores them when one image matches all else; here the plan then fails.
   * @default - any
   */
  readonly properties?: { [key: string]: string };

  /**
   * Finds only hidden images (`hidden`).
   * @default false - finds only images that are not hidden
   */
  readonly hidden?: boolean | IResolvable;

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
  readonly resource: DataOpenstackImagesImageV2;

  constructor(scope: Construct, id: string, options: ImageLookupOptions) {
    super(scope, id, options);
    this.check(options);
    const owner = this.ownerId(options);
    this.resource = new DataOpenstackImagesImageV2(this, "Default", {
      ...literal({
        name: options.imageName,
        nameRegex: options.nameRegex,
        visibility: options.visibility,
        owner,
        memberStatus: options.memberStatus,
        mostRecent: options.mostRecent,
        tags: options.tags && [...options.tags],
        properties: options.properties && { ...options.properties },
        hidden: options.hidden,
        region: options.region,
      }),
      provider: this.provider,
      lifecycle: lifecycleOf({ postcondition: this.postconditions(options, owner) }),
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

  get sizeBytes(): number | undefined {
    return this.resource.sizeBytes;
  }

  private check(options: ImageLookupOptions): void {
    const { imageName, nameRegex, owner, visibility } = options;
    checkName(this, "'imageName'", imageName);
    checkName(this, "'nameRegex'", nameRegex);
    if (imageName !== undefined && nameRegex !== undefined) {
      throw new InvalidInput(
        "LookupTwoNames",
        this,
        `'imageName' and 'nameRegex' exclude each other, got both; leave one out`,
      );
    }
    const { tags, properties } = options;
    const criteria = [
      imageName,
      nameRegex,
      isKnown(tags) ? tags[0] : tags,
      isKnown(properties) ? valuesOf(properties)[0] : properties,
    ];
    if (criteria.every((criterion) => criterion === undefined)) {
      throw new InvalidInput(
        "LookupWithoutCriterion",
        this,
        "'imageName', 'nameRegex', 'tags' or 'properties' must be given, got none: the lookup would take whatever image is the only one",
      );
    }
    if (owner?.projectId !== undefined) checkProjectId(this, "the owner's project id", owner.projectId);
    if (owner || visibility === ImageVisibility.PUBLIC) return;
    const wayOut =
      "give visibility: ImageVisibility.PUBLIC, or owner: ImageOwner.fromProjectId(...) or ImageOwner.CURRENT_PROJECT";
    const risky = [
      options.mostRecent !== undefined && options.mostRecent !== false && "'mostRecent'",
      visibility === ImageVisibility.COMMUNITY && "visibility COMMUNITY",
      visibility === ImageVisibility.SHARED && "visibility SHARED",
      options.memberStatus !== undefined && "'memberStatus'",
    ].find((reason) => reason);
    if (risky) {
      throw new InvalidInput(
        "LookupWithoutOwner",
        this,
        `'owner' must be given with ${risky}, got none: any project can offer an image under the same name; ${wayOut}`,
      );
    }
    warn(this, "LookupWithoutOwner", `the lookup finds images of the provider's own project only; ${wayOut} to say so`);
  }

  private ownerId(options: ImageLookupOptions): string | undefined {
    if (options.owner?.projectId !== undefined) return options.owner.projectId;
    if (!options.owner && options.visibility === ImageVisibility.PUBLIC) return undefined;
    return new DataOpenstackIdentityAuthScopeV3(this, "Owner", {
      ...literal({ name: "current", region: options.region }),
      provider: this.provider,
    }).projectId;
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
