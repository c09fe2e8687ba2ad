// An image in three parts, and a server that boots by its kernel. STEP is "later" for another kernel and ramdisk, and a server by these.
import { DataOpenstackNetworkingNetworkV2 } from "@cdktf/provider-openstack/lib/data-openstack-networking-network-v2";
import { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { BootSource, DiskFormat, Flavor, Image, ImageSource, NetworkInterface, Server } from "cdktf-openstack-images";

const { STEP = "first", FILES = "." } = process.env;
const isLater = STEP === "later";
const app = new App();
const stack = new TerraformStack(app, "kernel");
new LocalBackend(stack, { path: "../../../terraform.kernel.tfstate" });
new OpenstackProvider(stack, "openstack", { cloud: "demo" });

function part(id: string, file: string, diskFormat: DiskFormat): Image {
  return new Image(stack, id, { source: ImageSource.fromFile(`${FILES}/${file}`), diskFormat });
}
const kernel = part("x-kernel", "vmlinuz", DiskFormat.AKI);
const otherKernel = part("x-other-kernel", "vmlinuz", DiskFormat.AKI);
const ramdisk = part("x-ramdisk", "initrd", DiskFormat.ARI);
const otherRamdisk = part("x-other-ramdisk", "other-initrd", DiskFormat.ARI);
const machine = new Image(stack, "x-machine", {
  source: ImageSource.fromFile(`${FILES}/disk.raw`),
  diskFormat: DiskFormat.AMI,
  kernelImage: isLater ? otherKernel : kernel,
  ramdiskImage: isLater ? otherRamdisk : ramdisk,
  // else the console is another than the one that Nova shows
  properties: { os_command_line: "console=ttyS0 no_timer_check" },
});

const network = new DataOpenstackNetworkingNetworkV2(stack, "Network", { name: "net-demo" });
for (const id of isLater ? ["x-by-kernel", "x-by-other-kernel"] : ["x-by-kernel"]) {
  new Server(stack, id, {
    boot: BootSource.fromImage(machine),
    flavor: Flavor.fromFlavorName("m1.tiny"),
    networkInterfaces: [NetworkInterface.onNetwork(network.id)],
  });
}
app.synth();
