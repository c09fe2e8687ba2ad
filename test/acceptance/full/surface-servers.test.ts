import { readFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "../support/app";
import {
  attachmentOf,
  type DiskFile,
  hasBytes,
  isMarkedFile,
  markFile,
  ownDisk,
  sizeBytes,
  volumeFile,
} from "../support/disks";
import { failureOf, oneLine } from "../support/failure";
import { imageFile } from "../support/image-file";
import { saw } from "../support/proof";
import { type Shell, shellOf } from "../support/shell";
import { destroyRest, type State, stateOf } from "../support/state";

const STACK = "surface-servers";
const PLAIN = "openstack_blockstorage_volume_v3.Plain";
const GROUP = "openstack_compute_servergroup_v2.Group";
const NOBODY = "00000000-0000-4000-8000-000000000000";
const address = (id: string) => `openstack_compute_instance_v2.${id}`;
const all = (verdict: string[], ...ids: string[]) => Object.fromEntries(ids.map((id) => [address(id), verdict]));
/** Flavors that a lookup finds when it forgets one of its options. */
const DECOYS = [
  "--ram 208 --vcpus 1 --disk 1",
  "--ram 200 --vcpus 2 --disk 1",
  "--ram 200 --vcpus 1 --disk 2",
  "--ram 192 --vcpus 1 --disk 1 --swap 64",
  "--ram 200 --vcpus 2 --disk 0 --swap 64",
  "--ram 64 --vcpus 4 --disk 3 --description x-description",
  "--ram 64 --vcpus 4 --disk 4 --rxtx-factor 1.5 --description x-other",
];
const DECOY_NAMES = DECOYS.map((_, i) => `x-decoy-${i}`);
const names = (type: string, ...options: string[]) => options.map((option) => `${type}.${option}`);

interface ServerShown {
  id: string;
  name: string;
  status: string;
  created: string;
  updated: string;
  addresses: Record<string, string[]>;
  config_drive: string;
  flavor: { name: string };
  key_name: string | null;
  pinned_availability_zone: string | null;
  project_id: string;
  properties: Record<string, string>;
  scheduler_hints: Record<string, string[]>;
  security_groups?: { name: string }[];
  tags: string[];
  volumes_attached: { id: string; delete_on_termination: boolean }[];
  fault?: { message: string };
  "OS-EXT-AZ:availability_zone": string;
  "OS-EXT-SRV-ATTR:host": string;
  "OS-EXT-SRV-ATTR:hypervisor_hostname": string;
}

interface VolumeShown {
  id: string;
  name: string;
  size: number;
  status: string;
  type: string;
  created_at: string;
  snapshot_id: string | null;
}

const demo = shellOf("demo");
const admin = shellOf("admin");
const second = shellOf("second");

describe("what servers take", () => {
  const base = new App("test/acceptance/apps/surface-servers");
  let first: App;
  let last: App;
  /** What the app needs, by its name in the environment. */
  let given: Record<string, string>;
  let before: State;
  /** What the first deployment printed. */
  let deployed: string;
  /** The volumes that were made with the server `Disks`, and the one that the first `OnVolume` leaves behind. */
  let made: string[];
  let stays: string;

  const at = (step: string) => first.with({ STEP: step, TF_VAR_password: "later-word" });
  const idOf = (id: string, state = before) => state[address(id)]?.id ?? "";
  const show = (id: string, state = before, shell: Shell = demo) =>
    shell.json<ServerShown>(`server show ${idOf(id, state)}`);
  const volumesOf = (server: ServerShown, goes: boolean) =>
    server.volumes_attached.filter((one) => one.delete_on_termination === goes).map(({ id }) => id);
  /** What the guest gets on its config drive. */
  const driveOf = (serverId: string) => readFileSync(ownDisk(serverId, "disk.config").file, "latin1");
  const eventsOf = async (serverId: string, shell = demo) =>
    (await shell.json<{ Action: string }[]>(`server event list ${serverId}`)).map(({ Action }) => Action).reverse();

  beforeAll(async () => {
    for (const build of [1, 2]) imageFile(join(base.folder, `build-${build}.raw`), `surface build ${build}`);
    await admin.text("quota set --volumes 40 --instances 40 --cores 60 demo");
    // what the app needs and no resource of the provider makes, and a volume that somebody else has made
    const file = join(base.folder, "build-1.raw");
    await demo.text(`image create --disk-format raw --container-format bare --file ${file} x-snapshot-image`);
    await demo.text("volume create --size 1 --image x-snapshot-image x-snapshot-volume");
    await demo.text("volume create --size 1 x-goes");
    const disks = "--ram 200 --vcpus 1 --disk 1 --ephemeral 3 --swap 64 --rxtx-factor 1.5 --description x-description";
    await admin.text(`flavor create ${disks} x-disks`);
    await admin.text("flavor create --ram 192 --vcpus 1 --disk 1 --private x-private");
    for (const [i, shape] of DECOYS.entries()) await admin.text(`flavor create ${shape} ${DECOY_NAMES[i]}`);
    const isAvailable = ({ status }: VolumeShown) => status === "available";
    await demo.until<VolumeShown>("volume show x-snapshot-volume", isAvailable);
    await demo.text("volume snapshot create --volume x-snapshot-volume x-snapshot");
    const flavors = await demo.json<{ ID: string; Name: string }[]>("flavor list");
    const flavorOf = (name: string) => flavors.find(({ Name }) => Name === name)?.ID ?? "";
    const [compute] = await admin.json<{ Host: string }[]>("compute service list --service nova-compute");
    const [libvirt] = await admin.json<{ "Hypervisor Hostname": string }[]>("hypervisor list");
    given = {
      SNAPSHOT: (await demo.until<VolumeShown>("volume snapshot show x-snapshot", isAvailable)).id,
      GOES: (await demo.json<VolumeShown>("volume show x-goes")).id,
      FLAVOR: flavorOf("x-disks"),
      PRIVATE: (await admin.json<{ id: string }>("flavor show x-private")).id,
      LARGER: flavorOf("m1.tiny"),
      HOST: compute?.Host ?? "",
      HYPERVISOR: libvirt?.["Hypervisor Hostname"] ?? "",
    };
    const parallel = { TF_CLI_ARGS_apply: "-parallelism=30", TF_CLI_ARGS_destroy: "-parallelism=30" };
    first = base.with({ ...given, ...parallel, TF_VAR_password: "first-word" });
    last = at("last");
  });
  afterAll(async () => {
    destroyRest(last, STACK);
    await demo.text("volume snapshot delete x-snapshot");
    await demo.until<unknown[]>("volume snapshot list --name x-snapshot", (list) => list.length === 0);
    await demo.text("volume delete x-snapshot-volume");
    await demo.text("image delete x-snapshot-image");
    await admin.text(`flavor delete x-disks x-private ${DECOY_NAMES.join(" ")}`);
    await admin.text("quota delete --compute demo");
    await admin.text("quota delete --volume demo");
    await demo.until<unknown[]>("volume list --name x-snapshot-volume", (list) => list.length === 0);
  });

  test("servers with all of it are made, and the second plan is empty", () => {
    deployed = oneLine(first.deploy());
    before = stateOf(base, STACK);
    expect(first.plan(STACK).actions).toStrictEqual({});
    // one flavor, by whatever it is looked up
    const { Access: _, ...found } = first.outputs<Record<string, string>>(STACK);
    const same = ["ById", "ByName", "BySize", "ByMinimum", "ByRest"].map((id) => [`Found${id}`, given.FLAVOR]);
    expect(found).toStrictEqual({ ...Object.fromEntries(same), FoundPrivate: given.PRIVATE });
    const by = ["flavorId", "flavorName", "ramMb", "vcpus", "diskGb", "minRamMb", "minDiskGb", "swapMb", "description"];
    saw(
      ["Flavor.fromLookup", ...names("FlavorLookupOptions", ...by, "rxTxFactor", "isPublic")],
      "a flavor looked up in five ways among eight that differ in one thing each, and by the administrator one that is not public",
      `each finds ${given.FLAVOR}, and the administrator ${given.PRIVATE}; ${Object.keys(before).length} resources; second plan: no changes`,
    );
  });

  test("data disks of every kind", async () => {
    const server = await show("Disks");
    expect(server).toMatchObject({ status: "ACTIVE", flavor: { name: "x-disks" } });
    made = volumesOf(server, true);
    const filled = await Promise.all(
      made.map(async (id) => {
        const { size, type, snapshot_id: from } = await demo.json<VolumeShown>(`volume show ${id}`);
        return `${size} GiB, ${type}${from ? ", of the snapshot" : ""}: ${attachmentOf(server.id, id)}`;
      }),
    );
    expect(filled.sort()).toStrictEqual([
      "1 GiB, nfs-2: cdrom ide",
      "1 GiB, nfs: disk sata",
      "2 GiB, nfs, of the snapshot: disk virtio",
    ]);
    expect(volumesOf(server, false)).toStrictEqual([before[PLAIN]?.id]);
    const [ephemeral, swap] = ["disk.eph0", "disk.swap"].map((name) => ownDisk(server.id, name)) as [
      DiskFile,
      DiskFile,
    ];
    expect([ephemeral, swap].map(sizeBytes)).toStrictEqual([3 * 1024 ** 3, 64 * 1024 ** 2]);
    // the features of an ext2, which has no journal, where the cloud's default is ext4; no other disk is of this size, for which Nova would
    // take what it made first
    expect(hasBytes(ephemeral, 1080, 0x53, 1) && hasBytes(ephemeral, 1116, 0x38, 1)).toBe(true);
    saw(
      [
        "ServerProps.dataDisks",
        ...names("DataDisk", "newVolume", "fromImage", "fromSnapshot", "fromVolume", "ephemeral", "swap"),
        ...names("NewVolumeOptions", "sizeGb", "volumeType", "deleteOnTermination"),
        ...names("SnapshotVolumeOptions", "sizeGb", "volumeType", "deleteOnTermination"),
        ...names("DiskOptions", "diskBus", "deviceType"),
        ...names("EphemeralDiskOptions", "sizeGb", "guestFormat"),
        "SwapDiskOptions.sizeMb",
      ],
      "six data disks",
      `volume show, and the guest's domain: ${filled.join("; ")}; these go with the server, the volume of the app does not; Nova's own: 3 GiB ext2, 64 MiB`,
    );
  });

  test("a root disk on a snapshot and on a new volume", async () => {
    await demo.consoles({ [idOf("OnSnapshot")]: "surface build 1", [idOf("OnVolume")]: "surface build 1" });
    const goes = volumesOf(await show("OnSnapshot"), true);
    expect(goes).toHaveLength(2);
    expect(goes).toContain(given.GOES);
    [stays = ""] = volumesOf(await show("OnVolume"), false);
    expect(await demo.json(`volume show ${stays}`)).toMatchObject({ size: 1, type: "nfs-2", name: "" });
    expect(attachmentOf(idOf("OnVolume"), stays)).toBe("disk virtio");
    saw(
      [
        "ServerProps.boot",
        ...names("BootSource", "fromSnapshot", "fromNewVolume"),
        ...names("NewVolumeOptions", "sizeGb", "volumeType", "deleteOnTermination"),
        "ExistingVolumeOptions.deleteOnTermination",
      ],
      "from a snapshot, beside a volume that somebody made; from an image",
      `both consoles: "surface build 1"; server show: two volumes that go with the server, one of them ${given.GOES}; one that stays, of type nfs-2, 1 GiB, without a name`,
    );
  });

  test("interfaces on two networks, and on a port", async () => {
    const { id, addresses } = await show("Nics", before, second);
    expect(addresses["net-second"]).toStrictEqual(["10.20.0.77"]);
    expect(addresses["x-back"]).toHaveLength(2);
    expect(addresses["x-back"]).toContain("10.77.0.70");
    const port = await second.json<{ device_id: string }>("port show x-port");
    expect(port.device_id).toBe(id);
    expect(first.outputs(STACK)).toMatchObject({ Access: "10.77.0.70" });
    saw(
      [
        "ServerProps.networkInterfaces",
        ...names("NetworkInterface", "onNetwork", "onNetworkNamed", "fromPort"),
        "NetworkOptions.fixedIpV4",
        "PortOptions.accessNetwork",
      ],
      "three interfaces on two networks",
      `server show: ${JSON.stringify(addresses)}; port show: device_id ${port.device_id}; access_ip_v4: 10.77.0.70`,
    );
  });

  test("name, metadata, tags, groups, network mode, power state and timeouts", async () => {
    const tagged = await show("Tagged");
    expect(tagged).toMatchObject({ name: "x-tagged", status: "ACTIVE", properties: { role: "first", dropped: "yes" } });
    expect([...tagged.tags].sort()).toStrictEqual(["one", "two"]);
    expect(tagged.security_groups).toStrictEqual([{ name: "x-web" }]);
    expect(tagged.addresses["net-demo"]).toHaveLength(1);
    expect(before[address("Tagged")]).toMatchObject({ timeouts: { create: "20m", update: "15m", delete: "10m" } });
    expect(await show("Zone")).toMatchObject({ status: "ACTIVE", addresses: {} });
    expect(await show("Neighbour")).toMatchObject({ status: "SHUTOFF" });
    saw(
      [
        ...names("ServerProps", "serverName", "metadata", "tags", "securityGroupNames", "networkMode", "powerState"),
        ...names("ServerProps", "createTimeoutMinutes", "updateTimeoutMinutes", "deleteTimeoutMinutes", "flavor"),
        ...names("NetworkMode", "AUTO", "NONE"),
        ...names("PowerState", "ACTIVE", "SHUTOFF"),
      ],
      "servers, one of them stopped",
      `server show: ${tagged.name}, ${JSON.stringify(tagged.properties)}, ${tagged.tags}, x-web, ${tagged.addresses["net-demo"]}; another: no address; another: SHUTOFF; state: 20m, 15m, 10m`,
    );
    // cdktf adds the construct's path
    const made = deployed.search(/v3\.Plain( \(\S+\))?: Creation complete/);
    expect(made).toBeGreaterThan(0);
    expect(deployed.search(/v2\.Tagged( \(\S+\))?: Creating\.\.\./)).toBeGreaterThan(made);
    saw(
      "OpenstackProps.dependsOn",
      "a server after a volume that it does not use",
      "apply: the server is begun after the volume is complete",
    );
  });

  test("user data, password and key pair at the first boot", async () => {
    const id = idOf("FirstBoot");
    const said = (await demo.consoles({ [id]: "TINYLINUX-READY" }))[id];
    expect(said).toContain("TINYLINUX-USERDATA first ${x} %{y}");
    expect(driveOf(id)).toContain("first ${x} %{y}\nsecond line\n");
    expect(driveOf(id)).toContain('"admin_pass": "first-word"');
    expect((await show("FirstBoot")).config_drive).toBe("True");
    expect(await show("OnHypervisor", before, admin)).toMatchObject({ config_drive: "", key_name: null });
    expect(await show("Keyed")).toMatchObject({ key_name: "x-key" });
    saw(
      [...names("ServerProps", "userData", "configDrive", "adminPassword", "keyPairName"), "UserData.fromText"],
      "user data of two lines with ${x} and %{y}, a password, a key pair",
      "console: TINYLINUX-USERDATA first ${x} %{y}; on the config drive: both lines, the password; server show: config_drive True, x-key",
    );
  });

  test("a place, and hints", async () => {
    const zone = await show("Zone");
    expect(zone).toMatchObject({ "OS-EXT-AZ:availability_zone": "nova", pinned_availability_zone: "nova" });
    const { id: project } = await admin.json<{ id: string }>("project show admin");
    expect(zone.project_id).not.toBe(project);
    for (const id of ["OnHost", "OnHypervisor"]) {
      expect(await show(id, before, admin)).toMatchObject({
        project_id: project,
        flavor: { name: "x-private" },
        "OS-EXT-SRV-ATTR:host": given.HOST,
        "OS-EXT-SRV-ATTR:hypervisor_hostname": given.HYPERVISOR,
      });
    }
    saw(
      [
        ...names("ServerProps", "availabilityZone", "availabilityZoneHints", "hypervisorHostname"),
        ...names("OpenstackProps", "provider", "region"),
        "Flavor.fromFlavorId",
      ],
      "in a zone; by the administrator on a host, and on a hypervisor",
      `server show: nova, pinned to it; ${given.HOST} and ${given.HYPERVISOR}, in the project admin, flavor x-private`,
    );

    const { scheduler_hints: hints } = await show("Hints");
    expect(hints).toStrictEqual({
      group: [before[GROUP]?.id],
      same_host: [idOf("Neighbour")],
      different_host: [NOBODY],
      query: ['["=","$hypervisor_type","QEMU"]'],
      target_cell: ["one"],
      different_cell: ["two"],
      build_near_host_ip: ["127.0.0.0"],
      cidr: ["/24"],
      note: ["any"],
    });
    saw(
      [
        "ServerProps.schedulerHints",
        ...names("SchedulerHints", "group", "sameHost", "differentHost", "query", "targetCell", "differentCell"),
        ...names("SchedulerHints", "buildNearHostIp", "additionalProperties"),
      ],
      "every hint",
      `server show: ${JSON.stringify(hints)}`,
    );
  });

  test("another zone or hypervisor replaces, a dropped one does nothing, and a flavor that is too small fails the plan", async () => {
    expect(first.with({ CHANGE: "place" }).plan(STACK).actions).toStrictEqual(
      all(["delete", "create"], "Zone", "OnHypervisor"),
    );
    saw(
      names("ServerProps", "availabilityZone", "hypervisorHostname"),
      "another zone, another hypervisor",
      "plan: delete, create, each (there is one of each, so that it is not applied)",
    );
    expect(first.with({ CHANGE: "dropped" }).plan(STACK).actions).toStrictEqual(all(["update"], "Tagged"));
    saw(
      [
        ...names("ServerProps", "tags", "securityGroupNames", "availabilityZone", "hypervisorHostname"),
        ...names("SchedulerHints", "buildNearHostIp", "additionalProperties"),
      ],
      "tags dropped; groups, zone, hypervisor and buildNearHostIp dropped, and the key of another hint changed",
      "plan: update, for the tags; nothing for the rest",
    );
    const said = ["ram", "disk"].map((change) => failureOf(() => first.with({ CHANGE: change }).plan(STACK)));
    expect(said[0]).toMatch(/128 MiB, got 64; take a larger one \[ImageDoesNotFit at /);
    expect(said[1]).toMatch(/2 GiB, got 1; take a larger one \[ImageDoesNotFit at /);
    const nova = await demo.text("server create --image tiny --flavor m1.nano --nic none x-small").catch(String);
    expect(nova).toContain("Flavor's memory is too small for requested image");
    saw(
      ["Flavor.fromFlavorName", ...names("FlavorAttributes", "ramMb", "diskGb")],
      "an image that wants 128 MiB and 2 GiB with m1.nano, of 64 MiB and 1 GiB",
      "synth fails: ImageDoesNotFit; so does server create: Flavor's memory is too small for requested image",
    );
  });

  test("what the cloud refuses leaves the server as it is", async () => {
    const refused = at("refused");
    expect(refused.plan(STACK).actions).toMatchObject({
      ...all(["update"], "FirstBoot", "Neighbour"),
      ...all(["create"], "Elsewhere", "Queried", "Near"),
    });
    const said = failureOf(() => refused.deploy());
    expect(said).toContain("QEMU guest agent is not enabled");
    expect(said).toMatch(/Cannot 'pause' instance \S+ while it is in vm_state stopped/);
    expect(await show("Neighbour")).toMatchObject({ status: "SHUTOFF" });
    expect(driveOf(idOf("FirstBoot"))).toContain('"admin_pass": "first-word"');
    const now = stateOf(base, STACK);
    const faults = await Promise.all(
      ["Elsewhere", "Queried", "Near"].map(async (id) => {
        const { status, fault } = await show(id, now);
        return `${status}: ${fault?.message}`;
      }),
    );
    expect(new Set(faults)).toStrictEqual(
      new Set(["ERROR: No valid host was found. There are not enough hosts available."]),
    );
    // the state has the new password by now
    expect(refused.plan(STACK).actions).not.toHaveProperty([address("FirstBoot")]);
    saw(
      "ServerProps.adminPassword",
      "changed",
      "plan: update; apply fails: QEMU guest agent is not enabled; on the config drive: the first one; second plan: no change",
    );
    saw("PowerState.PAUSED", "of a stopped server", "plan: update; apply fails: Cannot 'pause'; server show: SHUTOFF");
    saw(
      names("SchedulerHints", "differentHost", "query", "buildNearHostIp"),
      "no host can be found",
      `apply fails; server show: ${faults[0]}`,
    );
  });

  test("name, metadata, tags, groups, power state and flavor change in place", async () => {
    const later = at("later");
    const updated = [
      "Disks",
      "OnSnapshot",
      "Nics",
      "Tagged",
      "Neighbour",
      "Paused",
      "Shelved",
      "Resized",
      "Unconfirmed",
    ];
    const { updated: touched } = await show("OnSnapshot");
    const { updated: nics } = await show("Nics", before, second);
    const { actions } = later.plan(STACK);
    expect(actions).toMatchObject({
      ...all(["update"], ...updated),
      ...all(["delete"], "Elsewhere", "Queried", "Near"),
    });
    const deployment = later.startDeploy();
    // what a cloud does that confirms by itself
    const unconfirmed = `server show ${idOf("Unconfirmed")}`;
    await demo.until<ServerShown>(unconfirmed, ({ status }) => status === "VERIFY_RESIZE");
    await demo.text(`server resize confirm ${idOf("Unconfirmed")}`);
    await deployment.endsWithin(120);
    expect(later.plan(STACK).actions).toStrictEqual({});
    const now = stateOf(base, STACK);
    for (const id of updated) expect(idOf(id, now)).toBe(idOf(id));

    const tagged = await show("Tagged");
    expect(tagged).toMatchObject({
      name: "x-renamed",
      status: "SHUTOFF",
      tags: ["later"],
      properties: { role: "later" },
    });
    expect(tagged.properties).not.toHaveProperty("dropped");
    expect(tagged.security_groups).toStrictEqual([{ name: "x-db" }]);
    saw(
      names("ServerProps", "serverName", "metadata", "tags", "securityGroupNames"),
      "changed",
      `plan: update; server show: ${tagged.name}, ${JSON.stringify(tagged.properties)}, ${tagged.tags}, x-db; same id`,
    );

    const states = await Promise.all(
      ["Tagged", "Neighbour", "Paused", "Shelved"].map(async (id) => (await show(id)).status),
    );
    expect(states).toStrictEqual(["SHUTOFF", "ACTIVE", "PAUSED", "SHELVED_OFFLOADED"]);
    const kept = await demo.json<unknown[]>("image list --name x-shelved-shelved");
    expect(kept).toHaveLength(1);
    saw(
      ["ServerProps.powerState", ...names("PowerState", "ACTIVE", "SHUTOFF", "PAUSED", "SHELVED_OFFLOADED")],
      "running ones stopped, paused and shelved, a stopped one started",
      `plan: update; server show: ${states.join(", ")}; image list: x-shelved-shelved; same ids`,
    );

    for (const id of ["Resized", "Unconfirmed"]) expect((await show(id)).flavor.name).toBe("m1.tiny");
    expect(await eventsOf(idOf("Resized"))).toStrictEqual(["create", "resize", "confirmResize"]);
    saw(
      [...names("ServerProps", "flavor", "ignoreResizeConfirmation"), "Flavor.fromFlavorId"],
      "m1.nano to m1.tiny; without confirmation, which the test gave as the cloud would",
      "plan: update; server show: m1.tiny, both; server event list: resize, confirmResize; same ids",
    );
    expect((await show("OnSnapshot")).updated).toBe(touched);
    expect((await show("Nics", before, second)).updated).toBe(nics);
    expect(now[address("Nics")]).toMatchObject({ access_ip_v4: "10.20.0.77" });
    // the provider does not plan it
    expect(later.outputs(STACK)).toMatchObject({ Access: "10.77.0.70" });
    saw(
      [
        ...names(
          "ServerProps",
          "forceDelete",
          "detachPortsBeforeDestroy",
          "ignoreResizeConfirmation",
          "stopBeforeDestroy",
        ),
        ...names("PortOptions", "accessNetwork"),
      ],
      "turned on; another access network",
      `plan: update; server show: not updated since ${touched} and ${nics}; access_ip_v4 in the state: 10.20.0.77, and in outputs after the next apply`,
    );
  });

  test("the rest replaces, and what was paused, stopped or shelved comes back", async () => {
    const own = ["disk", "disk.eph0", "disk.swap"].map((name) => ownDisk(idOf("Disks"), name));
    const volumes = [...made, before[PLAIN]?.id ?? ""].map(volumeFile);
    for (const disk of [...own, ...volumes]) markFile(disk);
    expect([...own, ...volumes].map(isMarkedFile)).not.toContain(false);
    const replaced = ["FirstBoot", "Keyed", "OnHypervisor", "Zone", "OnHost", "OnVolume", "Nics", "Hints"];
    const updated = ["Disks", "Paused", "Shelved"];
    const { actions } = last.plan(STACK);
    const servers = Object.entries(actions).filter(([one]) => one.startsWith(address("")));
    expect(Object.fromEntries(servers)).toStrictEqual({
      ...all(["delete", "create"], ...replaced),
      ...all(["update"], ...updated),
    });
    last.deploy();
    expect(last.plan(STACK).actions).toStrictEqual({});
    const now = stateOf(base, STACK);
    for (const id of replaced) expect(idOf(id, now)).not.toBe(idOf(id));
    for (const id of updated) expect(idOf(id, now)).toBe(idOf(id));

    await demo.consoles({ [idOf("FirstBoot", now)]: "TINYLINUX-USERDATA later line" });
    expect(driveOf(idOf("FirstBoot", now))).toContain('"admin_pass": "later-word"');
    expect(await show("Keyed", now)).toMatchObject({ key_name: "x-otherkey" });
    const driven = idOf("OnHypervisor", now);
    expect(await show("OnHypervisor", now, admin)).toMatchObject({ config_drive: "True" });
    expect(driveOf(driven)).toContain(`"uuid": "${driven}"`);
    expect((await show("Zone", now)).addresses["net-demo"]).toHaveLength(1);
    expect(await show("OnHost", now, admin)).toMatchObject({ pinned_availability_zone: "nova" });
    expect((await show("Hints", now)).scheduler_hints).toMatchObject({ note: ["other"] });
    saw(
      names(
        "ServerProps",
        "userData",
        "keyPairName",
        "configDrive",
        "networkMode",
        "availabilityZoneHints",
        "schedulerHints",
      ),
      "changed",
      "plan: delete, create, each; console: TINYLINUX-USERDATA later line, which was given as base64; server show: x-otherkey, config_drive True, an address, pinned to nova, note other; new ids",
    );

    expect(volumesOf(await show("OnVolume", now), true)).toHaveLength(1);
    expect(await demo.json(`volume show ${stays}`)).toMatchObject({ status: "available", name: "" });
    await demo.text(`volume delete ${stays}`);
    saw(
      ["ServerProps.dataDisks", "NewVolumeOptions.deleteOnTermination"],
      "a data disk more; the root volume stays",
      `plan: delete, create; volume show ${stays}: available, without a name`,
    );

    const port = await second.json<{ id: string; device_id: string }>("port show x-port");
    expect(port.id).toBe(before["openstack_networking_port_v2.Port"]?.id);
    expect(port.device_id).toBe(idOf("Nics", now));
    expect((await show("Nics", now, second)).addresses["net-second"]).toStrictEqual(["10.20.0.78"]);
    const events = await eventsOf(idOf("Nics"), second);
    expect(events).toStrictEqual(["create", "stop", "detach_interface", "delete"]);
    saw(
      [
        ...names("ServerProps", "networkInterfaces", "detachPortsBeforeDestroy", "stopBeforeDestroy"),
        "NetworkInterface.fromPort",
        "NetworkOptions.fixedIpV4",
      ],
      "another fixed address, beside a port",
      `plan: delete, create; server show: 10.20.0.78; the same port, device_id ${port.device_id}; server event list of the old one: ${events.join(", ")}`,
    );

    const states = await Promise.all(["Disks", "Paused", "Shelved"].map(async (id) => (await show(id, now)).status));
    expect(states).toStrictEqual(["ACTIVE", "ACTIVE", "ACTIVE"]);
    await demo.consoles({ [idOf("Shelved")]: "surface build 1", [idOf("Disks")]: "surface build 2" });
    expect(own.map(isMarkedFile)).toStrictEqual([false, false, false]);
    expect(volumes.map(isMarkedFile)).toStrictEqual([true, true, true, true]);
    saw(
      "PowerState.ACTIVE",
      "after SHUTOFF, PAUSED and SHELVED_OFFLOADED, beside a new build",
      'plan: update; server show: ACTIVE; console of the one that was shelved: "surface build 1"; same ids',
    );
    saw(
      ["ImageChange.REBUILD", "ServerProps.onImageChange"],
      "new build, a server with data disks of every kind",
      'plan: update; same id; console: "surface build 2"; markers gone from root, ephemeral and swap disk, still on all four volumes; second plan: no changes',
    );
  });

  test("leaves nothing when it is destroyed", async () => {
    const now = stateOf(base, STACK);
    const [staysToo = ""] = volumesOf(await show("OnVolume", now), false);
    const log = join(base.folder, "provider.log");
    last.with({ OS_DEBUG: "1", TF_LOG_PROVIDER: "DEBUG", TF_LOG_PATH: log }).destroy();
    await demo.text(`volume delete ${staysToo}`);
    const forced = [...readFileSync(log, "utf8").matchAll(/Force deleting OpenStack Instance ([\w-]+)/g)];
    expect(new Set(forced.map(([, id]) => id))).toStrictEqual(
      new Set(["Neighbour", "OnSnapshot"].map((id) => idOf(id, now))),
    );
    expect(await eventsOf(idOf("Neighbour"))).toContain("delete");
    const left = [...(await demo.json<{ ID: string; Name: string }[]>("server list"))];
    expect(left.filter(({ Name }) => Name.startsWith("x-"))).toStrictEqual([]);
    const volumes = (await demo.json<{ ID: string; Name: string }[]>("volume list")).map(({ ID }) => ID);
    for (const id of [...made, given.GOES, stays, before[PLAIN]?.id]) expect(volumes).not.toContain(id);
    saw(
      "ServerProps.forceDelete",
      "destroyed",
      "request: forceDelete, for the two that have it; server list: none of the app; server event list: delete",
    );
    saw(
      "ExistingVolumeOptions.deleteOnTermination",
      "destroyed, with a volume that somebody made",
      `volume list: not ${given.GOES}, and none of the app`,
    );
  });
});
