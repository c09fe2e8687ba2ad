// Images that one project shares with another, which boots from them. STEP is "removed" when it is no member any more, "late" when it
// wants another server then.
import { DataOpenstackNetworkingNetworkV2 } from "@cdktf/provider-openstack/lib/data-openstack-networking-network-v2";
import { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import {
  BootSource,
  Flavor,
  type IImageRef,
  Image,
  ImageSource,
  ImageVisibility,
  NetworkInterface,
  Server,
} from "cdktf-openstack-images";

const { STEP = "first", FILES = ".", SECOND = "" } = process.env;
const app = new App();
const stack = new TerraformStack(app, "members");
new LocalBackend(stack, { path: "../../../terraform.members.tfstate" });
new OpenstackProvider(stack, "openstack", { cloud: "demo" });
const second = new OpenstackProvider(stack, "second", { cloud: "second", alias: "second" });
const network = new DataOpenstackNetworkingNetworkV2(stack, "Network", { name: "net-second", provider: second });

function shared(id: string): Image {
  const source = ImageSource.fromFile(`${FILES}/${id}.raw`);
  return new Image(stack, id, { source, visibility: ImageVisibility.SHARED });
}
function serverOf(id: string, image: IImageRef): void {
  new Server(stack, id, {
    boot: BootSource.fromImage(image),
    flavor: Flavor.fromFlavorName("m1.tiny"),
    networkInterfaces: [NetworkInterface.onNetwork(network.id)],
    provider: second,
  });
}

const accepted = shared("x-accepted");
const pending = shared("x-pending");
if (STEP === "first") {
  const acceptance = { provider: second };
  serverOf("x-by-accepted", accepted.addMember("Second", { projectId: SECOND, acceptance }).image);
  serverOf("x-by-pending", pending.addMember("Second", { projectId: SECOND }).image);
} else {
  serverOf("x-by-accepted", accepted);
  serverOf("x-by-pending", pending);
}
if (STEP === "late") serverOf("x-late", accepted);
app.synth();
