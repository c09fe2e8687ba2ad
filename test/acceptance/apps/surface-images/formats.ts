// An image of each format, from the files of a folder.
import type { TerraformStack } from "cdktf";
import { ContainerFormat, DiskFormat, Image, ImageSource } from "cdktf-openstack-images";

/** In STEP "later" two have other formats and the rest leaves its to the endings; in "unknown" two have words that the provider does not know. */
export function formats(stack: TerraformStack, folder: string, step: string): void {
  const isLater = step !== "first";
  const isUnknown = step === "unknown";

  function image(id: string, file: string, diskFormat?: DiskFormat, containerFormat?: ContainerFormat): Image {
    const source = ImageSource.fromFile(`${folder}/${file}`);
    return new Image(stack, id, { imageName: `x-${id}`, source, diskFormat, containerFormat });
  }

  // what an ending tells
  for (const disk of ["RAW", "QCOW2", "VMDK", "VHD", "VHDX", "VDI", "ISO"] as const) {
    image(`Disk-${disk}`, `disk.${disk.toLowerCase()}`, isLater ? undefined : DiskFormat[disk]);
  }
  // what none tells, and the containers that come with it
  for (const disk of ["PLOOP", "AKI", "ARI", "AMI"] as const) {
    const twin = disk === "PLOOP" ? ContainerFormat.BARE : ContainerFormat[disk];
    image(`Disk-${disk}`, `disk.${disk.toLowerCase()}`, DiskFormat[disk], isLater ? twin : undefined);
  }
  image("Container-BARE", "disk.qcow2", undefined, ContainerFormat.BARE);
  image("Container-OVF", "disk.vmdk", undefined, ContainerFormat.OVF);
  image("Container-OVA", "appliance.ova", DiskFormat.VMDK, ContainerFormat.OVA);
  image("Container-DOCKER", "container.tar", DiskFormat.RAW, ContainerFormat.DOCKER);
  image("Container-COMPRESSED", "disk.raw.gz", undefined, ContainerFormat.COMPRESSED);

  // of a disk that stands bare, the synth looks at the bytes
  const container = isUnknown ? ContainerFormat.OVF : undefined;
  image("CustomDisk", "disk.vdi", DiskFormat.custom(isUnknown ? "gpt" : "vdi"), container);
  image("CustomContainer", "disk.vmdk", undefined, ContainerFormat.custom(isUnknown ? "oci" : "ovf"));
  image("OtherDisk", "disk.ploop", isLater ? DiskFormat.RAW : DiskFormat.PLOOP, ContainerFormat.OVF);
  image("OtherContainer", "disk.vmdk", undefined, isLater ? ContainerFormat.OVF : ContainerFormat.BARE);
}
