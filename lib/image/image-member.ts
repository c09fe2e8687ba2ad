import { checkProjectId, checkUuid, warn } from "../core/checks";
import { declareOnce } from "../core/declared-once";
import { InvalidInput, shown } from "../core/errors";
import { hcl } from "../core/hcl";
import { isKnown } from "../core/known";
import { lifecycleOf } from "../core/lifecycle";
import { literal } from "../core/literal";
import { message } from "../core/message";
import { dependencyAddresses, inheriting, OpenstackConstruct, type OpenstackProps } from "../core/openstack-construct";
import type { Assertion } from "../core/stack-blocks";
import { type Construct, ImagesImageAccessV2, type TerraformProvider, TerraformStack } from "../framework";
import { declaredImage } from "./declared-image";
import { ImageMemberAcceptance } from "./image-member-acceptance";
import { USUAL_QUOTA } from "./image-properties";
import type { IImage, IImageRef } from "./image-ref";
import { ImageVia } from "./image-via";
import { ImageVisibility } from "./image-visibility";

/** How the other project takes the image into its lists. */
export interface AcceptanceOptions {
  /** The other project's provider configuration: the owner of the image cannot accept for it. */
  readonly provider: TerraformProvider;
}

/** A project that gets access to an image. */
export interface ImageMemberOptions extends OpenstackProps {
  /** The project's id (`member_id`), not its name. Changing it replaces the membership. */
  readonly projectId: string;

  /**
   * Accepts on behalf of the other project, with its credentials.
   * @default - the project has access by id at once, and accepts by itself to see the image in its lists
   */
  readonly acceptance?: AcceptanceOptions;
}

/** A member of any image. */
export interface ImageMemberProps extends ImageMemberOptions {
  /** The image, which must be shared. Changing it replaces the membership. */
  readonly image: IImageRef;
}

/** A project's access to a shared image (`openstack_images_image_access_v2`), given by the image's owner. */
export class ImageMember extends OpenstackConstruct {
  /** Whether it is a member that an app declares. */
  static isImageMember(x: unknown): x is ImageMember {
    return typeof x === "object" && x !== null && MEMBER in x;
  }

  /** The resource behind it. Its `status` is the other project's to set. */
  readonly resource: ImagesImageAccessV2;
  /** The project's id. */
  readonly projectId: string;
  /** The acceptance by the other project, when it was asked for. */
  readonly acceptance?: ImageMemberAcceptance;
  /** The image as the other project gets it: what boots from this one is made after the membership, and after its acceptance. */
  readonly image: IImage;

  constructor(scope: Construct, id: string, props: ImageMemberProps) {
    super(scope, id, inheriting(scope, props, declaredImage(props.image)?.construct));
    this.projectId = props.projectId;
    this.check(props);
    this.resource = new ImagesImageAccessV2(this, "Default", {
      ...literal({ imageId: props.image.imageId, memberId: props.projectId, region: this.region }),
      provider: this.provider,
      lifecycle: lifecycleOf({ precondition: this.isNotOwner(props) }),
    });
    this.resource.dependsOn = dependencyAddresses(this, props.dependsOn);
    if (props.acceptance) {
      this.acceptance = new ImageMemberAcceptance(this, "Acceptance", {
        image: props.image,
        member: this,
        projectId: props.projectId,
        provider: props.acceptance.provider,
        region: this.region,
      });
    }
    this.image = this.acceptance?.image ?? new ImageVia(props.image, this.resource);
  }

  private check({ image, projectId, acceptance }: ImageMemberProps): void {
    checkProjectId(this, "'projectId'", projectId);
    checkUuid(this, "the image's id", image.imageId);
    const declared = declaredImage(image);
    if (declared && isKnown(declared.visibility) && declared.visibility !== ImageVisibility.SHARED) {
      throw new InvalidInput(
        "MemberOfUnsharedImage",
        this,
        `only a shared image can have members, got ${shown(declared.visibility)} for ${declared.construct.node.path}; give it ` +
          "visibility: ImageVisibility.SHARED, or drop the member in the same change in which it stops being shared",
      );
    }
    if (isKnown(projectId) && (declared || isKnown(image.imageId))) {
      // in another stack, by another provider or in another region the same id may well stand for another image
      const cloud = [TerraformStack.of(this).node.path, this.provider?.node.path, this.region];
      const id = declared?.construct.node.path ?? [canonical(image.imageId), ...cloud].join(" ");
      const earlier = declareOnce(this, `member ${canonical(projectId)} of ${id}`);
      if (earlier !== undefined) {
        throw new InvalidInput(
          "MemberTwice",
          this,
          `a project can be a member once, got ${shown(projectId)} here and in ${earlier}; drop one of them`,
        );
      }
    }
    if (declared) {
      declared.memberCount++;
      if (declared.memberCount === USUAL_QUOTA + 1) {
        warn(
          this,
          "ManyMembers",
          `it is member ${declared.memberCount}, but clouds take ${USUAL_QUOTA} unless set otherwise`,
        );
      }
    }
    if (acceptance && acceptance.provider === this.provider) {
      warn(
        this,
        "AcceptanceByOwner",
        "'acceptance' has the provider of the image's owner, whom Glance refuses unless it is an administrator",
      );
    }
  }

  /** A project needs no share of what it owns; who owns an image that is made here is only known at apply. */
  private isNotOwner({ image, projectId }: ImageMemberProps): Assertion[] | undefined {
    const { imageOwnerId: ownerId }: IImage = image;
    if (ownerId === undefined) return undefined;
    if (isKnown(ownerId) && isKnown(projectId)) {
      if (canonical(ownerId) === canonical(projectId)) {
        warn(this, "MemberIsOwner", `project ${projectId} owns the image and needs no membership; drop it`);
      }
      return undefined;
    }
    return [
      {
        condition: hcl`${ownerId} != ${projectId}`,
        errorMessage: message`MemberIsOwner: project ${projectId} owns the image of ${this.node.path} and needs no membership; drop it.`,
      },
    ];
  }
}

/** One spelling of an id: OpenStack takes a UUID with and without dashes, in either case. */
function canonical(id: string): string {
  return id.toLowerCase().replace(/-/g, "");
}

const MEMBER = Symbol.for("cdktf-openstack-images/ImageMember");

Object.defineProperty(ImageMember.prototype, MEMBER, { value: true });
