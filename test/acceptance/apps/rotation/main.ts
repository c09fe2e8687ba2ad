// One image from a file, and a server for each way to meet a new build of it. The environment says which build it is.
import { DataOpenstackNetworkingNetworkV2 } from "@cdktf/provider-openstack/lib/data-openstack-networking-network-v2";
import { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import {
  BootSource,
  Flavor,
  Image,
  ImageChange,
  ImageSource,
  NetworkInterface,
  OperatingSystem,
  Server,
} from "cdktf-openstack-images";

const app = new App();
const stack = new TerraformStack(app, "rotation");
new LocalBackend(stack, { path: "../../../terraform.rotation.tfstate" });
new OpenstackProvider(stack, "openstack", { cloud: "demo" });
const network = new DataOpenstackNetworkingNetworkV2(stack, "Network", { name: "net-demo" });
const flavor = Flavor.fromLookup(stack, "Flavor", { flavorName: "m1.tiny" });

const golden = new Image(stack, "Golden", {
  imageName: "x-rotation",
  source: ImageSource.fromFile(process.env.BUILD ?? "build-1.raw"),
  operatingSystem: OperatingSystem.linux({ distro: "tinylinux", version: process.env.OS_VERSION ?? "1" }),
  properties: { hw_disk_bus: "virtio", hw_vif_model: "virtio" },
  minDiskGb: 1,
  minRamMb: Number(process.env.MIN_RAM ?? "160"),
});

const modes = (process.env.MODES ?? "IGNORE,REPLACE,REBUILD").split(",") as ImageChange[];
["First", "Second", "Third"].forEach((id, i) => {
  new Server(stack, id, {
    serverName: `x-rotation-${id.toLowerCase()}`,
    boot: BootSource.fromImage(golden),
    flavor,
    onImageChange: ImageChange[modes[i] ?? ImageChange.IGNORE],
    networkInterfaces: [NetworkInterface.onNetwork(network.id)],
  });
});
app.synth();
