// Images of each visibility, of an administrator and of an ordinary project, and their members. STEP is "later" for all that changes,
// "refused" for what the cloud does not let.
import { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { Image, ImageSource, ImageVisibility } from "cdktf-openstack-images";
import { members } from "./members";

const { STEP = "first", FILES = "." } = process.env;
const isLater = STEP !== "first";
const isRefused = STEP === "refused";
const app = new App();
const stack = new TerraformStack(app, "sharing");
new LocalBackend(stack, { path: "../../../terraform.sharing.tfstate" });
const demo = new OpenstackProvider(stack, "openstack", { cloud: "demo" });
const admin = new OpenstackProvider(stack, "admin", { cloud: "admin", alias: "admin" });
const second = new OpenstackProvider(stack, "second", { cloud: "second", alias: "second" });

const source = ImageSource.fromFile(`${FILES}/one.raw`);
const { PUBLIC, COMMUNITY, SHARED, PRIVATE } = ImageVisibility;
const owners = {
  Admin: { provider: admin, visibilities: [PUBLIC, COMMUNITY, SHARED, PRIVATE] },
  Demo: { provider: undefined, visibilities: [COMMUNITY, SHARED, PRIVATE] },
};
// every change there is
for (const [owner, { provider, visibilities }] of Object.entries(owners)) {
  for (const from of visibilities) {
    for (const to of visibilities.filter((other) => other !== from)) {
      const id = `x-${owner}-${from}-${to}`;
      const forbidden = isRefused && id === "x-Demo-shared-private" ? PUBLIC : undefined;
      new Image(stack, id, { source, provider, visibility: forbidden ?? (isLater ? to : from) });
    }
  }
}
members(stack, { isLater, isRefused, folder: FILES, demo, second });
app.synth();
