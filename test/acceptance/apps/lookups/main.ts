// Images to look up, in pairs that differ in one thing, and in a stack of their own the lookups. STEP is "none" for lookups that find
// nothing, or not what was asked for.
import { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { decoys } from "./decoys";
import { lookups, lookupsOfNone } from "./lookups";

const { STEP = "first", FILES = ".", DEMO = "", SECOND = "" } = process.env;
const app = new App();

function providersOf(stack: TerraformStack) {
  new LocalBackend(stack, { path: `../../../terraform.${stack.node.id}.tfstate` });
  const demo = new OpenstackProvider(stack, "openstack", { cloud: "demo" });
  const admin = new OpenstackProvider(stack, "admin", { cloud: "admin", alias: "admin" });
  const second = new OpenstackProvider(stack, "second", { cloud: "second", alias: "second" });
  return { demo, admin, second, demoId: DEMO, secondId: SECOND };
}

const images = new TerraformStack(app, "lookups-images");
decoys(images, FILES, providersOf(images));
const found = new TerraformStack(app, "lookups");
if (STEP === "none") lookupsOfNone(found, providersOf(found));
else lookups(found, providersOf(found));
app.synth();
