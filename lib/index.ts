export { Digest, DigestAlgorithm, DigestPin } from "./content/digest";
export { OpenstackConstruct, type OpenstackProps } from "./core/openstack-construct";
export { ContainerFormat } from "./image/container-format";
export { DiskFormat } from "./image/disk-format";
export { Image } from "./image/image";
export { ImageFamily, type ImageFamilyProps, type ImageVersionOptions } from "./image/image-family";
export { type ImageFilterOptions, ImageMemberStatus } from "./image/image-filter";
export { ImageList, type ImageListOptions } from "./image/image-list";
export { ImageByLookup, type ImageLookupOptions } from "./image/image-lookup";
export {
  type AcceptanceOptions,
  ImageMember,
  type ImageMemberOptions,
  type ImageMemberProps,
} from "./image/image-member";
export { ImageMemberAcceptance, type ImageMemberAcceptanceProps } from "./image/image-member-acceptance";
export { ImageOwner } from "./image/image-owner";
export type { ImageProps, ImageSettings } from "./image/image-props";
export type { IImage, IImageRef } from "./image/image-ref";
export { FamilyNaming, ImageStage, RetirementPolicy } from "./image/image-stage";
export { ImageVisibility } from "./image/image-visibility";
export { OsPropertyChange } from "./image/os-property-change";
export { RegionalImage, type RegionalImageProps, type RegionOptions } from "./image/regional-image";
export {
  ImageSource,
  type ImageSourceOptions,
  type RemoteSourceOptions,
  type UploadSourceOptions,
  type UrlSourceOptions,
  type WebDownloadSourceOptions,
} from "./image/source";
export type {
  DiskOptions,
  ExistingVolumeOptions,
  NewVolumeOptions,
  SnapshotVolumeOptions,
  VolumeDiskOptions,
} from "./launch/block-device";
export { BootSource } from "./launch/boot-source";
export { DataDisk, type EphemeralDiskOptions, type SwapDiskOptions } from "./launch/data-disk";
export { Flavor, type FlavorAttributes, type FlavorLookupOptions } from "./launch/flavor";
export { ImageChange } from "./launch/image-change";
export { NetworkInterface, NetworkMode, type NetworkOptions, type PortOptions } from "./launch/network-interface";
export { PowerState } from "./launch/power-state";
export type { SchedulerHints, VolumeSchedulerHints } from "./launch/scheduler-hints";
export { Server } from "./launch/server";
export type { ServerProps } from "./launch/server-props";
export type { IServerRef } from "./launch/server-ref";
export { UserData } from "./launch/user-data";
export { Volume, type VolumeProps, VolumeRetypePolicy } from "./launch/volume";
export { VolumeAttachment, type VolumeAttachmentOptions, type VolumeAttachmentProps } from "./launch/volume-attachment";
export type { IVolume, IVolumeRef } from "./launch/volume-ref";
export { VolumeSource } from "./launch/volume-source";
export { ImagePolicy, type ImagePolicyProps, PolicyLevel } from "./policy/image-policy";
export { Architecture } from "./properties/architecture";
export { type LinuxOptions, OperatingSystem, type WindowsOptions } from "./properties/operating-system";
