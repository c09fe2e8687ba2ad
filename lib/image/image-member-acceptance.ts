import { checkProjectId, checkUuid } from "../core/checks";
import { InvalidInput } from "../core/errors";
import { literal } from "../core/literal";
import { dependencyAddresses, OpenstackConstruct } from "../core/openstack-construct";
import {
  type Construct,
  ImagesImageAccessAcceptV2,
  type ITerraformDependable,
  type TerraformProvider,
} from "../framework";
import type { ImageMember } from "./image-member";
import type { IImage, IImageRef } from "./image-ref";
import { ImageVia } from "./image-via";

/** An acceptance to make. */
export interface ImageMemberAcceptanceProps {
  /** The shared image. Changing it replaces the acceptance. */
  readonly image: IImageRef;

  /** The accepting project's id (`member_id`). Changing it replaces the acceptance. */
  readonly projectId: string;

  /** The accepting project's provider configuration: the owner of the image cannot accept for it. */
  readonly provider: TerraformProvider;

  /**
   * The region (`region`). Changing it replaces the acceptance.
   * @default - the provider's
   */
  readonly region?: string;

  /**
   * The membership that is accepted, so that it is made before and removed after the acceptance.
   * @default - the membership exists already
   */
  readonly member?: ImageMember;

  /**
   * What must exist before this.
   * @default - only what the other props refer to
   */
  readonly dependsOn?: ITerraformDependable[];
}

/**
 * A project's word that it wants a shared image in its lists (`openstack_images_image_access_accept_v2`), given with that project's
 * credentials. Destroying it sets the membership to rejected.
 */
export class ImageMemberAcceptance extends OpenstackConstruct {
  /** Whether it is an acceptance that an app declares. */
  static isImageMemberAcceptance(x: unknown): x is ImageMemberAcceptance {
    return typeof x === "object" && x !== null && ACCEPTANCE in x;
  }

  /** The resource behind it. */
  readonly resource: ImagesImageAccessAcceptV2;
  /** The accepted image. What boots from this one is made after the acceptance and destroyed before it. */
  readonly image: IImage;

  constructor(scope: Construct, id: string, props: ImageMemberAcceptanceProps) {
    super(scope, id, props);
    checkProjectId(this, "'projectId'", props.projectId);
    checkUuid(this, "the image's id", props.image.imageId);
    if (!props.provider) {
      throw new InvalidInput(
        "AcceptanceWithoutProvider",
        this,
        "'provider' must be the accepting project's, got none: the owner of an image cannot accept for another project",
      );
    }
    this.resource = new ImagesImageAccessAcceptV2(this, "Default", {
      ...literal({
        imageId: props.member?.resource.imageId ?? props.image.imageId,
        memberId: props.projectId,
        status: "accepted",
        region: props.region,
      }),
      provider: this.provider,
    });
    this.resource.dependsOn = dependencyAddresses(this, props.dependsOn);
    this.image = new ImageVia(props.image, this.resource);
  }
}

const ACCEPTANCE = Symbol.for("cdktf-openstack-images/ImageMemberAcceptance");

Object.defineProperty(ImageMemberAcceptance.prototype, ACCEPTANCE, { value: true });
