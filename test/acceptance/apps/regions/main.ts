// Images in two regions; the Glance of the second computes SHA-256, and converts what it imports. STEP says what there is.
import { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { DiskFormat, Image, ImageSource, RegionalImage } from "cdktf-openstack-images";

const { STEP = "one", URL_BASE = "http://127.0.0.1" } = process.env;

const app = new App();
const url = (name: string) => `${URL_BASE}/${name}.qcow2`;
function newStack(id: string): TerraformStack {
  const stack = new TerraformStack(app, id);
  new LocalBackend(stack, { path: `../../../terraform.${id}.tfstate` });
  new OpenstackProvider(stack, "openstack", { cloud: "demo" });
  return stack;
}
const providerOfTwo = (stack: TerraformStack) =>
  new OpenstackProvider(stack, "two", { alias: "two", cloud: "demo", region: "RegionTwo" });

const regions = newStack("regions");
const golden = [
  { region: "RegionOne" },
  { region: "RegionTwo" },
  { region: "elsewhere", provider: providerOfTwo(regions) },
];
new RegionalImage(regions, "Golden", {
  imageName: STEP === "renamed" ? "x-golden-2" : "x-golden",
  source: ImageSource.fromFile("golden.qcow2"),
  regions: STEP === "one" ? golden.slice(0, 1) : golden,
});
if (STEP !== "one") {
  new RegionalImage(regions, "Drifting", {
    imageName: "x-drifting",
    source: ImageSource.fromUrl(`${URL_BASE}/latest/drifting.qcow2`, { allowMoving: "shown to differ" }),
    diskFormat: DiskFormat.QCOW2,
    regions: STEP === "differs" ? golden.slice(0, 2) : golden.slice(0, 1),
  });
}

const two = newStack("two");
const provider = providerOfTwo(two);
const image = (id: string, source: ImageSource) => new Image(two, id, { source, provider, createTimeoutMinutes: 2 });
image("x-Upload", ImageSource.fromUrl(url("upload")));
image("x-Converted", ImageSource.fromWebDownload(url("converted"), { storedAs: DiskFormat.RAW }));
if (STEP === "forged") image("x-Forged", ImageSource.fromUrl(url("forged")));
if (STEP === "unsaid") image("x-Unsaid", ImageSource.fromWebDownload(url("unsaid")));
app.synth();
