import { RETIRE_AFTER } from "../content/image-request";
import { addressOf } from "../core/address";
import { Attribute } from "../core/attribute";
import { checkAmount, checkChoice, checkName, checkUuid, warn } from "../core/checks";
import { isKnown } from "../core/known";
import { lifecycleOf } from "../core/lifecycle";
import { literal } from "../core/literal";
import { dependencyAddresses, OpenstackConstruct } from "../core/openstack-construct";
import { StackBlocks } from "../core/stack-blocks";
import { TerraformData } from "../core/terraform-data";
import { timeoutMinutes, timeoutsOf } from "../core/timeouts";
import { type Construct, ImagesImageV2, type TerraformResourceLifecycle, Token } from "../framework";
import { ContainerFormat } from "./container-format";
import { markDeclared } from "./declared-image";
import { digestIsCompared, digestMatches, osPropertiesAgree } from "./image-assertions";
import { type FormattedContent, imageContent } from "./image-content";
import { ImageList, type ImageListOptions } from "./image-list";
import { ImageById, ImageByLookup, type ImageLookupOptions } from "./image-lookup";
import { ImageMember, type ImageMemberOptions } from "./image-member";
import { type ImageProperties, imageProperties } from "./image-properties";
import type { ImageProps } from "./image-props";
import type { IImage } from "./image-ref";
import { checkImageTags } from "./image-tags";
import { ImageVisibility } from "./image-visibility";
import { lockRequest } from "./locked-image";
import { OsPropertyChange } from "./os-property-change";

/**
 * An image in Glance (`openstack_images_image_v2`): its bytes, its properties and who may see it.
 *
 * Replacements are made before the old image is destroyed.
 */
export class Image extends OpenstackConstruct implements IImage {
  /** Refers to an image by its UUID. Makes no call, and knows nothing else of the image. */
  static fromImageId(scope: Construct, id: string, imageId: string): IImage {
    return new ImageById(scope, id, imageId);
  }

  /**
   * Looks an image up, at every plan (data source `openstack_images_image_v2`). The plan fails when none or several match, or when
   * the one found is not what was asked for.
   */
  static fromLookup(scope: Construct, id: string, options: ImageLookupOptions): ImageByLookup {
    return new ImageByLookup(scope, id, options);
  }

  /** Looks the ids of all images up that match, at every plan (data source `openstack_images_image_ids_v2`); there may be none. */
  static listFromLookup(scope: Construct, id: string, options: ImageListOptions): ImageList {
    return new ImageList(scope, id, options);
  }

  /** Whether it is an image that an app declares. */
  static isImage(x: unknown): x is Image {
    return typeof x === "object" && x !== null && IMAGE in x;
  }

  /** The resource behind it. */
  readonly resource: ImagesImageV2;
  /** The name, always known here; jsii wants it as optional as it is in `IImage`. */
  readonly imageName?: string;
  /** Who may see it. */
  readonly visibility: ImageVisibility;
  /** Smallest root disk in GiB, when declared. */
  readonly minDiskGb?: number;
  /** Least memory in MiB, when declared. */
  readonly minRamMb?: number;
  private readonly knownSizeBytes?: number;
  private idToken?: string;
  private sizeToken?: number;

  constructor(scope: Construct, id: string, props: ImageProps) {
    super(scope, id, props);
    const name = props.imageName ?? id;
    this.imageName = name;
    this.visibility = props.visibility ?? ImageVisibility.PRIVATE;
    this.minRamMb = props.minRamMb;
    this.check(props);

    const hasFixedId = props.imageId !== undefined;
    const { diskFormat, containerFormat } = props;
    const content = imageContent(this, { source: props.source._given, diskFormat, containerFormat, hasFixedId });
    const properties = imageProperties(this, props);
    this.minDiskGb = props.minDiskGb ?? content.minDiskGb;
    this.knownSizeBytes = content.sizeBytes;

    this.resource = new ImagesImageV2(this, "Default", {
      ...literal({
        name,
        diskFormat: content.diskFormat.value,
        containerFormat: content.containerFormat.value,
        visibility: this.visibility,
        ...content.arguments,
        // the provider's default lies in the home directory, so that every other machine would plan a change
        imageCachePath: ".terraform/image_cache",
        minDiskGb: this.minDiskGb,
        minRamMb: props.minRamMb,
        protected: props.protected,
        hidden: props.hidden,
        tags: props.tags && [...props.tags],
        properties: properties.all,
        imageId: props.imageId,
        region: props.region,
        timeouts: timeoutsOf(this, { create: createMinutes(props, content) }),
      }),
      provider: this.provider,
      lifecycle: this.lifecycle(props, content, properties.os),
    });
    this.resource.dependsOn = dependencyAddresses(this, props.dependsOn);
    const request = lockRequest(this, props.source._given, {
      packed: containerFormat?.value === ContainerFormat.COMPRESSED.value || undefined,
      retireAfter: retirementOf(props),
    });
    if (request) this.resource.addOverride("//", request);
    this.addChecks(content, properties.os);
    const { visibility } = this;
    markDeclared(this, {
      construct: this,
      visibility,
      isRotated: content.isPinned || (content.isLocked && !hasFixedId),
      memberCount: 0,
    });
  }

  /** The UUID. */
  get imageId(): string {
    this.idToken ??= Token.asString(new Attribute(this.resource, "id", () => this.resource.id));
    return this.idToken;
  }

  /** Size of the stored bytes: that of the file where it is at hand, else what Glance reports. */
  get imageSizeBytes(): number | undefined {
    this.sizeToken ??=
      this.knownSizeBytes ?? Token.asNumber(new Attribute(this.resource, "size_bytes", () => this.resource.sizeBytes));
    return this.sizeToken;
  }

  /** MD5 of the stored bytes in hex; empty where the cloud computes none. */
  get imageChecksum(): string | undefined {
    return Token.asString(new Attribute(this.resource, "checksum", () => this.resource.checksum));
  }

  /** The id of the project that owns it. */
  get imageOwnerId(): string | undefined {
    return Token.asString(new Attribute(this.resource, "owner", () => this.resource.owner));
  }

  /** When it was made. */
  get imageCreatedAt(): string | undefined {
    return Token.asString(new Attribute(this.resource, "created_at", () => this.resource.createdAt));
  }

  /** All properties in Glance, Glance's own too. */
  get imageProperties(): { [key: string]: string } | undefined {
    return Token.asStringMap(new Attribute(this.resource, "properties", () => this.resource.properties));
  }

  /**
   * Gives another project access to this image, which must be shared. It has access at once; acceptance only puts the image into its
   * lists.
   */
  addMember(id: string, options: ImageMemberOptions): ImageMember {
    return new ImageMember(this, id, { ...options, image: this });
  }

  private check(props: ImageProps): void {
    checkName(this, "'imageName'", props.imageName ?? this.node.id);
    checkAmount(this, "'minDiskGb'", props.minDiskGb, 0);
    checkAmount(this, "'minRamMb'", props.minRamMb, 0);
    if (props.imageId !== undefined) checkUuid(this, "'imageId'", props.imageId);
    checkChoice(this, "'osPropertyChange'", props.osPropertyChange, OsPropertyChange);
    checkImageTags(this, props.tags);
    if (props.protected !== undefined && typeof props.protected !== "boolean") {
      warn(
        this,
        "ProtectedUnknown",
        "'protected' is only known at apply, so that a plan cannot refuse to destroy the image",
      );
    }
  }

  private lifecycle(
    props: ImageProps,
    content: FormattedContent,
    os: ImageProperties["os"],
  ): TerraformResourceLifecycle | undefined {
    const triggers: string[] = [];
    if (content.trigger) triggers.push(new TerraformData(this, "ContentTrigger", content.trigger).address);
    if (props.osPropertyChange === OsPropertyChange.REPLACE && os) {
      triggers.push(new TerraformData(this, "OsPropertyTrigger", literal(os)).address);
    }
    return lifecycleOf({
      createBeforeDestroy: true,
      preventDestroy: props.protected === true ? true : undefined,
      // the cloud says what it has made of it
      ignoreChanges: props.source._given.storedAs ? ["disk_format"] : undefined,
      replaceTriggeredBy: triggers,
      precondition: content.precondition && [content.precondition],
      postcondition:
        content.storedDigests.length > 0
          ? [
              digestMatches(this.address, content.storedDigests, {
                isDownloaded: content.isDownloaded,
                isProtected: props.protected === true,
                lockedAs: content.isLocked ? this.node.path : undefined,
                mayBeConverted: content.arguments.webDownload === true && !props.source._given.storedAs,
              }),
            ]
          : undefined,
    });
  }

  private addChecks(content: FormattedContent, os: ImageProperties["os"]): void {
    const assertions = [
      ...(content.storedDigests.length > 0 ? [digestIsCompared(this.address, content.storedDigests)] : []),
      ...(os ? osPropertiesAgree(this.address, os) : []),
    ];
    if (assertions.length > 0) StackBlocks.of(this).addCheck(() => this.resource.friendlyUniqueId, assertions);
  }

  private readonly address = () => addressOf(this.resource);
}

/** The day up to which it is kept. */
function retirementOf({ properties }: ImageProps): string | undefined {
  const day = isKnown(properties) ? properties[RETIRE_AFTER] : undefined;
  return isKnown(day) ? day : undefined;
}

/** The provider's 30 minutes, and more for a file that takes longer on a line of some 20 Mbit/s. */
function createMinutes({ createTimeoutMinutes }: ImageProps, { sizeBytes }: FormattedContent): number | undefined {
  return createTimeoutMinutes ?? timeoutMinutes({ minutes: 30, upToGib: 4, minutesPerGib: 4 }, sizeBytes);
}

const IMAGE = Symbol.for("cdktf-openstack-images/Image");

Object.defineProperty(Image.prototype, IMAGE, { value: true });
