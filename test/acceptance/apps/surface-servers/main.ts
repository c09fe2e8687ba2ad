// Servers and volumes with all that they take besides what the other apps show. STEP is "later" for what changes in place, CHANGE names
// something that replaces.
import { ComputeServergroupV2 } from "@cdktf/provider-openstack/lib/compute-servergroup-v2";
import { DataOpenstackNetworkingNetworkV2 } from "@cdktf/provider-openstack/lib/data-openstack-networking-network-v2";
import { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import {
  BootSource,
  DataDisk,
  Flavor,
  Image,
  ImageChange,
  ImageSource,
  NetworkInterface,
  NetworkMode,
  PowerState,
  Server,
  Volume,
  VolumeSource,
} from "cdktf-openstack-images";

const { BUILD = "1", STEP = "first", CHANGE = "", SNAPSHOT = "", FIXED_IP = "" } = process.env;
const later = STEP === "later";
const app = new App();
const stack = new TerraformStack(app, "surface-servers");
new LocalBackend(stack, { path: "../../../terraform.surface-servers.tfstate" });
new OpenstackProvider(stack, "openstack", { cloud: "demo" });
const network = new DataOpenstackNetworkingNetworkV2(stack, "Network", { name: "net-demo" });
const group = new ComputeServergroupV2(stack, "Group", { name: "x-group", policies: ["soft-anti-affinity"] });
// the only one of this size
const disks = Flavor.fromLookup(stack, "Disks", { ramMb: 200, vcpus: 1 });
const tiny = Flavor.fromLookup(stack, "Tiny", { flavorName: "m1.tiny" });

const golden = new Image(stack, "Golden", {
  imageName: "x-surface",
  source: ImageSource.fromFile(`build-${BUILD}.raw`),
  minDiskGb: 1,
});

const plain = new Volume(stack, "Plain", {
  volumeName: "x-plain",
  sizeGb: 1,
  description: later ? "later" : "at first",
  metadata: later ? { a: "2" } : { a: "1", b: "1" },
});
const restored = new Volume(stack, "Restored", {
  volumeName: "x-restored",
  sizeGb: 2,
  source: VolumeSource.fromSnapshot(SNAPSHOT),
});
new Volume(stack, "Copy", { volumeName: "x-copy", sizeGb: 2, source: VolumeSource.fromVolume(restored) });
new Volume(stack, "Grows", { volumeName: "x-grows", sizeGb: later ? 2 : 1 });
const attached = new Volume(stack, "Attached", {
  volumeName: "x-attached",
  sizeGb: CHANGE.startsWith("grow") ? 2 : 1,
  enableOnlineResize: CHANGE !== "grow-not",
});

new Server(stack, "ManyDisks", {
  serverName: "x-many-disks",
  boot: BootSource.fromImage(golden),
  flavor: disks,
  onImageChange: ImageChange.REBUILD,
  dataDisks: [
    DataDisk.newVolume({ sizeGb: CHANGE === "disk" ? 2 : 1, deleteOnTermination: true }),
    DataDisk.ephemeral({ sizeGb: 1, guestFormat: "ext4" }),
    DataDisk.swap({ sizeMb: 64 }),
    DataDisk.fromImage(golden, { sizeGb: 1, deleteOnTermination: true, volumeType: "nfs" }),
    DataDisk.fromSnapshot(SNAPSHOT, { deleteOnTermination: true }),
    DataDisk.fromVolume(plain),
  ],
  networkInterfaces: [
    NetworkInterface.onNetwork(network.id, { fixedIpV4: FIXED_IP, accessNetwork: CHANGE === "access" }),
    NetworkInterface.onNetworkNamed("net-demo"),
  ],
  tags: later ? ["later"] : ["one", "two"],
  metadata: later ? { role: "later" } : { role: "first", dropped: "yes" },
  schedulerHints: { group: group.id, additionalProperties: { note: CHANGE === "hint" ? "other" : "any" } },
  stopBeforeDestroy: true,
});
new Server(stack, "FromSnapshot", {
  serverName: "x-from-snapshot",
  boot: BootSource.fromSnapshot(SNAPSHOT, { deleteOnTermination: true }),
  flavor: Flavor.fromLookup(stack, "Volume", { flavorName: "m1.volume" }),
  networkMode: NetworkMode.AUTO,
});
new Server(stack, "Alone", {
  serverName: "x-alone",
  boot: BootSource.fromImage(golden),
  flavor: tiny,
  networkMode: NetworkMode.NONE,
  powerState: later ? PowerState.ACTIVE : PowerState.SHUTOFF,
  forceDelete: true,
});
const tagged = new Server(stack, "Tagged", {
  serverName: "x-tagged",
  boot: BootSource.fromImage(golden),
  flavor: tiny,
  networkMode: NetworkMode.AUTO,
  tags: ["auto"],
  powerState: later ? PowerState.SHUTOFF : PowerState.ACTIVE,
});
tagged.attachVolume("Attachment", attached, { tag: "data" });
app.synth();
