import { checkKeys, checkName, checkProjectId, warn } from "../core/checks";
import { InvalidInput } from "../core/errors";
import { literal } from "../core/literal";
import type { OpenstackConstruct, OpenstackProps } from "../core/openstack-construct";
import { DataOpenstackIdentityAuthScopeV3, type IResolvable } from "../framework";
import type { ContainerFormat } from "./container-format";
import type { DiskFormat } from "./disk-format";
import type { ImageOwner } from "./image-owner";
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

/** Which images to look up. Every field given must match. */
export interface ImageFilterOptions extends OpenstackProps {
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
   * How far this project has come with a shared image (`member_status`). Give it with `visibility` SHARED: own and public images match
   * whatever it says.
   * @default - Glance lists accepted ones
   */
  readonly memberStatus?: ImageMemberStatus;

  /**
   * Labels that it must have (`tags`).
   * @default - any
   */
  readonly tags?: string[];

  /**
   * Properties that it must have (`properties`).
   * @default - any
   */
  readonly properties?: { [key: string]: string };

  /**
   * Finds only hidden images (`hidden`).
   * @default false - finds only images that are not hidden
   */
  readonly hidden?: boolean | IResolvable;

  /**
   * The format of the disk (`disk_format`).
   * @default - any
   */
  readonly diskFormat?: DiskFormat;

  /**
   * What is around the disk (`container_format`).
   * @default - any
   */
  readonly containerFormat?: ContainerFormat;
}

/**
 * The filter as the data sources' arguments, checked.
 * @param mostRecent whether the newest of several is taken
 */
export function filterArguments(
  scope: OpenstackConstruct,
  filter: ImageFilterOptions,
  mostRecent: boolean | IResolvable = false,
) {
  checkNames(scope, filter);
  checkKeys(scope, "'properties'", filter.properties);
  checkOwner(scope, filter, mostRecent !== false);
  return {
    name: filter.imageName,
    nameRegex: filter.nameRegex,
    visibility: filter.visibility,
    owner: ownerId(scope, filter),
    memberStatus: filter.memberStatus,
    tags: filter.tags && [...filter.tags],
    properties: filter.properties && { ...filter.properties },
    hidden: filter.hidden,
    diskFormat: filter.diskFormat?.value,
    containerFormat: filter.containerFormat?.value,
    region: filter.region,
  };
}

function checkNames(scope: OpenstackConstruct, { imageName, nameRegex }: ImageFilterOptions): void {
  checkName(scope, "'imageName'", imageName);
  checkName(scope, "'nameRegex'", nameRegex);
  if (imageName !== undefined && nameRegex !== undefined) {
    throw new InvalidInput(
      "LookupTwoNames",
      scope,
      `'imageName' and 'nameRegex' exclude each other, got both; leave one out`,
    );
  }
}

function checkOwner(
  scope: OpenstackConstruct,
  { owner, visibility, memberStatus }: ImageFilterOptions,
  takesNewest: boolean,
): void {
  if (owner?.projectId !== undefined) checkProjectId(scope, "the owner's project id", owner.projectId);
  if (owner || visibility === ImageVisibility.PUBLIC) return;
  const wayOut =
    "give visibility: ImageVisibility.PUBLIC, or owner: ImageOwner.fromProjectId(...) or ImageOwner.CURRENT_PROJECT";
  const risky = [
    takesNewest && "'mostRecent'",
    visibility === ImageVisibility.COMMUNITY && "visibility COMMUNITY",
    visibility === ImageVisibility.SHARED && "visibility SHARED",
    memberStatus !== undefined && "'memberStatus'",
  ].find((reason) => reason);
  if (risky) {
    throw new InvalidInput(
      "LookupWithoutOwner",
      scope,
      `'owner' must be given with ${risky}, got none: any project can offer an image under the same name; ${wayOut}`,
    );
  }
  warn(scope, "LookupWithoutOwner", `the lookup finds images of the provider's own project only; ${wayOut} to say so`);
}

function ownerId(scope: OpenstackConstruct, filter: ImageFilterOptions): string | undefined {
  if (filter.owner?.projectId !== undefined) return filter.owner.projectId;
  if (!filter.owner && filter.visibility === ImageVisibility.PUBLIC) return undefined;
  return new DataOpenstackIdentityAuthScopeV3(scope, "Owner", {
    ...literal({ name: "current", region: filter.region }),
    provider: scope.provider,
  }).projectId;
}
