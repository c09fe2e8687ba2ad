// Servers with all that they take besides what the other apps show. STEP says how far it is: "first", "refused" with what the cloud refuses,
// "later" with what changes in place, "last" with what replaces. CHANGE is "place", "dropped", "ram" or "disk", with what is planned and never
// deployed.
import { ComputeKeypairV2 } from "@cdktf/provider-openstack/lib/compute-keypair-v2";
import { ComputeServergroupV2 } from "@cdktf/provider-openstack/lib/compute-servergroup-v2";
import { DataOpenstackNetworkingNetworkV2 } from "@cdktf/provider-openstack/lib/data-openstack-networking-network-v2";
import { NetworkingNetworkV2 } from "@cdktf/provider-openstack/lib/networking-network-v2";
import { NetworkingPortV2 } from "@cdktf/provider-openstack/lib/networking-port-v2";
import { NetworkingSecgroupV2 } from "@cdktf/provider-openstack/lib/networking-secgroup-v2";
import { NetworkingSubnetV2 } from "@cdktf/provider-openstack/lib/networking-subnet-v2";
import { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
import { App, LocalBackend, TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import {
  BootSource,
  DataDisk,
  Flavor,
  type FlavorLookupOptions,
  Image,
  ImageChange,
  ImageSource,
  ImageVisibility,
  NetworkInterface,
  NetworkMode,
  PowerState,
  type SchedulerHints,
  Server,
  type ServerProps,
  UserData,
  Volume,
} from "cdktf-openstack-images";

const {
  SNAPSHOT = "",
  GOES = "",
  FLAVOR = "",
  LARGER = "",
  HOST = "",
  HYPERVISOR = "",
  STEP = "first",
  CHANGE = "",
} = process.env;
const STEPS = ["first", "refused", "later", "last"];
const since = (step: string) => STEPS.indexOf(STEP) >= STEPS.indexOf(step);
const refused = STEP === "refused";
const later = since("later");
const last = since("last");
const dropped = CHANGE === "dropped";

const app = new App();
const stack = new TerraformStack(app, "surface-servers");
new LocalBackend(stack, { path: "../../../terraform.surface-servers.tfstate" });
new OpenstackProvider(stack, "openstack", { cloud: "demo" });
const admin = new OpenstackProvider(stack, "admin", { cloud: "admin", alias: "admin" });
const second = new OpenstackProvider(stack, "second", { cloud: "second", alias: "second" });

// two networks: in a project of their own, since with a second one Nova chooses none by itself
const net = new DataOpenstackNetworkingNetworkV2(stack, "Network", { name: "net-second", provider: second });
const back = new NetworkingNetworkV2(stack, "Back", { name: "x-back", provider: second });
const subnet = new NetworkingSubnetV2(stack, "BackSubnet", {
  name: "x-back",
  networkId: back.id,
  cidr: "10.77.0.0/24",
  ipVersion: 4,
  provider: second,
});
const port = new NetworkingPortV2(stack, "Port", {
  name: "x-port",
  networkId: back.id,
  fixedIp: [{ subnetId: subnet.id, ipAddress: "10.77.0.70" }],
  provider: second,
});
const [web, db] = ["Web", "Db"].map((id) => new NetworkingSecgroupV2(stack, id, { name: `x-${id.toLowerCase()}` })) as [
  NetworkingSecgroupV2,
  NetworkingSecgroupV2,
];
const [key, otherKey] = ["Key", "OtherKey"].map(
  (id) => new ComputeKeypairV2(stack, id, { name: `x-${id.toLowerCase()}` }),
) as [ComputeKeypairV2, ComputeKeypairV2];
const group = new ComputeServergroupV2(stack, "Group", { name: "x-group", policies: ["soft-anti-affinity"] });
const golden = new Image(stack, "Golden", {
  imageName: "x-surface",
  source: ImageSource.fromFile(`build-${last ? 2 : 1}.raw`),
  minDiskGb: 1,
  // it does not hear that it shall stop
  properties: { os_shutdown_timeout: "1" },
});
const tiny = Image.fromLookup(stack, "Tiny", { imageName: "tiny", visibility: ImageVisibility.PUBLIC });

// one flavor, by each of what it is found by, among others that differ in one thing; the last one only administrators can find
const lookups: Record<string, FlavorLookupOptions> = {
  ById: { flavorId: FLAVOR },
  ByName: { flavorName: "x-disks" },
  BySize: { ramMb: 200, vcpus: 1, diskGb: 1 },
  ByMinimum: { minRamMb: 193, minDiskGb: 1, swapMb: 64 },
  ByRest: { description: "x-description", rxTxFactor: 1.5, isPublic: true, region: "RegionOne" },
  Private: { ramMb: 192, isPublic: false, provider: admin },
};
const found = Object.fromEntries(
  Object.entries(lookups).map(([id, options]) => {
    const flavor = Flavor.fromLookup(stack, id, options);
    new TerraformOutput(stack, `Found${id}`, { value: flavor.flavorId });
    return [id, flavor];
  }),
);

const { ACTIVE, PAUSED, SHELVED_OFFLOADED, SHUTOFF } = PowerState;
const nano = Flavor.fromFlavorName("m1.nano", { ramMb: 64, diskGb: 1 });
const server = (id: string, props: Partial<ServerProps> = {}) =>
  new Server(stack, id, {
    serverName: `x-${id.toLowerCase()}`,
    boot: BootSource.fromImage(golden),
    flavor: nano,
    ...(props.networkInterfaces ? {} : { networkMode: NetworkMode.NONE }),
    ...props,
  });

const plain = new Volume(stack, "Plain", { volumeName: "x-plain", sizeGb: 1 });
server("Disks", {
  flavor: found.BySize,
  onImageChange: ImageChange.REBUILD,
  dataDisks: [
    DataDisk.newVolume({ sizeGb: 1, deleteOnTermination: true, diskBus: "sata", deviceType: "disk" }),
    DataDisk.ephemeral({ sizeGb: 3, guestFormat: "ext2" }),
    DataDisk.swap({ sizeMb: 64 }),
    DataDisk.fromImage(golden, {
      sizeGb: 1,
      deleteOnTermination: true,
      volumeType: "nfs-2",
      diskBus: "ide",
      deviceType: "cdrom",
    }),
    DataDisk.fromSnapshot(SNAPSHOT, { deleteOnTermination: true, sizeGb: 2, volumeType: "nfs" }),
    DataDisk.fromVolume(plain),
  ],
  // off while the test marks them
  powerState: later && !last ? SHUTOFF : ACTIVE,
});
server("OnSnapshot", {
  boot: BootSource.fromSnapshot(SNAPSHOT, { deleteOnTermination: true, sizeGb: 2, volumeType: "nfs" }),
  forceDelete: later,
  detachPortsBeforeDestroy: later,
  ignoreResizeConfirmation: later,
  // a volume that somebody made, which goes with the server
  dataDisks: [DataDisk.fromVolume(Volume.fromVolumeId(stack, "Goes", GOES), { deleteOnTermination: true })],
});
server("OnVolume", {
  boot: BootSource.fromNewVolume(golden, {
    sizeGb: 1,
    deleteOnTermination: false,
    volumeType: "nfs-2",
    diskBus: "virtio",
    deviceType: "disk",
  }),
  dataDisks: last ? [DataDisk.newVolume({ sizeGb: 1, deleteOnTermination: true })] : [],
});

server("Nics", {
  boot: BootSource.fromImage(tiny),
  flavor: Flavor.fromFlavorName("m1.tiny"),
  networkInterfaces: [
    NetworkInterface.onNetwork(net.id, { fixedIpV4: last ? "10.20.0.78" : "10.20.0.77", accessNetwork: later }),
    NetworkInterface.fromPort(port.id, { accessNetwork: !later }),
    NetworkInterface.onNetworkNamed(back.name),
  ],
  detachPortsBeforeDestroy: true,
  stopBeforeDestroy: later,
  dependsOn: [subnet],
  provider: second,
});
server("Tagged", {
  networkMode: NetworkMode.AUTO,
  serverName: later ? "x-renamed" : "x-tagged",
  tags: dropped ? undefined : later ? ["later"] : ["one", "two"],
  metadata: later ? { role: "later" } : { role: "first", dropped: "yes" },
  securityGroupNames: dropped ? undefined : [later ? db.name : web.name],
  powerState: later ? SHUTOFF : ACTIVE,
  dependsOn: [plain],
  createTimeoutMinutes: 20,
  updateTimeoutMinutes: 15,
  deleteTimeoutMinutes: 10,
});

const password = new TerraformVariable(stack, "password", { type: "string", sensitive: true });
server("FirstBoot", {
  boot: BootSource.fromImage(tiny),
  flavor: Flavor.fromFlavorName("m1.tiny"),
  userData: UserData.fromText(last ? Buffer.from("later line\n").toString("base64") : "first ${x} %{y}\nsecond line\n"),
  configDrive: true,
  adminPassword: password,
});
server("Keyed", { keyPairName: last ? otherKey.name : key.name });

// in a zone, and by administrators on a host
const zone = server("Zone", {
  availabilityZone: dropped ? undefined : CHANGE === "place" ? "other" : "nova",
  networkMode: last ? NetworkMode.AUTO : NetworkMode.NONE,
});
server("OnHost", {
  boot: BootSource.fromImage(tiny),
  flavor: Flavor.fromFlavorId(found.Private?.flavorId ?? ""),
  availabilityZoneHints: last ? "nova" : `nova:${HOST}`,
  provider: admin,
  region: "RegionOne",
});
server("OnHypervisor", {
  boot: BootSource.fromImage(tiny),
  flavor: Flavor.fromFlavorId(found.Private?.flavorId ?? ""),
  configDrive: last ? true : undefined,
  hypervisorHostname: dropped ? undefined : CHANGE === "place" ? "other" : HYPERVISOR,
  provider: admin,
});

const hints = (id: string, schedulerHints: SchedulerHints) => server(id, { schedulerHints });
const NOBODY = "00000000-0000-4000-8000-000000000000";
const neighbour = server("Neighbour", { powerState: refused ? PAUSED : later ? ACTIVE : SHUTOFF, forceDelete: true });
hints("Hints", {
  group: group.id,
  sameHost: [neighbour.serverId],
  differentHost: [NOBODY],
  query: ["=", "$hypervisor_type", "QEMU"],
  targetCell: "one",
  differentCell: ["two"],
  buildNearHostIp: dropped ? undefined : "127.0.0.0/24",
  additionalProperties: { [dropped ? "remark" : "note"]: last ? "other" : "any" },
});
if (refused) {
  hints("Elsewhere", { differentHost: [zone.serverId] });
  hints("Queried", { query: ["=", "$hypervisor_type", "other"] });
  hints("Near", { buildNearHostIp: "192.0.2.0/24" });
}

server("Paused", { powerState: later && !last ? PAUSED : ACTIVE });
server("Shelved", { powerState: later && !last ? SHELVED_OFFLOADED : ACTIVE });
server("Resized", { flavor: later ? Flavor.fromFlavorId(LARGER) : nano });
server("Unconfirmed", { flavor: later ? Flavor.fromFlavorId(LARGER) : nano, ignoreResizeConfirmation: true });

const tooLarge: Record<string, object> = { ram: { minRamMb: 128 }, disk: { minDiskGb: 2 } };
if (tooLarge[CHANGE]) {
  const big = new Image(stack, "Big", { source: ImageSource.fromFile("build-1.raw"), ...tooLarge[CHANGE] });
  server("TooSmall", { boot: BootSource.fromImage(big) });
}

new TerraformOutput(stack, "Access", { value: (stack.node.findChild("Nics") as Server).resource.accessIpV4 });
app.synth();
