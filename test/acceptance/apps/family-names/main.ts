// A family whose newest version has the plain name. STEP says which versions there are.
import { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { FamilyNaming, ImageFamily, ImageSource, type ImageVersionOptions } from "cdktf-openstack-images";

const { STEP = "first" } = process.env;

const build = (version: string, more: Partial<ImageVersionOptions> = {}): ImageVersionOptions => ({
  version,
  source: ImageSource.fromFile(`build-${version}.qcow2`),
  ...more,
});
const free = { protected: false, retireAfter: "2027-02-28" };
const STEPS: Record<string, ImageVersionOptions[]> = {
  first: [build("1", { retireAfter: "2027-01-31" })],
  second: [build("2"), build("1", free)],
  third: [build("3"), build("2"), build("1", free)],
  open: [build("2", { protected: false }), build("1", free)],
};

const app = new App();
const stack = new TerraformStack(app, "family-names");
new LocalBackend(stack, { path: "../../../terraform.family-names.tfstate" });
new OpenstackProvider(stack, "openstack", { cloud: "demo" });
new ImageFamily(stack, "Plain", {
  imageName: "x-plain",
  naming: FamilyNaming.PLAIN_FOR_NEWEST,
  keep: 2,
  protected: true,
  versions: STEPS[STEP] ?? [],
});
app.synth();
