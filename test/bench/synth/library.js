const { App, LocalBackend, TerraformStack } = require("cdktf");
const { OpenstackProvider } = require("@cdktf/provider-openstack/lib/provider");
const {
  Architecture,
  BootSource,
  Digest,
  DiskFormat,
  Flavor,
  Image,
  ImageChange,
  ImageSource,
  ImageVisibility,
  NetworkInterface,
  OperatingSystem,
  Server,
} = require("cdktf-openstack-images");
const { digestOf, FLAVOR, NETWORK_ID, PROJECT_ID, STACK, urlOf } = require("./values");

/** The app as a user of this library writes it. */
module.exports = (n, outdir) => {
  const app = new App({ outdir });
  const stack = new TerraformStack(app, STACK);
  new OpenstackProvider(stack, "openstack", {});
  new LocalBackend(stack, { path: "terraform.tfstate" });
  const flavor = Flavor.fromFlavorName(FLAVOR.name, { ramMb: FLAVOR.ramMb, diskGb: FLAVOR.diskGb });
  for (let i = 0; i < n; i++) {
    const image = new Image(stack, `Image${i}`, {
      imageName: `ubuntu-${i}`,
      source: ImageSource.fromUrl(urlOf(i), { digest: Digest.sha512(digestOf(i)) }),
      diskFormat: DiskFormat.QCOW2,
      operatingSystem: OperatingSystem.linux({ distro: "ubuntu", version: "24.04", adminUser: "ubuntu" }),
      architecture: Architecture.X86_64,
      minDiskGb: 4,
      minRamMb: 512,
      visibility: ImageVisibility.SHARED,
    });
    image.addMember("Staging", { projectId: PROJECT_ID });
    new Server(stack, `Server${i}`, {
      boot: BootSource.fromImage(image),
      flavor,
      onImageChange: ImageChange.REPLACE,
      networkInterfaces: [NetworkInterface.onNetwork(NETWORK_ID)],
    });
  }
  app.synth();
};
