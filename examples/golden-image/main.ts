import { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import {
  Architecture,
  BootSource,
  Flavor,
  ImageFamily,
  ImageSource,
  ImageStage,
  type ImageVersionOptions,
  NetworkMode,
  Server,
} from "cdktf-openstack-images";
import type { Construct } from "constructs";

// Where a build pipeline puts its images, under names that it never gives twice. Here it is a folder that this machine serves.
const BUILDS = "http://127.0.0.1:8099";

function build(version: string): ImageVersionOptions {
  return { version, source: ImageSource.fromUrl(`${BUILDS}/golden-${version}.raw`) };
}

class GoldenImage extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new LocalBackend(this, { path: `../../../terraform.${id}.tfstate` });
    new OpenstackProvider(this, "Openstack");

    // What bytes each URL has is in images.lock.json.
    const golden = new ImageFamily(this, "Golden", {
      imageName: "golden",
      architecture: Architecture.X86_64,
      minRamMb: 64,
      keep: 2,
      versions: [
        { ...build("20261115"), stage: ImageStage.CANDIDATE },
        build("20261101"), // the current one
        build("20261001"),
      ],
    });

    // Stays on the image that it was made from when another version becomes the current one.
    new Server(this, "Web", {
      serverName: "golden-web",
      boot: BootSource.fromImage(golden.current),
      flavor: Flavor.fromFlavorName("m1.tiny"),
      networkMode: NetworkMode.NONE,
    });
  }
}

const app = new App();
new GoldenImage(app, "golden-image");
app.synth();
