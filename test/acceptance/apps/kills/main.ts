// An image, a server and a volume of it: something for each service to do.
import { DataOpenstackNetworkingNetworkV2 } from "@cdktf/provider-openstack/lib/data-openstack-networking-network-v2";
import { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { BootSource, Flavor, Image, ImageSource, NetworkInterface, Server, Volume } from "cdktf-openstack-images";

const app = new App();
const stack = new TerraformStack(app, "kills");
new LocalBackend(stack, { path: "../../../terraform.kills.tfstate" });
new OpenstackProvider(stack, "openstack", { cloud: "demo" });
const network = new DataOpenstackNetworkingNetworkV2(stack, "Network", { name: "net-demo" });

const image = new Image(stack, "Golden", {
  imageName: "x-kills",
  source: ImageSource.fromFile("disk.raw"),
  minDiskGb: 1,
});
new Server(stack, "Server", {
  serverName: "x-kills",
  boot: BootSource.fromImage(image),
  flavor: Flavor.fromFlavorName("m1.tiny"),
  networkInterfaces: [NetworkInterface.onNetwork(network.id)],
});
new Volume(stack, "Volume", { volumeName: "x-kills", sizeGb: 1, volumeType: "nfs", image });
app.synth();
