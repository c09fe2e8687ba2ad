import { DataOpenstackNetworkingNetworkV2 } from "@cdktf/provider-openstack/lib/data-openstack-networking-network-v2";
import { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
import { App, LocalBackend, TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import {
  Architecture,
  BootSource,
  Flavor,
  Image,
  ImageChange,
  ImageSource,
  NetworkInterface,
  Server,
  Volume,
} from "cdktf-openstack-images";
import type { Construct } from "constructs";

// What `npm run synth` and `cdktf deploy` write before they run this, see cdktf.json; or a disk image of your own.
const imageFile = process.env.IMAGE_FILE ?? "images/own.raw";

class OwnImage extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    // Terraform runs in cdktf.out/stacks/own-image: the state lies beside this file, and outlives cdktf.out.
    new LocalBackend(this, { path: `../../../terraform.${id}.tfstate` });
    // The cloud and its credentials: OS_CLOUD and clouds.yaml, or the other OS_* variables.
    new OpenstackProvider(this, "Openstack");

    const networkName = new TerraformVariable(this, "network_name", {
      type: "string",
      default: "net-demo",
      description: "the network that the server is attached to",
    });
    const network = new DataOpenstackNetworkingNetworkV2(this, "Network", { name: networkName.stringValue });

    const image = new Image(this, "Own", {
      imageName: "own-image",
      source: ImageSource.fromFile(imageFile),
      architecture: Architecture.X86_64,
      minDiskGb: 1,
      minRamMb: 64,
    });

    const web = new Server(this, "Web", {
      serverName: "own-image-web",
      boot: BootSource.fromImage(image),
      flavor: Flavor.fromLookup(this, "Tiny", { flavorName: "m1.tiny" }),
      // Other bytes in the file make another image, and this server is made anew from it. Its data is not on the disk that goes.
      onImageChange: ImageChange.REPLACE,
      networkInterfaces: [NetworkInterface.onNetwork(network.id)],
    });
    const data = new Volume(this, "Data", { volumeName: "own-image-data", sizeGb: 1 });
    web.attachVolume("DataAttachment", data);

    new TerraformOutput(this, "image_id", { value: image.imageId });
    new TerraformOutput(this, "server_id", { value: web.serverId });
  }
}

const app = new App();
new OwnImage(app, "own-image");
app.synth();
