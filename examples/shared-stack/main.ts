import { readFileSync } from "node:fs";
import { DataOpenstackNetworkingNetworkV2 } from "@cdktf/provider-openstack/lib/data-openstack-networking-network-v2";
import { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
import { App, LocalBackend, TerraformStack, TerraformVariable } from "cdktf";
import {
  Architecture,
  BootSource,
  DigestPin,
  Flavor,
  type IImage,
  Image,
  ImageChange,
  ImageSource,
  NetworkInterface,
  Server,
} from "cdktf-openstack-images";
import type { Construct } from "constructs";

interface Builds {
  /** The build that servers are made from. */
  readonly current: string;
  /** The file of each build that is in Glance. */
  readonly builds: { readonly [name: string]: string };
}

class Images extends TerraformStack {
  /** What other stacks boot from. */
  readonly current: Image;

  constructor(scope: Construct, id: string, { current, builds }: Builds) {
    super(scope, id);
    new LocalBackend(this, { path: `../../../terraform.${id}.tfstate` });
    new OpenstackProvider(this, "Openstack");

    const images = new Map<string, Image>();
    for (const [name, file] of Object.entries(builds)) {
      const image = new Image(this, name, {
        imageName: `golden-${name}`,
        // A build is what it is: other bytes in its file fail the plan, and do not replace the image that servers run from.
        source: ImageSource.fromFile(file, { digestPin: DigestPin.CHECK }),
        architecture: Architecture.X86_64,
        minDiskGb: 1,
        minRamMb: 64,
        hidden: name !== current,
      });
      images.set(name, image);
    }
    const image = images.get(current);
    if (!image) throw new Error(`"current" in builds.json must be one of ${[...images.keys()]}, got ${current}`);
    this.current = image;
  }
}

class Servers extends TerraformStack {
  constructor(scope: Construct, id: string, image: IImage) {
    super(scope, id);
    new LocalBackend(this, { path: `../../../terraform.${id}.tfstate` });
    new OpenstackProvider(this, "Openstack");

    const networkName = new TerraformVariable(this, "network_name", { type: "string", default: "net-demo" });
    const network = new DataOpenstackNetworkingNetworkV2(this, "Network", { name: networkName.stringValue });
    const shape = {
      boot: BootSource.fromImage(image),
      flavor: Flavor.fromFlavorName("m1.tiny", { ramMb: 192, diskGb: 1 }),
      networkInterfaces: [NetworkInterface.onNetwork(network.id)],
    };
    // Holds nothing that matters: it is made anew from each new build.
    new Server(this, "Web", { ...shape, serverName: "shared-web", onImageChange: ImageChange.REPLACE });
    // Holds data on its root disk: it keeps the build that it was made from until somebody replaces it.
    new Server(this, "Database", { ...shape, serverName: "shared-database", onImageChange: ImageChange.IGNORE });
  }
}

const builds: Builds = JSON.parse(readFileSync(process.env.BUILDS_FILE ?? "builds.json", "utf8"));
const app = new App();
const images = new Images(app, "images", builds);
new Servers(app, "servers", images.current);
app.synth();
