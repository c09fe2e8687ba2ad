import {
  ContainerFormat,
  DiskFormat,
  Image,
  type ImageFilterOptions,
  type ImageListOptions,
  type ImageLookupOptions,
  type ImageMemberStatus,
  ImageOwner,
  ImageVisibility,
} from "cdktf-openstack-images";
import { propsOf } from "../core/props-of";
import { PROJECT } from "./given";
import { CONSTRUCT, STEERS, type Table, walk } from "./unknown-props";

/** With a name, since a lookup wants a criterion. */
const FILTER: Table<ImageFilterOptions> = {
  imageName: { props: (u) => ({ imageName: u.text }), lands: "name" },
  nameRegex: { props: (u) => ({ nameRegex: u.text }), lands: "name_regex" },
  visibility: {
    props: (u) => ({
      imageName: "base",
      visibility: u.text as ImageVisibility,
      owner: ImageOwner.fromProjectId(PROJECT),
    }),
    lands: "visibility",
  },
  owner: { props: (u) => ({ imageName: "base", owner: ImageOwner.fromProjectId(u.text) }), lands: "owner" },
  memberStatus: {
    props: (u) => ({ imageName: "base", memberStatus: u.text as ImageMemberStatus }),
    lands: "member_status",
  },
  tags: { props: (u) => ({ tags: u.list }), lands: "tags" },
  properties: { props: (u) => ({ properties: u.map }), lands: "properties" },
  hidden: { props: (u) => ({ imageName: "base", hidden: u.flag }), lands: "hidden" },
  diskFormat: {
    props: (u) => ({ imageName: "base", diskFormat: DiskFormat.custom(u.text) }),
    lands: "disk_format",
  },
  containerFormat: {
    props: (u) => ({ imageName: "base", containerFormat: ContainerFormat.custom(u.text) }),
    lands: "container_format",
  },
  provider: CONSTRUCT,
  region: { props: (u) => ({ imageName: "base", region: u.text }), lands: "region" },
  dependsOn: CONSTRUCT,
};

describe("ImageLookupOptions", () => {
  const table: Table<ImageLookupOptions> = {
    ...FILTER,
    mostRecent: { props: (u) => ({ imageName: "base", mostRecent: u.flag }), lands: "most_recent" },
    sizeMinBytes: { props: (u) => ({ imageName: "base", sizeMinBytes: u.number }), lands: "size_min" },
    sizeMaxBytes: { props: (u) => ({ imageName: "base", sizeMaxBytes: u.number }), lands: "size_max" },
    allowSnapshot: STEERS,
  };
  const type = "data.openstack_images_image_v2";
  walk(table, propsOf("ImageLookupOptions"), type, (stack, options) => {
    Image.fromLookup(stack, "Found", { visibility: ImageVisibility.PUBLIC, ...options });
  });
});

describe("ImageListOptions", () => {
  const table: Table<ImageListOptions> = {
    ...FILTER,
    sort: { props: (u) => ({ sort: u.text }), lands: "sort" },
  };
  const type = "data.openstack_images_image_ids_v2";
  walk(table, propsOf("ImageListOptions"), type, (stack, options) => {
    Image.listFromLookup(stack, "All", { visibility: ImageVisibility.PUBLIC, ...options });
  });
});
