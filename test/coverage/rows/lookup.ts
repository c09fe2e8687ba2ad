import {
  ContainerFormat,
  DiskFormat,
  Flavor,
  type FlavorLookupOptions,
  Image,
  type ImageFilterOptions,
  type ImageListOptions,
  type ImageLookupOptions,
  ImageMemberStatus,
  ImageOwner,
  ImageVisibility,
} from "cdktf-openstack-images";
import type { Construct } from "constructs";
import { project } from "../samples";
import { changesOf, type Details, notOffered, OnChange, type Row, reached, type Table } from "../table";

const { READS_ANEW } = OnChange;
const [one, other] = ["project 1", "project 2"].map(project);
const mine = { owner: ImageOwner.fromProjectId(one) };

/** A lookup's changes; without a name of its own it has one. */
function lookups<Options extends object>(name: string, look: (scope: Construct, options: Partial<Options>) => void) {
  const prop = changesOf<Options>(name, look);
  return <Key extends keyof Options & string>(
    argument: string,
    key: Key,
    values: readonly [Options[Key], Options[Key]],
    details: Details<Partial<Options>> = {},
  ): Row => reached(argument, prop(key, values, READS_ANEW, details));
}

/** What both lookups of images take. */
function filters(
  name: string,
  look: (scope: Construct, options: Partial<ImageFilterOptions>) => void,
): Record<string, Row> {
  const prop = lookups<ImageFilterOptions>(name, look);
  const rows = [
    prop("container_format", "containerFormat", [ContainerFormat.BARE, ContainerFormat.OVF], {
      values: ["bare", "ovf"],
    }),
    prop("disk_format", "diskFormat", [DiskFormat.QCOW2, DiskFormat.RAW], { values: ["qcow2", "raw"] }),
    prop("hidden", "hidden", [undefined, true]),
    prop("member_status", "memberStatus", [ImageMemberStatus.ACCEPTED, ImageMemberStatus.ALL]),
    prop("name", "imageName", ["one", "other"]),
    prop("name_regex", "nameRegex", ["^one-", "^other-"], { beside: { imageName: undefined } }),
    prop("owner", "owner", [ImageOwner.fromProjectId(one), ImageOwner.fromProjectId(other)], {
      title: "one project, then another",
      values: [one, other],
    }),
    prop("properties", "properties", [{ os_distro: "ubuntu" }, { os_distro: "rocky" }]),
    prop("region", "region", ["RegionOne", "RegionTwo"]),
    prop("tags", "tags", [["a"], ["b"]]),
    prop("visibility", "visibility", [ImageVisibility.PRIVATE, ImageVisibility.SHARED]),
  ];
  return Object.fromEntries(rows.map((row) => [row.argument, row]));
}

const TAG = notOffered("tag", "`tags` takes it: the provider asks for both in one list");

const NEVER_SENT = "provider 3.4.0 never sends it; for one image the plan compares: `Image.fromLookup`";

function find(scope: Construct, options: Partial<ImageLookupOptions>): void {
  Image.fromLookup(scope, "Found", { imageName: "golden", ...mine, ...options });
}

const found = filters("ImageLookupOptions", find);
const lookup = lookups<ImageLookupOptions>("ImageLookupOptions", find);

export const IMAGE_LOOKUP: Table = {
  type: "data.openstack_images_image_v2",
  madeBy: "`Image.fromLookup`",
  rows: [
    found.container_format,
    found.disk_format,
    found.hidden,
    found.member_status,
    lookup("most_recent", "mostRecent", [undefined, true]),
    found.name,
    found.name_regex,
    found.owner,
    found.properties,
    found.region,
    lookup("size_max", "sizeMaxBytes", [2048, 4096]),
    lookup("size_min", "sizeMinBytes", [512, 1024]),
    notOffered("sort", "does nothing: the provider wants one image, or with `most_recent` takes the newest by itself"),
    TAG,
    found.tags,
    found.visibility,
  ],
};

function list(scope: Construct, options: Partial<ImageListOptions>): void {
  Image.listFromLookup(scope, "Listed", { imageName: "golden", ...mine, ...options });
}

const listed = filters("ImageListOptions", list);

export const IMAGE_LIST: Table = {
  type: "data.openstack_images_image_ids_v2",
  madeBy: "`Image.listFromLookup`",
  rows: [
    listed.container_format,
    listed.disk_format,
    listed.hidden,
    listed.member_status,
    listed.name,
    listed.name_regex,
    listed.owner,
    listed.properties,
    listed.region,
    notOffered("size_max", NEVER_SENT),
    notOffered("size_min", NEVER_SENT),
    lookups<ImageListOptions>("ImageListOptions", list)("sort", "sort", [undefined, "created_at:desc"]),
    TAG,
    listed.tags,
    listed.visibility,
  ],
};

const flavor = lookups<FlavorLookupOptions>("FlavorLookupOptions", (scope, options) => {
  Flavor.fromLookup(scope, "Small", { flavorName: "m1.small", ...options });
});

export const FLAVOR: Table = {
  type: "data.openstack_compute_flavor_v2",
  madeBy: "`Flavor.fromLookup`",
  rows: [
    flavor("description", "description", ["one", "other"]),
    flavor("disk", "diskGb", [10, 20]),
    flavor("flavor_id", "flavorId", ["1", "2"], { beside: { flavorName: undefined } }),
    flavor("is_public", "isPublic", [undefined, true]),
    flavor("min_disk", "minDiskGb", [10, 20]),
    flavor("min_ram", "minRamMb", [1024, 2048]),
    flavor("name", "flavorName", ["m1.small", "m1.large"]),
    flavor("ram", "ramMb", [1024, 2048]),
    flavor("region", "region", ["RegionOne", "RegionTwo"]),
    flavor("rx_tx_factor", "rxTxFactor", [1, 1.5]),
    flavor("swap", "swapMb", [256, 512]),
    flavor("vcpus", "vcpus", [1, 2]),
  ],
};
