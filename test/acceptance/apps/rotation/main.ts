// One image from a file, and a server or volume for each way to meet a new build of it. BUILD says which build it is, MODES what the first three
// servers do about another.
import { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import {
  BootSource,
  DataDisk,
  Flavor,
  Image,
  ImageChange,
  ImageSource,
  ImageVisibility,
  NetworkMode,
  Server,
  type ServerProps,
  Volume,
} from "cdktf-openstack-images";

const { BUILD = "1", MODES = "IGNORE,REPLACE,REBUILD" } = process.env;
const { IGNORE, REPLACE } = ImageChange;
const app = new App();
const stack = new TerraformStack(app, "rotation");
new LocalBackend(stack, { path: "../../../terraform.rotation.tfstate" });
new OpenstackProvider(stack, "openstack", { cloud: "demo" });

const golden = new Image(stack, "Golden", {
  imageName: "x-rotation",
  source: ImageSource.fromFile(`build-${BUILD}.raw`),
  minDiskGb: 1,
  // it does not hear that it shall stop
  properties: { os_shutdown_timeout: "1" },
});
const tiny = Image.fromLookup(stack, "Tiny", { imageName: "tiny", visibility: ImageVisibility.PUBLIC });
const server = (id: string, props: Partial<ServerProps>) =>
  new Server(stack, id, {
    serverName: `x-rotation-${id.toLowerCase()}`,
    boot: BootSource.fromImage(golden),
    flavor: Flavor.fromFlavorName("m1.nano"),
    networkMode: NetworkMode.NONE,
    ...props,
  });

const modes = MODES.split(",") as ImageChange[];
["First", "Second", "Third"].forEach((id, i) => {
  server(id, { onImageChange: modes[i] });
});

// on volumes that Nova makes
const boot = BootSource.fromNewVolume(golden, { sizeGb: 1, deleteOnTermination: true });
server("OnVolume", { boot, onImageChange: REPLACE });
server("OnKeptVolume", { boot, onImageChange: IGNORE });
// on volumes of the app
const root = new Volume(stack, "Root", { volumeName: "x-rotation-root", sizeGb: 1, image: golden });
const filled = new Volume(stack, "Filled", {
  volumeName: "x-rotation-filled",
  sizeGb: 1,
  image: golden,
  onImageChange: REPLACE,
});
server("OnRoot", { boot: BootSource.fromVolume(root) });
server("OnFilled", { boot: BootSource.fromVolume(filled) });
// with a data disk from it
const withData = {
  boot: BootSource.fromImage(tiny),
  flavor: Flavor.fromFlavorName("m1.tiny"),
  dataDisks: [DataDisk.fromImage(golden, { sizeGb: 1, deleteOnTermination: true })],
};
server("WithData", { ...withData, onImageChange: REPLACE });
server("WithKeptData", { ...withData, onImageChange: IGNORE });
app.synth();
