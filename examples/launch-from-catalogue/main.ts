import { DataOpenstackNetworkingNetworkV2 } from "@cdktf/provider-openstack/lib/data-openstack-networking-network-v2";
import { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
import { App, LocalBackend, TerraformStack, TerraformVariable } from "cdktf";
import {
  BootSource,
  Flavor,
  type IImage,
  Image,
  ImageVisibility,
  NetworkInterface,
  Server,
  Volume,
} from "cdktf-openstack-images";
import type { Construct } from "constructs";
import { BINERO } from "./binero";
import { NERC } from "./nerc";

/** Launches images of one cloud. Which cloud that is, OS_CLOUD says at deploy. */
class Launches extends TerraformStack {
  private readonly networkId: string;
  private readonly flavors = new Map<string, Flavor>();

  constructor(scope: Construct, id: string) {
    super(scope, id);
    new LocalBackend(this, { path: `../../../terraform.${id}.tfstate` });
    new OpenstackProvider(this, "Openstack");
    const name = this.variable("network_name", "net-demo", "the network of the servers");
    this.networkId = new DataOpenstackNetworkingNetworkV2(this, "Network", { name }).id;
  }

  /** On the flavor's own disk: it goes with the server. */
  ephemeral(name: string, image: IImage): Server {
    return new Server(this, name, { ...this.shape(name), boot: BootSource.fromImage(image) });
  }

  /** On a volume that Nova makes from the image, as large as you say; here it goes with the server too. */
  volume(name: string, image: IImage): void {
    const boot = BootSource.fromNewVolume(image, { sizeGb: sizeGb(name), deleteOnTermination: true });
    new Server(this, `${name}-on-volume`, { ...this.shape(name), boot });
  }

  /** A data volume that is filled from the image, attached to a server that boots the image: the volume outlives the server. */
  data(name: string, image: IImage): void {
    const server = this.ephemeral(`${name}-with-data`, image);
    const data = new Volume(this, `${name}-data`, { sizeGb: sizeGb(name), image });
    server.attachVolume(`${name}-attachment`, data);
  }

  private shape(name: string) {
    return {
      flavor: this.flavor(name),
      networkInterfaces: [NetworkInterface.onNetwork(this.networkId)],
      keyPairName: process.env.KEY_PAIR,
    };
  }

  /** Looked up, so that the plan fails when an image that was looked up too does not fit. */
  private flavor(name: string): Flavor {
    const [id, variable, usual] = isWindows(name)
      ? ["WindowsFlavor", "windows_flavor_name", "m1.small"]
      : ["Flavor", "flavor_name", "m1.tiny"];
    const flavor =
      this.flavors.get(id) ??
      Flavor.fromLookup(this, id, { flavorName: this.variable(variable, usual, "the size of the servers") });
    this.flavors.set(id, flavor);
    return flavor;
  }

  private variable(id: string, value: string, description: string): string {
    return new TerraformVariable(this, id, { type: "string", default: value, description }).stringValue;
  }
}

function isWindows(name: string): boolean {
  return /windows/i.test(name);
}

/** Enough for every image of its kind. */
function sizeGb(name: string): number {
  return isWindows(name) ? 50 : 20;
}

/** By id: just this image, for as long as it is there. Nothing is asked, and so nothing is known of it at plan. */
function byId(stack: TerraformStack, name: string): IImage {
  return Image.fromImageId(stack, `${name}-image`, NERC[name]);
}

/** By name, and public: no other project can put an image of its own in the way. A new build under the name is found at the next plan. */
function byName(stack: TerraformStack, name: string): IImage {
  return Image.fromLookup(stack, `${name}-image`, { imageName: name, visibility: ImageVisibility.PUBLIC });
}

/** The words of an environment variable, with commas between. */
function words(variable: string, all: readonly string[]): string[] | undefined {
  const given = process.env[variable]?.split(",");
  const unknown = given?.filter((word) => !all.includes(word)) ?? [];
  if (unknown.length > 0) throw new Error(`${variable} must name some of ${all.join(", ")}, got ${unknown.join(", ")}`);
  return given;
}

const lists = { nerc: Object.keys(NERC), binero: BINERO };
const everyWay = ["ephemeral", "volume", "data"] as const;
const inEveryWay = ["ubuntu-22.04-x86_64", "ubuntu-jammy-22-x86_64"];
const chosenImages = words("IMAGES", Object.values(lists).flat());
const chosenWays = words("WAYS", everyWay);

const app = new App();
for (const [id, names] of Object.entries(lists)) {
  const stack = new Launches(app, id);
  for (const name of names.filter((name) => chosenImages?.includes(name) ?? true)) {
    const image = id === "nerc" && process.env.BY !== "name" ? byId(stack, name) : byName(stack, name);
    const ways = chosenWays ?? (inEveryWay.includes(name) ? everyWay : ["ephemeral"]);
    for (const way of everyWay.filter((way) => ways.includes(way))) stack[way](name, image);
  }
}
app.synth();
