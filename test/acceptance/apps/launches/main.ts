// Servers on volumes, and lookups.
import { DataOpenstackNetworkingNetworkV2 } from "@cdktf/provider-openstack/lib/data-openstack-networking-network-v2";
import { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import {
  BootSource,
  Flavor,
  Image,
  ImageChange,
  ImageOwner,
  ImageSource,
  ImageVisibility,
  NetworkInterface,
  Server,
  Volume,
} from "cdktf-openstack-images";

const { BUILD = "1", OWN, FOREIGN } = process.env;
const app = new App();
const stack = new TerraformStack(app, "launches");
new LocalBackend(stack, { path: "../../../terraform.launches.tfstate" });
new OpenstackProvider(stack, "openstack", { cloud: "demo" });
const admin = new OpenstackProvider(stack, "admin", { cloud: "admin", alias: "admin" });
const network = new DataOpenstackNetworkingNetworkV2(stack, "Network", { name: "net-demo" });
const shape = {
  flavor: Flavor.fromLookup(stack, "Flavor", { flavorName: "m1.volume" }),
  networkInterfaces: [NetworkInterface.onNetwork(network.id)],
};

const image = new Image(stack, "Golden", {
  imageName: "x-launches",
  source: ImageSource.fromFile(`build-${BUILD}.raw`),
  minDiskGb: 1,
});
new Server(stack, "NewVolume", {
  ...shape,
  serverName: "x-new-volume",
  boot: BootSource.fromNewVolume(image, { sizeGb: 1, deleteOnTermination: true }),
  onImageChange: ImageChange.REPLACE,
});
const root = new Volume(stack, "Root", { volumeName: "x-root", sizeGb: 1, image });
new Server(stack, "ExistingVolume", { ...shape, serverName: "x-existing-volume", boot: BootSource.fromVolume(root) });

// by a name that the project uses, and what an administrator finds by it in another project
if (OWN) Image.fromLookup(stack, "Own", { imageName: OWN, owner: ImageOwner.CURRENT_PROJECT });
if (FOREIGN) {
  Image.fromLookup(stack, "Foreign", { imageName: FOREIGN, owner: ImageOwner.CURRENT_PROJECT, provider: admin });
}
// the public image of the cloud
Image.fromLookup(stack, "Public", {
  imageName: "tiny",
  visibility: ImageVisibility.PUBLIC,
  properties: { os_distro: "tinylinux" },
});
app.synth();
