// What an image takes. STEP is "later" for all that changes, "dropped" for what is left out again, "unknown" for formats that nobody knows.
import { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import {
  Architecture,
  Image,
  ImageSource,
  ImageVisibility,
  OperatingSystem,
  OsPropertyChange,
} from "cdktf-openstack-images";
import { formats } from "./formats";

const { STEP = "first", FILES = ".", SOURCE = "one.raw", FIXED_ID = "", OTHER_ID = "", TAKEN = SOURCE } = process.env;
const isFirst = STEP === "first";
const isDropped = STEP === "dropped";
const app = new App();
const stack = new TerraformStack(app, "surface-images");
new LocalBackend(stack, { path: "../../../terraform.surface-images.tfstate" });
new OpenstackProvider(stack, "openstack", { cloud: "demo" });
formats(stack, FILES, STEP);

const source = ImageSource.fromFile(`${FILES}/${SOURCE}`);
const first = {
  imageName: "x-first",
  visibility: ImageVisibility.PRIVATE,
  minDiskGb: 1,
  minRamMb: 64,
  hidden: true,
  protected: false,
  tags: ["x", "first"],
  description: "at first",
  architecture: Architecture.X86_64,
  properties: { kept: "yes", changed: "at first", gone: "yes" },
  region: "RegionOne",
  createTimeoutMinutes: 5,
};
const later = {
  imageName: "x-later",
  visibility: ImageVisibility.SHARED,
  minDiskGb: 2,
  minRamMb: 128,
  hidden: false,
  protected: true,
  tags: ["x", "later"],
  description: "later",
  architecture: Architecture.AARCH64,
  properties: { kept: "yes", changed: "later", added: "yes" },
  region: "RegionOne",
  createTimeoutMinutes: 6,
};
const fields = new Image(stack, "x-Fields", { source, ...(isFirst ? first : isDropped ? {} : later) });
new Image(stack, "x-Opposite", {
  source,
  hidden: !isFirst,
  protected: isFirst,
  description: isDropped ? undefined : "some",
  architecture: isDropped ? undefined : Architecture.X86_64,
  properties: { kept: "yes" },
  dependsOn: [fields],
});

const linux = (version: string, adminUser?: string) =>
  OperatingSystem.linux({ distro: "tinylinux", version, adminUser });
const windows = (version: string, adminUser?: string) => OperatingSystem.windows({ version, adminUser });
const systems = {
  "x-Keep-Changed": isFirst ? linux("1", "root") : linux("it's 2", "root"),
  "x-Keep-Added": isFirst ? linux("1") : linux("1", "root"),
  "x-Keep-Gone": isFirst ? linux("1", "root") : linux("1"),
  "x-Replace-Changed": isFirst ? windows("2019", "Administrator") : windows("2022", "Administrator"),
  "x-Replace-Added": isFirst ? windows("2019") : windows("2019", "Administrator"),
  "x-Replace-Gone": isFirst ? windows("2019", "Administrator") : windows("2019"),
};
for (const [id, operatingSystem] of Object.entries(systems)) {
  const replaces = id.startsWith("x-Replace") || isDropped;
  const osPropertyChange = replaces ? OsPropertyChange.REPLACE : OsPropertyChange.KEEP;
  new Image(stack, id, { source, operatingSystem, osPropertyChange, createTimeoutMinutes: isFirst ? 5 : 6 });
}

new Image(stack, "x-OtherFile", { source: isFirst ? source : ImageSource.fromFile(`${FILES}/two.raw`) });
new Image(stack, "x-OtherId", { source, imageId: isFirst ? FIXED_ID : OTHER_ID });
new Image(stack, "x-Taken", { source: ImageSource.fromFile(`${FILES}/${TAKEN}`), imageId: process.env.TAKEN_ID });
app.synth();
