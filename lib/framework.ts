// The one seam to the CDK: nothing else in lib imports it, so its successor needs a change here only.

export { BlockstorageVolumeV3 } from "@cdktf/provider-openstack/lib/blockstorage-volume-v3";
export { ComputeInstanceV2 } from "@cdktf/provider-openstack/lib/compute-instance-v2";
export { ComputeVolumeAttachV2 } from "@cdktf/provider-openstack/lib/compute-volume-attach-v2";
export { DataOpenstackComputeFlavorV2 } from "@cdktf/provider-openstack/lib/data-openstack-compute-flavor-v2";
export { DataOpenstackIdentityAuthScopeV3 } from "@cdktf/provider-openstack/lib/data-openstack-identity-auth-scope-v3";
export { DataOpenstackImagesImageIdsV2 } from "@cdktf/provider-openstack/lib/data-openstack-images-image-ids-v2";
export { DataOpenstackImagesImageV2 } from "@cdktf/provider-openstack/lib/data-openstack-images-image-v2";
export { ImagesImageAccessAcceptV2 } from "@cdktf/provider-openstack/lib/images-image-access-accept-v2";
export { ImagesImageAccessV2 } from "@cdktf/provider-openstack/lib/images-image-access-v2";
export { ImagesImageV2 } from "@cdktf/provider-openstack/lib/images-image-v2";
export {
  Annotations,
  App,
  Aspects,
  type IAspect,
  type IResolvable,
  type IResolveContext,
  type ITerraformDependable,
  TerraformDataSource,
  TerraformElement,
  TerraformProvider,
  TerraformResource,
  type TerraformResourceLifecycle,
  TerraformStack,
  TerraformVariable,
  Token,
} from "cdktf";
export { Construct, type IConstruct } from "constructs";
