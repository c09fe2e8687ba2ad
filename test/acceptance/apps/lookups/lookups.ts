import { TerraformOutput, type TerraformStack } from "cdktf";
import {
  ContainerFormat,
  DiskFormat,
  Image,
  type ImageListOptions,
  type ImageLookupOptions,
  ImageMemberStatus,
  ImageOwner,
  ImageVisibility,
} from "cdktf-openstack-images";
import type { Projects } from "./decoys";

const { CURRENT_PROJECT } = ImageOwner;
const { PRIVATE, SHARED, COMMUNITY, PUBLIC } = ImageVisibility;
const owner = CURRENT_PROJECT;
const MIB = 1024 * 1024;

/** Lookups that find one image each; the id of each is the image's. */
export function lookups(stack: TerraformStack, { second, demoId, secondId }: Projects): void {
  const theirs = ImageOwner.fromProjectId(secondId);
  const one: Record<string, ImageLookupOptions> = {
    "name-exact": { imageName: "x-name", owner },
    "name-longer": { nameRegex: "^x-name-.*r$", owner },
    "tags-a": { imageName: "x-tags", tags: ["a"], owner },
    "tags-b": { imageName: "x-tags", tags: ["b"], owner },
    "tags-ab": { tags: ["a", "b"], owner },
    "properties-a": { imageName: "x-properties", properties: { variant: "a" }, owner },
    "properties-b": { imageName: "x-properties", properties: { variant: "b" }, owner },
    "hidden-no": { imageName: "x-hidden", owner },
    "hidden-yes": { imageName: "x-hidden", hidden: true, owner },
    "disk-raw": { imageName: "x-disk", diskFormat: DiskFormat.RAW, owner },
    "disk-qcow2": { imageName: "x-disk", diskFormat: DiskFormat.QCOW2, owner },
    "container-bare": { imageName: "x-container", containerFormat: ContainerFormat.BARE, owner },
    "container-ovf": { imageName: "x-container", containerFormat: ContainerFormat.OVF, owner },
    "size-small": { imageName: "x-size-small", sizeMinBytes: MIB, sizeMaxBytes: MIB, owner },
    "size-large": { imageName: "x-size-large", sizeMinBytes: MIB + 1, owner },
    "snapshot-yes": { imageName: "x-snapshot", allowSnapshot: true, owner },
    "age-newest": { imageName: "x-age", mostRecent: true, owner },
    "visibility-private": { imageName: "x-visibility", visibility: PRIVATE, owner },
    "visibility-shared": { imageName: "x-visibility", visibility: SHARED, owner },
    "visibility-community": { imageName: "x-visibility", visibility: COMMUNITY, owner },
    "visibility-public": { imageName: "x-visibility", visibility: PUBLIC },
    "owner-community-demo": { imageName: "x-owner-community", visibility: COMMUNITY, owner },
    "owner-community-second": { imageName: "x-owner-community", visibility: COMMUNITY, owner: theirs },
    "owner-shared-demo": { imageName: "x-owner-shared", owner: ImageOwner.fromProjectId(demoId) },
    "owner-shared-second": { imageName: "x-owner-shared", visibility: SHARED, owner: theirs },
    "foreign-private": { imageName: "x-foreign", visibility: PRIVATE, owner, provider: second, region: "RegionOne" },
    "status-pending": status(ImageMemberStatus.PENDING),
    "status-accepted": status(ImageMemberStatus.ACCEPTED),
    "status-rejected": status(ImageMemberStatus.REJECTED),
  };
  function status(memberStatus: ImageMemberStatus): ImageLookupOptions {
    return { imageName: "x-status", visibility: SHARED, memberStatus, owner: theirs };
  }
  for (const [id, options] of Object.entries(one)) output(stack, id, Image.fromLookup(stack, id, options).imageId);

  const lists: Record<string, ImageListOptions> = {
    "list-name": { imageName: "x-name", owner },
    "list-regex": { nameRegex: "^x-name", owner, sort: "name:desc" },
    "list-tags": { tags: ["a"], owner },
    "list-both-tags": { tags: ["a", "b"], owner },
    "list-properties": { properties: { variant: "a" }, owner },
    "list-all-properties": { properties: { kept: "yes" }, owner, sort: "created_at:asc" },
    "list-hidden": { imageName: "x-hidden", hidden: true, owner },
    "list-disk": { imageName: "x-disk", diskFormat: DiskFormat.QCOW2, owner },
    "list-container": { imageName: "x-container", containerFormat: ContainerFormat.OVF, owner },
    "list-snapshot": { imageName: "x-snapshot", owner },
    "list-newest-first": { imageName: "x-age", owner, sort: "created_at:desc" },
    "list-oldest-first": { imageName: "x-age", owner, sort: "created_at:asc" },
    "list-community": { imageName: "x-visibility", visibility: COMMUNITY, owner },
    "list-owner": { imageName: "x-owner-community", visibility: COMMUNITY, owner: theirs },
    "list-status": {
      imageName: "x-status",
      visibility: SHARED,
      memberStatus: ImageMemberStatus.PENDING,
      owner: theirs,
    },
    "list-all-status": {
      imageName: "x-status",
      visibility: SHARED,
      memberStatus: ImageMemberStatus.ALL,
      owner: theirs,
    },
    "list-none": { imageName: "x-foreign", owner },
    "list-second": { imageName: "x-foreign", owner, provider: second, region: "RegionOne", sort: "name,status:desc" },
  };
  for (const [id, options] of Object.entries(lists))
    output(stack, id, Image.listFromLookup(stack, id, options).imageIds);

  // all that a lookup tells
  const found = Image.fromLookup(stack, "told", { imageName: "x-properties", properties: { variant: "b" }, owner });
  output(stack, "told-all", {
    id: found.imageId,
    name: found.imageName,
    checksum: found.imageChecksum,
    owner: found.imageOwnerId,
    created_at: found.imageCreatedAt,
    size: found.imageSizeBytes,
    min_disk: found.minDiskGb,
    min_ram: found.minRamMb,
    properties: found.imageProperties,
  });
}

/** Lookups that fail: the images have the name, and are not what is asked for. */
export function lookupsOfNone(stack: TerraformStack, { admin, secondId }: Projects): void {
  const theirs = ImageOwner.fromProjectId(secondId);
  const none: Record<string, ImageLookupOptions> = {
    imageName: { imageName: "x-nam", owner },
    nameRegex: { nameRegex: "^x-name-.*s$", owner },
    tags: { imageName: "x-name", tags: ["a"], owner },
    properties: { imageName: "x-name", properties: { variant: "a" }, owner },
    hidden: { imageName: "x-name", hidden: true, owner },
    diskFormat: { imageName: "x-name", diskFormat: DiskFormat.QCOW2, owner },
    containerFormat: { imageName: "x-name", containerFormat: ContainerFormat.OVA, owner },
    sizeMinBytes: { imageName: "x-name", sizeMinBytes: MIB + 1, owner },
    sizeMaxBytes: { imageName: "x-name", sizeMaxBytes: MIB - 1, owner },
    visibility: { imageName: "x-name", visibility: COMMUNITY, owner },
    owner: { imageName: "x-name", owner: theirs },
    memberStatus: {
      imageName: "x-owner-shared",
      visibility: SHARED,
      memberStatus: ImageMemberStatus.PENDING,
      owner: theirs,
    },
    // what others have under the name
    "foreign-current": { imageName: "x-foreign", owner },
    "foreign-default": { imageName: "x-foreign" },
    "foreign-community": { imageName: "x-foreign", visibility: COMMUNITY, owner },
    "foreign-newest": { imageName: "x-foreign", mostRecent: true, owner },
    "foreign-public": { imageName: "x-foreign", visibility: PUBLIC },
    "foreign-admin": { imageName: "x-name", owner, provider: admin },
    several: { imageName: "x-tags", owner },
    allowSnapshot: { imageName: "x-snapshot", owner },
    region: { imageName: "x-name", owner, region: "Nowhere" },
  };
  for (const [id, options] of Object.entries(none)) Image.fromLookup(stack, id, options);
}

function output(stack: TerraformStack, id: string, value: unknown): void {
  new TerraformOutput(stack, `of-${id}`, { value }).overrideLogicalId(id);
}
