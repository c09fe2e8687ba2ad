// Volumes and attachments with all that they take. STEP says how far it is: "first", "refused" with what the cloud refuses, "later" with what
// changes in place, "last" with what replaces.
import { BlockstorageVolumeTypeV3 } from "@cdktf/provider-openstack/lib/blockstorage-volume-type-v3";
import { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import {
  BootSource,
  DataDisk,
  Flavor,
  Image,
  ImageSource,
  NetworkMode,
  Server,
  Volume,
  VolumeAttachment,
  VolumeRetypePolicy,
  VolumeSource,
} from "cdktf-openstack-images";

const { SNAPSHOT = "", BACKUP = "", GROUP = "", LEGACY_SERVER = "", LEGACY_VOLUME = "", STEP = "first" } = process.env;
/** The id of nothing. */
const NOWHERE = "00000000-0000-4000-8000-000000000000";
const STEPS = ["first", "refused", "later", "last"];
const since = (step: string) => STEPS.indexOf(STEP) >= STEPS.indexOf(step);
const refused = STEP === "refused";
const later = since("later");
const last = since("last");

const app = new App();
const stack = new TerraformStack(app, "surface-volumes");
new LocalBackend(stack, { path: "../../../terraform.surface-volumes.tfstate" });
new OpenstackProvider(stack, "openstack", { cloud: "demo" });
const admin = new OpenstackProvider(stack, "admin", { cloud: "admin", alias: "admin" });
const type = (id: string, extraSpecs: Record<string, string>) =>
  new BlockstorageVolumeTypeV3(stack, id, {
    name: `x-${id.toLowerCase()}`,
    isPublic: true,
    extraSpecs,
    provider: admin,
  });
// of any backend; as the type nfs; for several servers
const any = type("Any", {});
const equal = type("Equally", { volume_backend_name: "nfs" });
const several = type("Several", { volume_backend_name: "nfs", multiattach: "<is> True" });
const image = new Image(stack, "Golden", {
  imageName: "x-volumes",
  source: ImageSource.fromFile("build-1.raw"),
  minDiskGb: 1,
});

const plain = new Volume(stack, "Plain", {
  volumeName: later ? "x-renamed" : "x-plain",
  sizeGb: 1,
  description: later ? "later" : "at-first",
  metadata: later ? { a: "2" } : { a: "1", b: "1" },
  region: "RegionOne",
  createTimeoutMinutes: 20,
  deleteTimeoutMinutes: 15,
});
const restored = new Volume(stack, "Restored", {
  volumeName: "x-restored",
  sizeGb: 2,
  source: VolumeSource.fromSnapshot(SNAPSHOT),
  enableOnlineResize: later,
  volumeRetypePolicy: later ? VolumeRetypePolicy.ON_DEMAND : undefined,
});
new Volume(stack, "Copy", {
  volumeName: "x-copy",
  sizeGb: 2,
  source: last ? VolumeSource.fromSnapshot(SNAPSHOT) : VolumeSource.fromVolume(restored),
});
new Volume(stack, "FromBackup", {
  volumeName: "x-backup",
  sizeGb: 1,
  source: VolumeSource.fromBackup(BACKUP),
  metadata: { of: "backup" },
});
new Volume(stack, "Grows", { volumeName: "x-grows", sizeGb: later ? 2 : 1 });
new Volume(stack, "Shrinks", { volumeName: "x-shrinks", sizeGb: refused ? 1 : 2 });

// another type: with data that moves to another backend, data that may not, and data that is where it should be
const [nfs, other] = later ? ["nfs-2", equal.name] : ["nfs", "nfs"];
new Volume(stack, "Moves", {
  volumeName: "x-moves",
  sizeGb: 1,
  image,
  volumeType: nfs,
  volumeRetypePolicy: VolumeRetypePolicy.ON_DEMAND,
});
new Volume(stack, "Stays", {
  volumeName: "x-stays",
  sizeGb: 1,
  volumeType: last ? "nfs" : nfs,
  volumeRetypePolicy: VolumeRetypePolicy.NEVER,
});
new Volume(stack, "Equal", { volumeName: "x-equal", sizeGb: 1, volumeType: other });

// where Cinder puts it: a type of any backend leaves that to the hints
const anywhere = { sizeGb: 1, volumeType: any.name };
new Volume(stack, "Away", {
  ...anywhere,
  volumeName: "x-away",
  schedulerHints: { differentHost: [plain.volumeId] },
});
new Volume(stack, "Beside", { ...anywhere, volumeName: "x-beside", schedulerHints: { sameHost: [plain.volumeId] } });
new Volume(stack, "Queried", {
  ...anywhere,
  volumeName: "x-queried",
  schedulerHints: { query: `["=", "$volume_backend_name", "${last ? "nfs" : "nfs-2"}"]` },
});
new Volume(stack, "Noted", {
  ...anywhere,
  volumeName: "x-noted",
  schedulerHints: { additionalProperties: { note: "any" } },
});
new Volume(stack, "Zone", { ...anywhere, volumeName: "x-zone", availabilityZone: last ? "second" : "nova" });
new Volume(stack, "Grouped", {
  volumeName: "x-grouped",
  sizeGb: 1,
  volumeType: "nfs",
  consistencyGroupId: refused ? NOWHERE : GROUP,
});

const shared = new Volume(stack, "Shared", { volumeName: "x-shared", sizeGb: 1, volumeType: several.name });
const shape = {
  boot: BootSource.fromImage(image),
  flavor: Flavor.fromFlavorName("m1.nano"),
  networkMode: NetworkMode.NONE,
};
const one = new Server(stack, "One", {
  ...shape,
  serverName: "x-one",
  dataDisks: [DataDisk.fromVolume(shared, { multiattach: true })],
});
const two = new Server(stack, "Two", { ...shape, serverName: "x-two" });
const local = { ...anywhere, schedulerHints: { localToInstance: two.serverId } };
new Volume(stack, "Local", { ...local, volumeName: "x-local" });

// attached, and growing: on a backend that cannot, on one that can, and without having been asked to
const growing = { sizeGb: refused ? 2 : 1, enableOnlineResize: true };
const fails = new Volume(stack, "Fails", { ...growing, volumeName: "x-fails" });
const asked = new Volume(stack, "Unasked", { ...growing, volumeName: "x-unasked", enableOnlineResize: false });
const attached = new Volume(stack, "Attached", {
  volumeName: "x-attached",
  sizeGb: later ? 2 : 1,
  volumeType: "nfs-3",
  availabilityZone: "second",
  enableOnlineResize: true,
});
two.attachVolume("AttachmentOfFails", fails);
two.attachVolume("AttachmentOfUnasked", asked);
two.attachVolume("AttachmentOfAttached", attached, { tag: last ? "other" : "data" });
two.attachVolume("AttachmentOfShared", shared, {
  multiattach: true,
  // Cinder takes one server after the other
  dependsOn: [one],
  createTimeoutMinutes: 20,
  deleteTimeoutMinutes: 15,
});
// made by somebody else
new VolumeAttachment(stack, "Legacy", {
  server: Server.fromServerId(stack, "LegacyServer", LEGACY_SERVER),
  volume: Volume.fromVolumeId(stack, "LegacyVolume", LEGACY_VOLUME),
  ignoreVolumeConfirmation: true,
});
if (refused) {
  // on the host of a server that is none
  new Volume(stack, "Nowhere", {
    ...anywhere,
    volumeName: "x-nowhere",
    schedulerHints: { localToInstance: NOWHERE },
  });
}
app.synth();
