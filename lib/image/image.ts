import { addressOf } from "../core/address";
import { Attribute } from "../core/attribute";
import { checkAmount, checkChoice, checkName, checkUuid, warn } from "../core/checks";
import { lifecycleOf } from "../core/lifecycle";
import { literal } from "../core/literal";
import { dependencyAddresses, OpenstackConstruct, type OpenstackProps } from "../core/openstack-construct";
import { StackBlocks } from "../core/stack-blocks";
import { TerraformData } from "../core/terraform-data";
import { type Construct, ImagesImageV2, type IResolvable, type TerraformResourceLifecycle, Token } from "../framework";
import type { Architecture } from "../properties/architecture";
import type { OperatingSystem } from "../properties/operating-system";
import { ContainerFormat } from "./container-format";
import { markDeclared } from "./declared-image";
import type { DiskFormat } from "./disk-format";
import { digestIsCompared, digestMatches, osPropertiesAgree } from "./image-assertions";
import { type ImageContent, imageContent } from "./image-content";
import { ImageById, ImageByLookup, type ImageLookupOptions } from "./image-lookup";
import { ImageMember, type ImageMemberOptions } from "./image-member";
import { type ImageProperties, imageProperties } from "./image-properties";
import type { IImage, IImageRef } from "./image-ref";
import { ImageVisibility } from "./image-visibility";
import { OsPropertyChange } from "./os-property-change";
import { type ImageSource, ImageSourceKind } from "./source";

/** An image to make. */
export interface ImageProps extends OpenstackProps {
  /** Where the bytes come from. Another source replaces the image, but for the same URL by another way, which does nothing. */
  readonly source: ImageSource;

  /**
   * The name (`name`); Glance allows the same one twice. Changing it updates the image in place, and moves what looks it up by name.
   * @default - the construct's id
   */
  readonly imageName?: string;

  /**
   * What the bytes are (`disk_format`). Changing it replaces the image.
   * @default - by the ending of the URL or path: .qcow2, .raw, .iso, .vmdk, .vhd, .vhdx, .vdi; an error for another
   */
  readonly diskFormat?: DiskFormat;

  /**
   * What is around the disk (`container_format`). Changing it replaces the image.
   * @default ContainerFormat.BARE
   */
  readonly containerFormat?: ContainerFormat;

  /**
   * Who may see it (`visibility`). Changing it updates the image in place.
   * @default ImageVisibility.PRIVATE
   */
  readonly visibility?: ImageVisibility;

  /**
   * Smallest root disk that can boot this image, in GiB (`min_disk_gb`). Changing it updates the image in place.
   * @default - Glance stores 0 and Nova applies no minimum
   */
  readonly minDiskGb?: number;

  /**
   * Least memory that can boot this image, in MiB (`min_ram_mb`). Changing it updates the image in place.
   * @default - Glance stores 0 and Nova applies no minimum
   */
  readonly minRamMb?: number;

  /**
   * Forbids deleting, and thus replacing, the image: in Glance (`protected`), and at plan (`prevent_destroy`), before anything is
   * lost. Changing it updates the image in place. To replace a protected image takes two changes: unprotect, then change. One that
   * is only known at apply cannot set `prevent_destroy`.
   * @default false
   */
  readonly protected?: boolean | IResolvable;

  /**
   * Leaves the image out of the lists while it still boots by id (`hidden`). Changing it updates the image in place.
   * @default false
   */
  readonly hidden?: boolean | IResolvable;

  /**
   * Labels to find the image by (`tags`). Changing them updates the image in place.
   * @default - none
   */
  readonly tags?: string[];

  /**
   * The operating system inside, as the `os_*` properties. `osPropertyChange` says what changing it does.
   * @default - no `os_*` properties
   */
  readonly operatingSystem?: OperatingSystem;

  /**
   * The processor that it runs on (property `architecture`). Changing it updates the image in place.
   * @default - the property is not set, and Nova assumes any
   */
  readonly architecture?: Architecture;

  /**
   * The kernel to boot it with (property `kernel_id`). Changing it updates the image in place.
   * @default - the image holds its own
   */
  readonly kernelImage?: IImageRef;

  /**
   * The ramdisk to boot it with (property `ramdisk_id`). Changing it updates the image in place.
   * @default - the image holds its own
   */
  readonly ramdiskImage?: IImageRef;

  /**
   * Any other property of the image, by key (`properties`); over what the typed props give. Changing them updates the image in place,
   * but for `os_*` ones; removing the last of all properties does nothing. Keys that others set are removed, but for Glance's own.
   * @default - only those of the typed props
   */
  readonly properties?: { [key: string]: string };

  /**
   * What a changed `os_*` property does.
   * @default OsPropertyChange.KEEP
   */
  readonly osPropertyChange?: OsPropertyChange;

  /**
   * The UUID that Glance must give it (`image_id`). Changing it replaces the image. Any other change that replaces loses such an image:
   * the old one is destroyed, and Glance never gives an id twice. So set `protected` too.
   * @default - Glance chooses one
   */
  readonly imageId?: string;
}

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
  /** Whether Glance is told which UUID to use. */
  readonly hasFixedId: boolean;
  /** Whether a changed digest replaces it. */
  readonly isPinned: boolean;
  private readonly knownSizeBytes?: number;
  private idToken?: string;
  private sizeToken?: number;

  constructor(scope: Construct, id: string, props: ImageProps) {
    super(scope, id, props);
    const name = props.imageName ?? id;
    this.imageName = name;
    this.visibility = props.visibility ?? ImageVisibility.PRIVATE;
    this.minDiskGb = props.minDiskGb;
    this.minRamMb = props.minRamMb;
    this.hasFixedId = props.imageId !== undefined;
    this.check(props);

    const content = imageContent(this, props.source, props.diskFormat, this.hasFixedId);
    const properties = imageProperties(this, props, this.hasFixedId);
    this.isPinned = content.isPinned;
    this.knownSizeBytes = content.sizeBytes;

    this.resource = new ImagesImageV2(this, "Default", {
      ...literal({
        name,
        diskFormat: content.diskFormat.value,
        containerFormat: (props.containerFormat ?? ContainerFormat.BARE).value,
        visibility: this.visibility,
        ...content.arguments,
        // the provider's default lies in the home directory, so that every other machine would plan a change
        imageCachePath: ".terraform/image_cache",
        minDiskGb: props.minDiskGb,
        minRamMb: props.minRamMb,
        protected: props.protected,
        hidden: props.hidden,
        tags: props.tags && [...props.tags],
        properties: properties.all,
        imageId: props.imageId,
        region: props.region,
      }),
      provider: this.provider,
      lifecycle: this.lifecycle(props, content, properties.os),
    });
    this.resource.dependsOn = dependencyAddresses(this, props.dependsOn);
    this.addChecks(content, properties.os);
    markDeclared(this, this);
  }

  /** The UUID. */
  get imageId(): string {
    this.idToken ??= Token.asString(new Attribute(this.resource, "id", () => this.resource.id));
    return this.idToken;
  }

  /** Size of the stored bytes: that of the file where it is at hand, else what Glance reports. */
  get sizeBytes(): number | undefined {
    this.sizeToken ??=
      this.knownSizeBytes ?? Token.asNumber(new Attribute(this.resource, "size_bytes", () => this.resource.sizeBytes));
    return this.sizeToken;
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
    content: ImageContent,
    os: ImageProperties["os"],
  ): TerraformResourceLifecycle | undefined {
    const triggers: string[] = [];
    if (content.trigger) triggers.push(new TerraformData(this, "ContentTrigger", content.trigger).address);
    if (props.osPropertyChange === OsPropertyChange.REPLACE && os) {
      triggers.push(new TerraformData(this, "OsPropertyTrigger", literal(os)).address);
    }
    return lifecycleOf({
      createBeforeDestroy: this.hasFixedId ? undefined : true,
      preventDestroy: props.protected === true ? true : undefined,
      replaceTriggeredBy: triggers,
      precondition: content.precondition && [content.precondition],
      postcondition: content.storedDigest && [
        digestMatches(this.address, content.storedDigest, props.source.kind === ImageSourceKind.URL),
      ],
    });
  }

  private addChecks(content: ImageContent, os: ImageProperties["os"]): void {
    const assertions = [
      ...(content.storedDigest ? [digestIsCompared(this.address, content.storedDigest)] : []),
      ...(os ? osPropertiesAgree(this.address, os) : []),
    ];
    if (assertions.length > 0) StackBlocks.of(this).addCheck(() => this.resource.friendlyUniqueId, assertions);
  }

  private readonly address = () => addressOf(this.resource);
}

const IMAGE = Symbol.for("cdktf-openstack-images/Image");

Object.defineProperty(Image.prototype, IMAGE, { value: true });
