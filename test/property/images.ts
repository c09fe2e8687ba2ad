import {
  Architecture,
  type ImageFilterOptions,
  type ImageListOptions,
  type ImageLookupOptions,
  type ImageMemberAcceptanceProps,
  type ImageMemberOptions,
  type ImageMemberProps,
  ImageMemberStatus,
  type ImageProps,
  type ImageSettings,
  ImageVisibility,
  type LinuxOptions,
  OsPropertyChange,
  type WindowsOptions,
} from "cdktf-openstack-images";
import * as fc from "fast-check";
import { Call, type Described, Make, MakeIn, NewProject, ProviderRef, Static, TokenOf } from "./described";
import { anyContainerFormat, anyDiskFormat, sourceAndFormats } from "./sources";
import { imageTag, name, text } from "./text";
import {
  amount,
  anyName,
  anyText,
  bool,
  dependsOn,
  type Fields,
  firstOf,
  type Given,
  idToken,
  image,
  knownUuid,
  list,
  map,
  minutes,
  props,
  provider,
  ref,
  region,
  textMap,
  uuid,
  without,
} from "./values";

/** What an image may ask for at most, so that it fits every flavor and volume that is made here. */
export const LEAST_DISK_GB = 10;
export const LEAST_RAM_MB = 512;

const linux: Fields<LinuxOptions> = { distro: anyText, version: anyText, adminUser: anyText };
const windows: Fields<WindowsOptions> = { version: anyText, adminUser: anyText };
const operatingSystem = fc.oneof(
  props(linux, "distro", "version").map((options) => new Call("OperatingSystem.linux", [options])),
  props(windows, "version").map((options) => new Call("OperatingSystem.windows", [options])),
);

const visibility = fc.constantFrom(...Object.values(ImageVisibility));

/** Glance's own keys are words of small letters; of such ones only those that are properties. */
function withProperties<T>(given: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(given).map(([key, value]) => [key.replace(/^[a-z_]+$/, "os_$&_x"), value]));
}

export const properties = textMap.map(withProperties);
const anyProperties = map.map((given) => (given instanceof TokenOf ? given : withProperties(given as Given)));

export type Content = "source" | "diskFormat" | "containerFormat";

export const settings: Fields<Omit<ImageSettings, Content>> = {
  minDiskGb: amount(0, LEAST_DISK_GB),
  minRamMb: amount(0, LEAST_RAM_MB),
  protected: bool,
  tags: list(imageTag),
  description: anyText,
  operatingSystem,
  architecture: fc.constantFrom(...Object.values(Architecture)),
  kernelImage: ref("replaceable image"),
  ramdiskImage: ref("replaceable image"),
  properties: anyProperties,
  osPropertyChange: fc.constantFrom(...Object.values(OsPropertyChange)),
  createTimeoutMinutes: minutes,
  provider,
  region,
  dependsOn,
};
export const nameAndVisibility = {
  imageName: anyName,
  visibility: fc.oneof(visibility, fc.constant(ImageVisibility.SHARED)),
};
export const imageProps: Fields<Omit<ImageProps, Content>> = {
  ...settings,
  ...nameAndVisibility,
  hidden: bool,
  imageId: uuid,
};

/** An image with a fixed id cannot be replaced for another digest. */
export function withFixableId(given: Given): Given {
  const { digest, digestPin } = ((given.source as Call).args[1] ?? {}) as Given;
  return digest === undefined || digestPin === "CHECK" ? given : without(given, "imageId");
}

const newImage = fc
  .tuple(props(imageProps, "provider"), sourceAndFormats, text({ maxLength: 5 }))
  .map(([given, content, id]) => new Make("Image", [withFixableId({ ...given, ...content })], id));

export const newProject = fc
  .constantFrom("hex" as const, "uuid" as const, "name" as const)
  .map((form) => new NewProject(form));

const projectId = fc.oneof({ weight: 4, arbitrary: newProject }, { weight: 1, arbitrary: idToken });
const owner = fc.oneof(
  fc.constant(new Static("ImageOwner.CURRENT_PROJECT")),
  fc.oneof(projectId, name).map((id) => new Call("ImageOwner.fromProjectId", [id])),
);

/** A regular expression that matches a text. */
const nameRegex = name.map((value) => `^${value.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")}.*`);

const filter: Fields<ImageFilterOptions> = {
  imageName: anyName,
  nameRegex,
  visibility,
  owner,
  memberStatus: fc.constantFrom(...Object.values(ImageMemberStatus)),
  tags: list(name),
  properties: map,
  hidden: bool,
  diskFormat: anyDiskFormat,
  containerFormat: anyContainerFormat,
  provider,
  region,
  dependsOn,
};
const lookup: Fields<ImageLookupOptions> = {
  ...filter,
  mostRecent: bool,
  sizeMinBytes: amount(0),
  sizeMaxBytes: amount(1),
  allowSnapshot: fc.boolean(),
};
const listing: Fields<ImageListOptions> = {
  ...filter,
  sort: fc.constantFrom("name", "created_at:desc", "status:asc,updated_at:desc"),
};

/** By one name, and with an owner where any project's image could be found. */
function safely(given: Given): Given {
  const named = firstOf(given, "nameRegex", "imageName");
  return named.visibility === ImageVisibility.PUBLIC || named.owner !== undefined
    ? named
    : { ...named, owner: new Static("ImageOwner.CURRENT_PROJECT") };
}

/** Without owner, which warns. */
const plainLookup = fc.record({ imageName: anyName, provider });

const lookups = fc.oneof(
  props(lookup, "imageName", "provider").map((given) => new Make("Image.fromLookup", [safely(given)])),
  props(lookup, "imageName", "provider").map((given) => new Make("ImageByLookup", [safely(given)])),
  plainLookup.map((given) => new Make("Image.fromLookup", [given])),
  props(listing, "provider").map((given) => new Make("Image.listFromLookup", [safely(given)])),
  props(listing, "provider").map((given) => new Make("ImageList", [safely(given)])),
  fc.oneof(knownUuid, idToken).map((id) => new Make("Image.fromImageId", [id])),
);

export const memberOptions: Fields<ImageMemberOptions> = {
  projectId,
  acceptance: provider.map((other) => ({ provider: new ProviderRef(other.nth, true) })),
  provider,
  region,
  dependsOn,
};
const memberProps: Fields<ImageMemberProps> = { ...memberOptions, image: ref("image for members") };
const acceptanceProps: Fields<ImageMemberAcceptanceProps> = {
  image,
  projectId,
  provider: provider.map((other) => new ProviderRef(other.nth, true)),
  region,
  member: ref("member"),
  dependsOn,
};

const members = fc.oneof(
  fc
    .tuple(ref("shared image of the stack"), props(memberOptions, "projectId"))
    .map(([shared, options]) => new MakeIn("Image.addMember", shared, [options])),
  props(memberProps, "image", "projectId", "provider").map((given) => new Make("ImageMember", [given])),
  props(acceptanceProps, "image", "projectId", "provider").map((given) => new Make("ImageMemberAcceptance", [given])),
);

export const anyImage: fc.Arbitrary<Described> = fc.oneof(
  { weight: 3, arbitrary: newImage },
  { weight: 1, arbitrary: lookups },
  { weight: 2, arbitrary: members },
);
