import { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import {
  BootSource,
  Flavor,
  ImageFamily,
  ImageSource,
  ImageStage,
  type ImageVersionOptions,
  ImageVisibility,
  NetworkMode,
  RetirementPolicy,
  Server,
} from "cdktf-openstack-images";

const { CANDIDATE, CURRENT } = ImageStage;
const { DELETE, RETAIN } = RetirementPolicy;
const { SECOND = "", STEP = "made" } = process.env;

const build = (version: string, more: Partial<ImageVersionOptions> = {}): ImageVersionOptions => ({
  version,
  source: ImageSource.fromFile(`build-${version}.raw`),
  ...more,
});

/** What the family's versions are, step by step. */
const STEPS: Record<string, ImageVersionOptions[]> = {
  made: [build("1.0")],
  tried: [build("2.0", { stage: CANDIDATE }), build("1.0")],
  promoted: [build("2.0"), build("1.0")],
  forward: [build("3.0"), build("2.0"), build("1.0")],
  back: [build("3.0"), build("2.0", { stage: CURRENT }), build("1.0")],
  retained: [build("3.0"), build("2.0", { stage: CURRENT }), build("1.0", { retired: RETAIN })],
  deleted: [build("3.0", { retired: DELETE }), build("2.0", { stage: CURRENT }), build("1.0", { retired: RETAIN })],
};

const app = new App();
const stack = new TerraformStack(app, "families");
new LocalBackend(stack, { path: "../../../terraform.families.tfstate" });
new OpenstackProvider(stack, "openstack", { cloud: "demo" });

const family = new ImageFamily(stack, "Tiny", {
  imageName: "x-tiny",
  visibility: ImageVisibility.COMMUNITY,
  testers: [SECOND],
  versions: STEPS[STEP] ?? [],
  minDiskGb: 1,
  properties: { os_shutdown_timeout: "1" },
});
const server = (id: string) =>
  new Server(stack, id, {
    serverName: `x-${id.toLowerCase()}`,
    boot: BootSource.fromImage(family.current),
    flavor: Flavor.fromFlavorName("m1.tiny"),
    networkMode: NetworkMode.NONE,
  });
server("Web");
// made when 2.0 has become the current one
if (!["made", "tried"].includes(STEP)) server("Later");
app.synth();
