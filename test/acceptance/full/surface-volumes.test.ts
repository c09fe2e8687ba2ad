import { readFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "../support/app";
import { run } from "../support/cloud";
import { firstSector, volumeFile } from "../support/disks";
import { failureOf } from "../support/failure";
import { imageFile } from "../support/image-file";
import { saw } from "../support/proof";
import { shellOf } from "../support/shell";
import { destroyRest, type State, stateOf } from "../support/state";

const STACK = "surface-volumes";
const TEXT = "volumes build 1";
const volume = (id: string) => `openstack_blockstorage_volume_v3.${id}`;
const server = (id: string) => `openstack_compute_instance_v2.${id}`;

interface VolumeShown {
  id: string;
  name: string;
  status: string;
  size: number;
  type: string;
  availability_zone: string;
  description: string | null;
  properties: Record<string, string>;
  snapshot_id: string | null;
  source_volid: string | null;
  group_id: string | null;
  attachments: { server_id: string; device: string }[];
  /** Said to administrators alone: HOST@BACKEND#POOL. */
  "os-vol-host-attr:host": string;
}

interface Named {
  id: string;
  status: string;
}

const demo = shellOf("demo");
const admin = shellOf("admin");

describe("what volumes and attachments take", () => {
  const base = new App("test/acceptance/apps/surface-volumes");
  let first: App;
  let last: App;
  let given: Record<"SNAPSHOT" | "BACKUP" | "LEGACY_SERVER" | "LEGACY_VOLUME" | "GROUP", string>;
  let before: State;

  const at = (step: string) => first.with({ STEP: step });
  const attachment = (id: string) =>
    Object.keys(before).find((address) => address.includes(`Two_AttachmentOf${id}_`)) ?? "";
  const idOf = (id: string, state = before) => state[volume(id)]?.id ?? "";
  const show = (id: string, state = before) => demo.json<VolumeShown>(`volume show ${idOf(id, state)}`);
  const backendOf = async (id: string, state = before) =>
    (await admin.json<VolumeShown>(`volume show ${idOf(id, state)}`))["os-vol-host-attr:host"].replace(/.*#/, "");
  const fileOf = (id: string) => volumeFile(idOf(id));

  beforeAll(async () => {
    const file = join(base.folder, "build-1.raw");
    imageFile(file, TEXT);
    // what no resource of the provider makes, and what somebody else would have
    await admin.text("quota set --volumes 40 --gigabytes 200 --backups 20 --snapshots 20 demo");
    await admin.text("volume group type create x-groups");
    await demo.text(`image create --disk-format raw --container-format bare --file ${file} x-legacy`);
    await demo.text("volume create --size 1 --image x-legacy x-legacy-root");
    await demo.text("volume create --size 1 x-legacy-data");
    await demo.text("server create --image x-legacy --flavor m1.nano --nic none x-legacy");
    await demo.text("volume group create --volume-group-type x-groups --volume-type nfs --name x-group");
    const isAvailable = ({ status }: Named) => status === "available";
    await demo.until<Named>("volume show x-legacy-root", isAvailable);
    await demo.text("volume backup create --name x-backup x-legacy-root");
    const { id: backup } = await demo.until<Named>("volume backup show x-backup", isAvailable);
    await demo.text("volume snapshot create --volume x-legacy-root x-snapshot");
    const { id: snapshot } = await demo.until<Named>("volume snapshot show x-snapshot", isAvailable);
    const { id: server } = await demo.until<Named>("server show x-legacy", ({ status }) => status === "ACTIVE");
    const { id: data } = await demo.json<Named>("volume show x-legacy-data");
    const { ID: group } = await demo.json<{ ID: string }>("volume group show x-group");
    given = { SNAPSHOT: snapshot, BACKUP: backup, LEGACY_SERVER: server, LEGACY_VOLUME: data, GROUP: group };
    first = base.with({ ...given, TF_CLI_ARGS_apply: "-parallelism=30", TF_CLI_ARGS_destroy: "-parallelism=30" });
    last = at("last");
  });
  afterAll(async () => {
    destroyRest(last, STACK);
    await demo.text("volume snapshot delete x-snapshot");
    await demo.text("volume backup delete x-backup");
    await demo.text("server delete --wait x-legacy");
    const names = (list: { Name: string }[]) => list.map(({ Name }) => Name).filter((name) => name.startsWith("x-"));
    for (const kind of ["volume snapshot", "volume backup"]) {
      await demo.until<{ Name: string }[]>(`${kind} list`, (list) => names(list).length === 0);
    }
    await demo.text("volume delete x-legacy-root x-legacy-data");
    await demo.text("image delete x-legacy");
    await demo.until<{ Name: string }[]>("volume list", (list) => names(list).length === 0);
    await admin.text("volume group type delete x-groups");
    await admin.text("quota delete --volume demo");
  });

  test("volumes are filled, placed, grouped and attached as asked, and the second plan is empty", async () => {
    // what nothing tells afterwards stands in the provider's requests
    const log = join(base.folder, "provider.log");
    first.with({ OS_DEBUG: "1", TF_LOG_PROVIDER: "DEBUG", TF_LOG_PATH: log }).deploy();
    before = stateOf(base, STACK);

    const plain = await show("Plain");
    expect(plain).toMatchObject({
      name: "x-plain",
      size: 1,
      type: "nfs",
      availability_zone: "nova",
      description: "at-first",
      properties: { a: "1", b: "1" },
    });
    expect(before[volume("Plain")]).toMatchObject({ region: "RegionOne", timeouts: { create: "20m", delete: "15m" } });
    saw(
      [
        ...["volumeName", "sizeGb", "description", "metadata", "volumeType"].map((name) => `VolumeProps.${name}`),
        ...["createTimeoutMinutes", "deleteTimeoutMinutes"].map((name) => `VolumeProps.${name}`),
        "OpenstackProps.region",
      ],
      "a blank volume",
      `volume show: ${plain.name}, ${plain.size} GiB, ${plain.description}, ${JSON.stringify(plain.properties)}, ${plain.type}; state: RegionOne, 20m, 15m`,
    );

    expect(await show("Restored")).toMatchObject({ size: 2, snapshot_id: given.SNAPSHOT });
    expect(await show("Copy")).toMatchObject({ size: 2, source_volid: idOf("Restored") });
    const fromBackup = await show("FromBackup");
    expect(fromBackup.properties).toStrictEqual({ of: "backup", src_backup_id: given.BACKUP });
    for (const id of ["Restored", "Copy", "FromBackup", "Moves"]) expect(firstSector(fileOf(id))).toContain(TEXT);
    saw(
      ["VolumeProps.source", ...["fromSnapshot", "fromVolume", "fromBackup"].map((name) => `VolumeSource.${name}`)],
      "volumes from a snapshot, a volume and a backup",
      `volume show: snapshot_id, source_volid, and src_backup_id ${fromBackup.properties.src_backup_id} in the metadata; the image's text in the first sector of each`,
    );

    const backends = await Promise.all(
      ["Plain", "Away", "Beside", "Queried", "Attached"].map(async (id) => [id, await backendOf(id)]),
    );
    const { Plain: plainly, ...placed } = Object.fromEntries(backends);
    expect(placed).toStrictEqual({ Away: "nfs-2", Beside: plainly, Queried: "nfs-2", Attached: "nfs-3" });
    expect(await show("Attached")).toMatchObject({ availability_zone: "second" });
    expect(readFileSync(log, "utf8")).toMatch(/"OS-SCH-HNT:scheduler_hints": \{\W*"note": "any"/);
    saw(
      [
        ...["differentHost", "sameHost", "query", "additionalProperties"].map((name) => `VolumeSchedulerHints.${name}`),
        "VolumeProps.schedulerHints",
        "VolumeProps.availabilityZone",
      ],
      "volumes of a type that any backend may have, and one of zone second",
      `volume show, as the administrator: not with ${plainly}: ${placed.Away}; with it: ${placed.Beside}; by query: ${placed.Queried}; in zone second: ${placed.Attached}; request: "note": "any"`,
    );

    const grouped = await show("Grouped");
    expect(grouped.group_id).toBe(given.GROUP);
    saw("VolumeProps.consistencyGroupId", "a volume of a group", `volume show: group_id ${grouped.group_id}`);

    const [one, two] = ["One", "Two"].map((id) => before[server(id)]?.id ?? "");
    const serversOf = ({ attachments }: VolumeShown) => attachments.map(({ server_id: id }) => id).sort();
    expect(serversOf(await show("Shared"))).toStrictEqual([one, two].sort());
    const attached = await demo.json<{ "Volume ID": string; Tag: string | null }[]>(`server volume list ${two}`);
    expect(attached).toHaveLength(4);
    expect(attached).toContainEqual(expect.objectContaining({ "Volume ID": idOf("Attached"), Tag: "data" }));
    expect(before[attachment("Shared")]).toMatchObject({ timeouts: { create: "20m", delete: "15m" } });
    expect(serversOf(await demo.json<VolumeShown>("volume show x-legacy-data"))).toStrictEqual([given.LEGACY_SERVER]);
    expect(before["openstack_compute_volume_attach_v2.Legacy"]).toMatchObject({
      vendor_options: [{ ignore_volume_confirmation: true }],
    });
    saw(
      [
        "VolumeDiskOptions.multiattach",
        ...["multiattach", "tag", "createTimeoutMinutes", "deleteTimeoutMinutes", "ignoreVolumeConfirmation"].map(
          (name) => `VolumeAttachmentOptions.${name}`,
        ),
        ...["server", "volume"].map((name) => `VolumeAttachmentProps.${name}`),
        "Server.fromServerId",
        "Volume.fromVolumeId",
      ],
      "one volume for two servers, one with a tag, and one that somebody made for a server that somebody made",
      `volume show: attached to ${one} and ${two}; server volume list: data; state: 20m, 15m, and ignore_volume_confirmation; volume show x-legacy-data: attached to ${given.LEGACY_SERVER}`,
    );

    expect(first.plan(STACK).actions).toStrictEqual({});
  });

  test("what Cinder refuses leaves the volume as it is", async () => {
    const refused = at("refused");
    expect(refused.plan(STACK).actions).toStrictEqual({
      [volume("Fails")]: ["update"],
      [volume("Unasked")]: ["update"],
      [volume("Shrinks")]: ["update"],
      [volume("Grouped")]: ["delete", "create"],
      [volume("Nowhere")]: ["create"],
    });
    const errors = failureOf(() => refused.deploy());
    for (const error of [
      /error_extending/,
      /resizing online is disabled/,
      /greater than current size/,
      /belong to a group/,
      /The volume is in error status/,
    ]) {
      expect(errors).toMatch(error);
    }
    const failed = await show("Fails");
    expect(failed).toMatchObject({ size: 1, status: "error_extending" });
    const unasked = await show("Unasked");
    expect(unasked).toMatchObject({ size: 1, status: "in-use" });
    expect(await show("Shrinks")).toMatchObject({ size: 2, status: "available" });
    expect((await show("Grouped")).group_id).toBe(given.GROUP);
    const nowhere = await show("Nowhere", stateOf(base, STACK));
    expect(nowhere.status).toBe("error");
    expect((await show("Local")).status).toBe("available");
    await admin.text(`volume set --state in-use ${failed.id}`);
    expect(first.plan(STACK).actions).toStrictEqual({ [volume("Nowhere")]: ["delete"] });
    saw(
      "VolumeProps.enableOnlineResize",
      "attached volumes grow, on a backend that cannot",
      `plan: update; true: apply fails, volume show: ${failed.status}, ${failed.size} GiB (an administrator sets it back); false: the provider refuses, volume show: ${unasked.status}, ${unasked.size} GiB`,
    );
    saw(
      ["VolumeProps.sizeGb", "VolumeProps.consistencyGroupId"],
      "2 to 1 GiB, and another group",
      "plan: update, and delete, create; apply fails: must be greater than current size, must not belong to a group; volume show: as before",
    );
    saw(
      "VolumeSchedulerHints.localToInstance",
      "the host of a server that is none",
      `apply fails; volume show: ${nowhere.status}; with that of a server: available`,
    );
  });

  test("name, description, metadata, size and type change in place", async () => {
    const later = at("later");
    const { share } = fileOf("Moves");
    const untouched = await show("Restored");
    const updated = ["Plain", "Restored", "Grows", "Attached", "Moves", "Stays", "Equal"].map(volume);
    expect(later.plan(STACK).actions).toStrictEqual({
      ...Object.fromEntries(updated.map((address) => [address, ["update"]])),
      [volume("Nowhere")]: ["delete"],
    });
    later.deploy();
    const now = stateOf(base, STACK);
    for (const address of updated) expect(now[address]?.id).toBe(before[address]?.id);

    const plain = await show("Plain");
    expect(plain).toMatchObject({ name: "x-renamed", description: "later", properties: { a: "2" } });
    expect(plain.properties).not.toHaveProperty("b");
    expect(await show("Grows")).toMatchObject({ size: 2, status: "available" });
    // the provider sends all of it, and an empty description where there was none
    const touched = { ...untouched, description: "", updated_at: expect.any(String) };
    expect(await show("Restored")).toStrictEqual(touched);
    saw(
      ["VolumeProps.enableOnlineResize", "VolumeProps.volumeRetypePolicy"],
      "turned on",
      "plan: update; volume show: as before, but for the time of its last update, and an empty description",
    );
    saw(
      ["volumeName", "description", "metadata", "sizeGb"].map((name) => `VolumeProps.${name}`),
      "changed",
      `plan: update; volume show: ${plain.name}, ${plain.description}, ${JSON.stringify(plain.properties)}, 2 GiB; same ids`,
    );

    const attached = await show("Attached");
    expect(attached).toMatchObject({ size: 2, status: "in-use" });
    const [{ server_id: two = "", device = "" } = {}] = attached.attachments;
    const disk = run("virsh", ["-c", "qemu:///system", "domblkinfo", two, device.replace("/dev/", "")]);
    expect(disk).toMatch(/^Capacity: +2147483648$/m);
    saw(
      "VolumeProps.enableOnlineResize",
      "an attached volume grows, on a backend that can",
      "plan: update; volume show: in-use, 2 GiB; the guest's disk: 2147483648 bytes",
    );

    expect(await show("Moves")).toMatchObject({ type: "nfs-2", status: "available" });
    const moved = fileOf("Moves");
    expect(moved.share).not.toBe(share);
    expect(firstSector(moved)).toContain(TEXT);
    expect(await show("Stays")).toMatchObject({ type: "nfs", status: "available" });
    expect(await show("Equal")).toMatchObject({ type: "x-equally" });
    expect(await backendOf("Equal")).toBe("nfs");
    expect(later.plan(STACK).actions).toStrictEqual({ [volume("Stays")]: ["update"] });
    saw(
      ["VolumeRetypePolicy.ON_DEMAND", "VolumeProps.volumeRetypePolicy", "VolumeProps.volumeType"],
      "type nfs to nfs-2, of another backend",
      "plan: update; volume show: nfs-2, same id; its file has moved to the other share, with the image's text in it",
    );
    saw(
      "VolumeRetypePolicy.NEVER",
      "type nfs to nfs-2, of another backend, and to x-equally, of the same",
      "plan: update; apply succeeds; volume show: still nfs, and x-equally; second plan: update again of the first, nothing for the second",
    );
  });

  test("another source, zone or hint replaces, and so does another tag of an attachment", async () => {
    const replaced = ["Copy", "Zone", "Queried"].map(volume);
    const verdicts = Object.fromEntries(
      [...replaced, attachment("Attached")].map((one) => [one, ["delete", "create"]]),
    );
    expect(last.plan(STACK).actions).toStrictEqual(verdicts);
    last.deploy();
    const now = stateOf(base, STACK);
    for (const address of replaced) expect(now[address]?.id).not.toBe(before[address]?.id);
    expect(await show("Copy", now)).toMatchObject({ snapshot_id: given.SNAPSHOT, source_volid: null });
    const zone = await show("Zone", now);
    expect(zone.availability_zone).toBe("second");
    expect(await backendOf("Queried", now)).toBe("nfs");
    const attached = await demo.json<{ "Volume ID": string; Tag: string | null }[]>(
      `server volume list ${now[server("Two")]?.id}`,
    );
    expect(attached).toContainEqual(expect.objectContaining({ "Volume ID": idOf("Attached"), Tag: "other" }));
    expect(last.plan(STACK).actions).toStrictEqual({});
    saw(
      ["VolumeProps.source", "VolumeProps.availabilityZone", "VolumeProps.schedulerHints"],
      "a snapshot instead of a volume, zone nova to second, another query",
      "plan: delete, create, each; new ids; volume show: snapshot_id, second, and as the administrator the other backend; second plan: no changes",
    );
    saw("VolumeAttachmentOptions.tag", "data to other", "plan: delete, create; server volume list: other; same volume");
  });

  test("leaves nothing when it is destroyed", async () => {
    // nobody can delete a volume of a group but with the group
    await demo.text("volume group delete --force x-group");
    last.destroy();
    const left = await demo.json<{ Name: string }[]>("volume list");
    expect(left.map(({ Name }) => Name).filter((name) => /^x-(?!legacy)/.test(name))).toStrictEqual([]);
    const legacy = await demo.json<VolumeShown>("volume show x-legacy-data");
    expect(legacy.status).toBe("available");
    expect((await demo.json<Named>("server show x-legacy")).status).toBe("ACTIVE");
    saw("Volume.fromVolumeId", "destroyed", "volume list: none of the app; x-legacy-data available, x-legacy ACTIVE");
  });
});
