import {
  type DiskOptions,
  type EphemeralDiskOptions,
  type ExistingVolumeOptions,
  type FlavorAttributes,
  type FlavorLookupOptions,
  ImageChange,
  NetworkMode,
  type NetworkOptions,
  type NewVolumeOptions,
  type PortOptions,
  PowerState,
  type SchedulerHints,
  type ServerProps,
  type SnapshotVolumeOptions,
  type SwapDiskOptions,
  type VolumeAttachmentOptions,
  type VolumeAttachmentProps,
  type VolumeProps,
  VolumeRetypePolicy,
  type VolumeSchedulerHints,
} from "cdktf-openstack-images";
import * as fc from "fast-check";
import { Call, type Described, Make, MakeIn, Secret } from "./described";
import { LEAST_DISK_GB, LEAST_RAM_MB } from "./images";
import { longText, serverTag, text } from "./text";
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
  ipV4,
  knownUuid,
  list,
  listAtPlan,
  map,
  minutes,
  oneEntry,
  props,
  provider,
  ref,
  stringToken,
  uuid,
  volume,
  without,
} from "./values";

/** A server reaches the volumes of its own region only, so that there is but one that is known. */
const region = fc.oneof(fc.constant('Region "${One}" %{if}'), stringToken);

const disk: Fields<DiskOptions> = {
  diskBus: fc.oneof(fc.constantFrom("virtio", "scsi"), anyName),
  deviceType: fc.oneof(fc.constantFrom("disk", "cdrom"), anyName),
};
/** Of a volume that may be one of the app, which must not go with the server. */
const existing: Fields<ExistingVolumeOptions> = { ...disk, multiattach: bool, deleteOnTermination: fc.constant(false) };
const fromSnapshot: Fields<SnapshotVolumeOptions> = {
  ...existing,
  deleteOnTermination: bool,
  sizeGb: amount(1),
  volumeType: anyName,
};
const blank: Fields<NewVolumeOptions> = {
  ...existing,
  deleteOnTermination: bool,
  sizeGb: amount(1),
  volumeType: anyName,
};
const fromImage: Fields<NewVolumeOptions> = { ...blank, sizeGb: amount(LEAST_DISK_GB) };
const ephemeral: Fields<EphemeralDiskOptions> = {
  ...disk,
  sizeGb: amount(1),
  guestFormat: fc.oneof(fc.constantFrom("xfs", "ext4"), anyName),
};
const swap: Fields<SwapDiskOptions> = { ...disk, sizeMb: amount(1) };

const fromImageOptions = props(fromImage, "sizeGb", "deleteOnTermination");
const fromSnapshotOptions = props(fromSnapshot, "deleteOnTermination");
const existingOptions = fc.option(props(existing), { nil: undefined });

const boot = fc.oneof(
  { weight: 2, arbitrary: image.map((of) => new Call("BootSource.fromImage", [of])) },
  { weight: 1, arbitrary: fc.tuple(image, fromImageOptions).map((args) => new Call("BootSource.fromNewVolume", args)) },
  { weight: 1, arbitrary: fc.tuple(volume, existingOptions).map((args) => new Call("BootSource.fromVolume", args)) },
  {
    weight: 1,
    arbitrary: fc.tuple(uuid, fromSnapshotOptions).map((args) => new Call("BootSource.fromSnapshot", args)),
  },
);

const dataDisk = fc.oneof(
  props(blank, "sizeGb", "deleteOnTermination").map((options) => new Call("DataDisk.newVolume", [options])),
  fc.tuple(image, fromImageOptions).map((args) => new Call("DataDisk.fromImage", args)),
  fc.tuple(uuid, fromSnapshotOptions).map((args) => new Call("DataDisk.fromSnapshot", args)),
  fc.tuple(volume, existingOptions).map((args) => new Call("DataDisk.fromVolume", args)),
  props(ephemeral, "sizeGb").map((options) => new Call("DataDisk.ephemeral", [options])),
);
const swapDisk = props(swap, "sizeMb").map((options) => new Call("DataDisk.swap", [options]));

/** Some disks, one of them for swap space at most. */
const dataDisks = fc
  .tuple(fc.array(dataDisk, { maxLength: 3 }), fc.array(swapDisk, { maxLength: 1 }))
  .map(([disks, swapDisks]) => [...disks, ...swapDisks]);

const port: Fields<PortOptions> = { accessNetwork: bool };
const network: Fields<NetworkOptions> = { ...port, fixedIpV4: ipV4 };
const networkOptions = fc.option(props(network), { nil: undefined });
const networkInterface = fc.oneof(
  fc.tuple(uuid, networkOptions).map((args) => new Call("NetworkInterface.onNetwork", args)),
  fc.tuple(anyName, networkOptions).map((args) => new Call("NetworkInterface.onNetworkNamed", args)),
  fc.tuple(uuid, fc.option(props(port), { nil: undefined })).map((args) => new Call("NetworkInterface.fromPort", args)),
);

const attributes: Fields<FlavorAttributes> = {
  ramMb: amount(LEAST_RAM_MB),
  diskGb: fc.oneof(fc.constant(0), amount(LEAST_DISK_GB)),
};
const flavorLookup: Fields<FlavorLookupOptions> = {
  flavorId: anyName,
  flavorName: anyName,
  ramMb: amount(1),
  diskGb: amount(1),
  vcpus: amount(1, 1000),
  minRamMb: amount(1),
  minDiskGb: amount(1),
  swapMb: amount(1),
  rxTxFactor: fc.oneof(fc.integer({ min: 1, max: 10 }), fc.constantFrom(0.5, 1.25)),
  isPublic: bool,
  description: anyName,
  provider,
  region,
  dependsOn,
};

/** By the id alone, or by all else. */
function byOne(given: Given): Given {
  const { flavorId, provider, region, dependsOn } = given;
  return flavorId === undefined ? given : { flavorId, provider, region, dependsOn };
}

const attributesOrNone = fc.option(props(attributes), { nil: undefined });
const flavor = fc.oneof(
  fc.tuple(anyName, attributesOrNone).map((args) => new Call("Flavor.fromFlavorId", args)),
  fc.tuple(anyName, attributesOrNone).map((args) => new Call("Flavor.fromFlavorName", args)),
  props(flavorLookup, "provider", "flavorId").map((given) => new Make("Flavor.fromLookup", [byOne(given)])),
  props(flavorLookup, "provider", "flavorName").map(
    (given) => new Make("Flavor.fromLookup", [without(given, "flavorId")]),
  ),
);

const hints: Fields<SchedulerHints> = {
  group: uuid,
  differentHost: list(uuid),
  sameHost: list(uuid),
  query: list(anyText),
  targetCell: anyText,
  differentCell: list(anyText),
  buildNearHostIp: anyText,
  additionalProperties: oneEntry,
};

const serverProps: Fields<ServerProps> = {
  boot,
  flavor,
  serverName: anyName,
  dataDisks,
  onImageChange: fc.constantFrom(...Object.values(ImageChange)),
  networkInterfaces: fc.array(networkInterface, { maxLength: 3 }),
  networkMode: fc.constantFrom(...Object.values(NetworkMode)),
  userData: fc.oneof(longText, stringToken).map((content) => new Call("UserData.fromText", [content])),
  keyPairName: anyName,
  securityGroupNames: list(anyName),
  adminPassword: fc.constant(new Secret()),
  configDrive: bool,
  metadata: map,
  tags: list(serverTag),
  availabilityZone: anyName,
  availabilityZoneHints: anyName,
  hypervisorHostname: anyName,
  schedulerHints: props(hints),
  powerState: fc.constantFrom(...Object.values(PowerState)),
  stopBeforeDestroy: bool,
  forceDelete: bool,
  detachPortsBeforeDestroy: bool,
  ignoreResizeConfirmation: bool,
  createTimeoutMinutes: minutes,
  updateTimeoutMinutes: minutes,
  deleteTimeoutMinutes: minutes,
  provider,
  region,
  dependsOn,
};

function disksOf(given: Given): Call[] {
  return [given.boot as Call, ...((given.dataDisks ?? []) as Call[])];
}

/** `REBUILD` is for an image on the flavor's disk alone, and every mode for a disk from an image. */
function withImageChange(given: Given): Given {
  const paths = disksOf(given).map(({ path }) => path);
  const fromImage = ["BootSource.fromImage", "BootSource.fromNewVolume", "DataDisk.fromImage"];
  const hasImage = paths.some((path) => fromImage.includes(path));
  const isRebuild = given.onImageChange === ImageChange.REBUILD;
  return hasImage && (!isRebuild || paths[0] === "BootSource.fromImage") ? given : without(given, "onImageChange");
}

/** What newer versions of Nova's API alone know needs a network, and is known to one of them at most. */
function withNetworks(given: Given): Given {
  const isSet = (value: unknown) => value !== undefined && value !== false;
  const hasDiskOption = disksOf(given).some(({ args }) =>
    args.some((arg) => isSet((arg as Given | undefined)?.volumeType) || isSet((arg as Given | undefined)?.multiattach)),
  );
  const once = firstOf(given, "networkInterfaces", "networkMode");
  const rest = hasDiskOption ? without(once, "hypervisorHostname") : once;
  const needsNetwork = hasDiskOption || rest.tags !== undefined || rest.hypervisorHostname !== undefined;
  const interfaces = (rest.networkInterfaces ?? []) as unknown[];
  if (!needsNetwork || rest.networkMode !== undefined || interfaces.length > 0) return rest;
  return { ...without(rest, "networkInterfaces"), networkMode: NetworkMode.AUTO };
}

/** A port has security groups of its own. */
function withPortsAlone(given: Given): Given {
  const interfaces = (given.networkInterfaces ?? []) as Call[];
  const hasPort = interfaces.some(({ path }) => path === "NetworkInterface.fromPort");
  return hasPort ? without(given, "securityGroupNames") : given;
}

/** Shelving loses the disks that are no volumes, and the place that was asked for. */
function withoutLosses(given: Given): Given {
  const hasLocal = disksOf(given).some(({ path }) => ["DataDisk.ephemeral", "DataDisk.swap"].includes(path));
  const hasPlace = given.availabilityZone !== undefined || given.hypervisorHostname !== undefined;
  const isShelved = given.powerState === PowerState.SHELVED_OFFLOADED;
  return isShelved && (hasLocal || hasPlace) ? without(given, "powerState") : given;
}

const server = fc.tuple(props(serverProps, "boot", "flavor", "provider"), text({ maxLength: 5 })).map(([given, id]) => {
  const placed = firstOf(given, "availabilityZone", "availabilityZoneHints");
  return new Make("Server", [withoutLosses(withPortsAlone(withNetworks(withImageChange(placed))))], id);
});

const volumeHints: Fields<VolumeSchedulerHints> = {
  differentHost: listAtPlan(uuid),
  sameHost: listAtPlan(uuid),
  localToInstance: uuid,
  query: anyText,
  additionalProperties: oneEntry,
};

const volumeProps: Fields<VolumeProps> = {
  sizeGb: amount(1),
  volumeName: anyName,
  description: anyText,
  image,
  source: fc.oneof(
    uuid.map((id) => new Call("VolumeSource.fromSnapshot", [id])),
    volume.map((of) => new Call("VolumeSource.fromVolume", [of])),
    uuid.map((id) => new Call("VolumeSource.fromBackup", [id])),
  ),
  onImageChange: fc.constantFrom(ImageChange.IGNORE, ImageChange.REPLACE),
  volumeType: anyName,
  volumeRetypePolicy: fc.constantFrom(...Object.values(VolumeRetypePolicy)),
  enableOnlineResize: bool,
  metadata: map,
  availabilityZone: anyName,
  schedulerHints: props(volumeHints),
  consistencyGroupId: uuid,
  createTimeoutMinutes: minutes,
  deleteTimeoutMinutes: minutes,
  provider,
  region,
  dependsOn,
};

/** From an image that fits, from something else, or blank. */
function filledOnce(given: Given): Given {
  const { sizeGb, ...filled } = firstOf(given, "image", "source");
  if (filled.image === undefined) return without({ ...filled, sizeGb }, "onImageChange");
  return { ...filled, sizeGb: typeof sizeGb === "number" ? Math.max(sizeGb, LEAST_DISK_GB) : sizeGb };
}

const newVolume = fc
  .tuple(props(volumeProps, "sizeGb", "provider"), text({ maxLength: 5 }))
  .map(([given, id]) => new Make("Volume", [filledOnce(given)], id));

const attachmentOptions: Fields<VolumeAttachmentOptions> = {
  multiattach: bool,
  tag: anyName,
  ignoreVolumeConfirmation: bool,
  createTimeoutMinutes: minutes,
  deleteTimeoutMinutes: minutes,
  provider,
  region,
  dependsOn,
};
const attachmentProps: Fields<VolumeAttachmentProps> = { ...attachmentOptions, server: ref("server"), volume };

const attachment = fc.oneof(
  fc
    .tuple(ref("server of the stack"), volume, fc.option(props(attachmentOptions), { nil: undefined }))
    .map(([to, which, options]) => new MakeIn("Server.attachVolume", to, [which, options])),
  props(attachmentProps, "server", "volume", "provider").map((given) => new Make("VolumeAttachment", [given])),
);

const byId = fc.oneof(
  fc.oneof(knownUuid, idToken).map((id) => new Make("Volume.fromVolumeId", [id])),
  fc.oneof(knownUuid, idToken).map((id) => new Make("Server.fromServerId", [id])),
);

export const anyLaunch: fc.Arbitrary<Described> = fc.oneof(
  { weight: 4, arbitrary: server },
  { weight: 3, arbitrary: newVolume },
  { weight: 2, arbitrary: attachment },
  { weight: 1, arbitrary: byId },
);
