export { Digest, DigestAlgorithm, DigestPin } from "./content/digest";
export { OpenstackConstruct, type OpenstackProps } from "./core/openstack-construct";
export { ContainerFormat } from "./image/container-format";
export { DiskFormat } from "./image/disk-format";
export { Image, type ImageProps } from "./image/image";
export { ImageByLookup, type ImageLookupOptions, ImageMemberStatus } from "./image/image-lookup";
export {
  type AcceptanceOptions,
  ImageMember,
  type ImageMemberOptions,
  type ImageMemberProps,
} from "./image/image-member";
export { ImageMemberAcceptance, type ImageMemberAcceptanceProps } from "./image/image-member-acceptance";
export { ImageOwner } from "./image/image-owner";
export type { IImage, IImageRef } from "./image/image-ref";
export { ImageVisibility } from "./image/image-visibility";
export { OsPropertyChange } from "./image/os-property-change";
export { ImageSource, ImageSourceKind, type ImageSourceOptions, type UrlSourceOptions } from "./image/source";
export { BootSource, type ExistingVolumeOptions, type NewVolumeOptions } from "./launch/boot-source";
export { Flavor, type FlavorAttributes, type FlavorLookupOptions } from "./launch/flavor";
export { ImageChange } from "./launch/image-change";
export { NetworkInterface, type NetworkOptions } from "./launch/network-interface";
export { Server, type ServerProps } from "./launch/server";
export { UserData } from "./launch/user-data";
export { Volume, type VolumeProps } from "./launch/volume";
export { VolumeAttachment, type VolumeAttachmentOptions, type VolumeAttachmentProps } from "./launch/volume-attachment";
export type { IVolumeRef } from "./launch/volume-ref";
export { Architecture } from "./properties/architecture";
export { type LinuxOptions, OperatingSystem, type WindowsOptions } from "./properties/operating-system";
