// Images with all that they take besides what the other apps show, and what a lookup tells. STEP is "later" for what changes in place.
import { DataOpenstackNetworkingNetworkV2 } from "@cdktf/provider-openstack/lib/data-openstack-networking-network-v2";
import { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
import { App, LocalBackend, TerraformOutput, TerraformStack } from "cdktf";
import {
  Architecture,
  BootSource,
  Digest,
  DiskFormat,
  Flavor,
  Image,
  ImageOwner,
  ImageSource,
  ImageVisibility,
  NetworkInterface,
  Server,
} from "cdktf-openstack-images";

const {
  STEP = "first",
  URL_BASE = "http://127.0.0.1",
  STORED = "",
  GZ = "",
  XZ = "",
  FIXED_FILE = "one.raw",
} = process.env;
const { FILES = ".", FIXED_ID = "", OWNER = "" } = process.env;
const later = STEP === "later";
const app = new App();
const stack = new TerraformStack(app, "surface-images");
new LocalBackend(stack, { path: "../../../terraform.surface-images.tfstate" });
new OpenstackProvider(stack, "openstack", { cloud: "demo" });

const unpacked = Object.entries({ gz: GZ, xz: XZ }).map(
  ([ending, digest]) =>
    new Image(stack, `From-${ending}`, {
      imageName: `x-from-${ending}`,
      source: ImageSource.fromUrl(`${URL_BASE}/disk.raw.${ending}`, {
        decompress: true,
        digest: Digest.sha512(digest),
        storedDigest: Digest.sha512(STORED),
      }),
      description: later ? "later" : "at first",
      architecture: Architecture.X86_64,
      tags: later ? ["x", "later"] : ["x"],
      createTimeoutMinutes: 5,
    }),
);

const kernel = new Image(stack, "Kernel", {
  imageName: "x-kernel",
  source: ImageSource.fromFile(`${FILES}/vmlinuz`),
  diskFormat: DiskFormat.AKI,
});
const ramdisk = new Image(stack, "Ramdisk", {
  imageName: "x-ramdisk",
  source: ImageSource.fromFile(`${FILES}/initrd`),
  diskFormat: DiskFormat.ARI,
});
const machine = new Image(stack, "Machine", {
  imageName: "x-machine",
  source: ImageSource.fromFile(`${FILES}/one.raw`),
  diskFormat: DiskFormat.AMI,
  kernelImage: kernel,
  ramdiskImage: ramdisk,
  // else the console is another than the one that Nova shows
  properties: { os_command_line: "console=ttyS0 no_timer_check" },
});
const network = new DataOpenstackNetworkingNetworkV2(stack, "Network", { name: "net-demo" });
new Server(stack, "ByKernel", {
  serverName: "x-by-kernel",
  boot: BootSource.fromImage(machine),
  flavor: Flavor.fromFlavorName("m1.tiny"),
  networkInterfaces: [NetworkInterface.onNetwork(network.id)],
});

new Image(stack, "Fixed", {
  imageName: "x-fixed",
  source: ImageSource.fromFile(`${FILES}/${FIXED_FILE}`),
  imageId: FIXED_ID,
});

if (OWNER) {
  const shared = new Image(stack, "Shared", {
    imageName: "x-shared",
    source: ImageSource.fromFile(`${FILES}/one.raw`),
    visibility: ImageVisibility.SHARED,
  });
  shared.addMember("Owner", { projectId: OWNER });
}

const list = Image.listFromLookup(stack, "Newest", {
  nameRegex: "^x-from-",
  owner: ImageOwner.CURRENT_PROJECT,
  diskFormat: DiskFormat.RAW,
  tags: ["x"],
  sort: "created_at:desc",
  dependsOn: unpacked,
});
const found = Image.fromLookup(stack, "Found", {
  imageName: "x-from-xz",
  owner: ImageOwner.CURRENT_PROJECT,
  diskFormat: DiskFormat.RAW,
  sizeMinBytes: 1024 * 1024,
  sizeMaxBytes: 1024 * 1024,
  properties: { architecture: "x86_64" },
  dependsOn: unpacked,
});
new TerraformOutput(stack, "list", { value: list.imageIds });
new TerraformOutput(stack, "found", {
  value: {
    id: found.imageId,
    name: found.imageName,
    checksum: found.imageChecksum,
    owner: found.imageOwnerId,
    created_at: found.imageCreatedAt,
    size: found.imageSizeBytes,
    properties: found.imageProperties,
  },
});
app.synth();
