import { App } from "./support/app";
import {
  consolesWith,
  consoleWith,
  isMarked,
  markDisks,
  openstack,
  openstackDo,
  ownDisk,
  requireCloud,
  volumeDisk,
} from "./support/cloud";
import { imageFile } from "./support/image-file";
import { saw } from "./support/proof";

const STACK = "surface-servers";
const FIXED_IP = "10.10.0.77";
const server = (id: string) => `openstack_compute_instance_v2.${id}`;
const volume = (id: string) => `openstack_blockstorage_volume_v3.${id}`;

interface ServerShown {
  status: string;
  addresses: Record<string, string[]>;
  flavor: { name: string };
  properties: Record<string, string>;
  scheduler_hints: Record<string, string[]>;
  tags: string[];
  volumes_attached: { id: string; delete_on_termination: boolean }[];
}

interface VolumeShown {
  status: string;
  size: number;
  description: string | null;
  properties: Record<string, string>;
  snapshot_id: string | null;
  source_volid: string | null;
}

const show = (id: string) => openstack<ServerShown>("demo", "server", "show", id);
const showVolume = (id: string) => openstack<VolumeShown>("demo", "volume", "show", id);

describe("what servers and volumes take", () => {
  const base = new App("test/acceptance/apps/surface-servers", { FIXED_IP });
  const ids: Record<string, string> = {};
  const made: string[] = [];
  let first: App;
  let later: App;

  beforeAll(async () => {
    requireCloud();
    for (const build of [1, 2]) imageFile(`${base.folder}/build-${build}.raw`, `surface build ${build}`);
    // other volumes of the project leave too few for the app
    openstackDo("admin", "quota", "set", "--volumes", "30", "demo");
    // what the app needs and no resource of the provider makes: a flavor with more disks, a snapshot of a bootable volume
    const sizes = ["--ram", "200", "--vcpus", "1", "--disk", "1", "--ephemeral", "1", "--swap", "64"];
    openstackDo("admin", "flavor", "create", ...sizes, "x-disks");
    const create = ["image", "create", "--disk-format", "raw", "--container-format", "bare", "--file"];
    openstackDo("demo", ...create, `${base.folder}/build-1.raw`, "x-snapshot-image");
    openstackDo("demo", "volume", "create", "--size", "1", "--image", "x-snapshot-image", "x-snapshot-volume");
    await settled("volume", "x-snapshot-volume");
    openstackDo("demo", "volume", "snapshot", "create", "--volume", "x-snapshot-volume", "x-snapshot");
    ids.snapshot = await settled("volume", "snapshot", "x-snapshot");
    first = base.with({ SNAPSHOT: ids.snapshot });
    later = first.with({ STEP: "later" });
  });
  afterAll(async () => {
    later.with({ BUILD: "2" }).destroy();
    openstackDo("demo", "volume", "snapshot", "delete", "x-snapshot");
    await gone("volume", "snapshot");
    openstackDo("demo", "volume", "delete", "x-snapshot-volume");
    openstackDo("demo", "image", "delete", "x-snapshot-image");
    openstackDo("admin", "flavor", "delete", "x-disks");
    openstackDo("admin", "quota", "delete", "--volume", "demo");
  });

  /** Waits until it is available, and gives its id. */
  async function settled(...words: string[]): Promise<string> {
    const name = words.pop() ?? "";
    for (let attempt = 0; attempt < 40; attempt++) {
      const { id, status } = openstack<{ id: string; status: string }>("demo", ...words, "show", name);
      if (status === "available") return id;
    }
    throw new Error(`${words.join(" ")} ${name} never became available`);
  }

  async function gone(...words: string[]): Promise<void> {
    for (let attempt = 0; attempt < 40; attempt++) {
      if (!openstack<{ Name: string }[]>("demo", ...words, "list").some(({ Name }) => Name.startsWith("x-"))) return;
    }
    throw new Error(`${words.join(" ")} of this test never went`);
  }

  test("disks of every kind, networks, tags, hints, power states and sources are made, and the second plan is empty", async () => {
    first.deploy();
    for (const id of ["ManyDisks", "FromSnapshot", "Alone", "Tagged"]) ids[id] = first.resourceId(STACK, server(id));
    for (const id of ["Plain", "Restored", "Copy", "Grows", "Attached"]) ids[id] = first.resourceId(STACK, volume(id));

    const many = show(ids.ManyDisks ?? "");
    expect(many).toMatchObject({
      status: "ACTIVE",
      flavor: { name: "x-disks" },
      properties: { role: "first", dropped: "yes" },
      scheduler_hints: { note: ["any"], group: [expect.stringMatching(/^[0-9a-f-]{36}$/)] },
    });
    expect([...many.tags].sort()).toStrictEqual(["one", "two"]);
    expect(many.addresses["net-demo"]).toHaveLength(2);
    expect(many.addresses["net-demo"]).toContain(FIXED_IP);
    made.push(...many.volumes_attached.filter((one) => one.delete_on_termination).map(({ id }) => id));
    expect(many.volumes_attached).toHaveLength(4);
    expect(made).toHaveLength(3);
    expect(many.volumes_attached.map(({ id }) => id)).toContain(ids.Plain);
    await consoleWith("demo", ids.FromSnapshot ?? "", "surface build 1");
    expect(show(ids.Alone ?? "")).toMatchObject({ status: "SHUTOFF", addresses: {} });
    expect(show(ids.Tagged ?? "")).toMatchObject({ status: "ACTIVE", tags: ["auto"] });

    expect(showVolume(ids.Plain ?? "")).toMatchObject({
      status: "in-use",
      description: "at first",
      properties: { a: "1", b: "1" },
    });
    expect(showVolume(ids.Restored ?? "")).toMatchObject({ size: 2, snapshot_id: ids.snapshot });
    expect(showVolume(ids.Copy ?? "")).toMatchObject({ size: 2, source_volid: ids.Restored });
    const attached = openstack<{ "Volume ID": string; Tag: string }[]>(
      "demo",
      ...["--os-compute-api-version", "2.70", "server", "volume", "list"],
      ids.Tagged ?? "",
    );
    expect(attached).toMatchObject([{ "Volume ID": ids.Attached, Tag: "data" }]);
    expect(first.plan(STACK).actions).toStrictEqual({});
    saw(
      "Server.dataDisks",
      "blank, ephemeral, swap, from image, from snapshot, from a volume that exists",
      "server show: ACTIVE, four volumes, of which three go with the server; second plan: no changes",
    );
    saw(
      "Server",
      "two interfaces, one with a fixed address; tags; hints",
      `server show: ${FIXED_IP}; one, two; group, note`,
    );
    saw("BootSource.fromSnapshot", "deployed", 'ACTIVE; console: "surface build 1"; second plan: no changes');
    saw("Server", "networkMode NONE, powerState SHUTOFF", "server show: no address, SHUTOFF; second plan: no changes");
    saw(
      "VolumeSource",
      "from a snapshot, from a volume",
      "volume show: snapshot_id, source_volid; second plan: no changes",
    );
    saw("VolumeAttachment", 'tag "data"', "server volume list: data");
    saw("Flavor.fromLookup", "by ramMb and vcpus", "server show: the flavor of this size");
  });

  test("tags, metadata, description, power and size change in place", () => {
    expect(later.plan(STACK).actions).toStrictEqual({
      [server("ManyDisks")]: ["update"],
      [server("Alone")]: ["update"],
      [server("Tagged")]: ["update"],
      [volume("Plain")]: ["update"],
      [volume("Grows")]: ["update"],
    });
    later.deploy();
    const many = show(ids.ManyDisks ?? "");
    expect(many).toMatchObject({ tags: ["later"], properties: { role: "later" } });
    expect(many.properties).not.toHaveProperty("dropped");
    expect(show(ids.Alone ?? "").status).toBe("ACTIVE");
    expect(show(ids.Tagged ?? "").status).toBe("SHUTOFF");
    const plain = showVolume(ids.Plain ?? "");
    expect(plain).toMatchObject({ description: "later", properties: { a: "2" } });
    expect(plain.properties).not.toHaveProperty("b");
    expect(showVolume(ids.Grows ?? "")).toMatchObject({ size: 2, status: "available" });
    for (const id of ["ManyDisks", "Alone", "Tagged"]) expect(later.resourceId(STACK, server(id))).toBe(ids[id]);
    expect(later.plan(STACK).actions).toStrictEqual({});
    saw(
      "Server",
      "tags, metadata, powerState both ways",
      "plan: update; server show: same ids, new tags and metadata, ACTIVE became SHUTOFF and SHUTOFF ACTIVE; second plan: no changes",
    );
    saw(
      "Volume",
      "description, metadata, size",
      "plan: update; volume show: the new ones, 2 GiB; second plan: no changes",
    );
  });

  test("an attached volume grows where Cinder's backend can, and else is not touched without enableOnlineResize", () => {
    const grown = later.with({ CHANGE: "grow" });
    expect(grown.plan(STACK).actions).toStrictEqual({ [volume("Attached")]: ["update"] });
    expect(() => later.with({ CHANGE: "grow-not" }).deploy()).toThrow(/resizing online is\s+disabled/);
    expect(showVolume(ids.Attached ?? "")).toMatchObject({ size: 1, status: "in-use" });
    // the NFS driver of this cloud is one that cannot
    expect(() => grown.deploy()).toThrow(/error_extending/);
    expect(showVolume(ids.Attached ?? "")).toMatchObject({ size: 1, status: "error_extending" });
    openstackDo("admin", "volume", "set", "--state", "in-use", ids.Attached ?? "");
    expect(later.plan(STACK).actions).toStrictEqual({});
    saw(
      "Volume.enableOnlineResize",
      "an attached volume grows; the backend is NFS, which cannot",
      "true: apply fails, volume show: error_extending, 1 GiB (an administrator sets it back); false: the provider refuses, volume show: in-use, 1 GiB",
    );
  });

  test("other disks, addresses and hints replace, an access network does not", () => {
    const replaced = { [server("ManyDisks")]: ["delete", "create"] };
    expect(later.with({ CHANGE: "disk" }).plan(STACK).actions).toStrictEqual(replaced);
    expect(later.with({ CHANGE: "hint" }).plan(STACK).actions).toStrictEqual(replaced);
    expect(later.with({ FIXED_IP: "10.10.0.78" }).plan(STACK).actions).toStrictEqual(replaced);
    expect(later.with({ CHANGE: "access" }).plan(STACK).actions).toStrictEqual({ [server("ManyDisks")]: ["update"] });
    saw("Server", "size of a data disk, a hint, a fixed address", "plan: delete, create, each");
    saw("NetworkInterface.accessNetwork", "changed", "plan: update");
  });

  test("a rebuild wipes Nova's own disks, and no volume", async () => {
    const id = ids.ManyDisks ?? "";
    const own = ["disk", "disk.eph0", "disk.swap"].map((name) => ownDisk(id, name));
    const volumes = [...made, ids.Plain ?? ""].map(volumeDisk);
    markDisks("demo", id, [...own, ...volumes]);
    expect([...own, ...volumes].map(isMarked)).not.toContain(false);

    const rebuilt = later.with({ BUILD: "2" });
    expect(rebuilt.plan(STACK).actions).toMatchObject({
      "openstack_images_image_v2.Golden": ["create", "delete"],
      [server("ManyDisks")]: ["update"],
    });
    rebuilt.deploy();
    expect(rebuilt.resourceId(STACK, server("ManyDisks"))).toBe(id);
    await consolesWith("demo", { [id]: "surface build 2" });
    expect(own.map(isMarked)).toStrictEqual([false, false, false]);
    expect(volumes.map(isMarked)).toStrictEqual([true, true, true, true]);
    expect(rebuilt.plan(STACK).actions).toStrictEqual({});
    saw(
      "ImageChange.REBUILD",
      "new build, a server with data disks of every kind",
      'plan: update; same id; console: "surface build 2"; markers gone from root, ephemeral and swap disk, still on all four volumes; second plan: no changes',
    );
  });

  test("leaves nothing when it is destroyed", () => {
    later.with({ BUILD: "2" }).destroy();
    const names = openstack<{ Name: string }[]>("demo", "server", "list").map(({ Name }) => Name);
    expect(names.filter((name) => name.startsWith("x-"))).toStrictEqual([]);
    const left = openstack<{ ID: string; Name: string }[]>("demo", "volume", "list");
    expect(left.filter(({ ID, Name }) => made.includes(ID) || /^x-(?!snapshot)/.test(Name))).toStrictEqual([]);
    saw("servers and volumes", "destroyed", "no server, and no volume but the one beside the app");
  });
});
