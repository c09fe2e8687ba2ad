import { join } from "node:path";
import { App } from "../support/app";
import { isMarkedFile, markFile, ownDisk, volumeFile } from "../support/disks";
import { imageFile } from "../support/image-file";
import { saw } from "../support/proof";
import { shellOf } from "../support/shell";
import { destroyRest, type State, stateOf } from "../support/state";

const STACK = "rotation";
const IMAGE = "openstack_images_image_v2.Golden";
const address = (id: string) => `openstack_compute_instance_v2.${id}`;
const volume = (id: string) => `openstack_blockstorage_volume_v3.${id}`;
const OWN = ["First", "Second", "Third"];
const BOOTED = [...OWN, "OnVolume", "OnKeptVolume", "OnRoot", "OnFilled"];
const REPLACED = ["Second", "OnVolume", "OnFilled", "WithData"].map(address);
const KEPT_VOLUMES = ["OnKeptVolume", "OnRoot", "WithKeptData"];
const KEPT = ["First", "OnKeptVolume", "OnRoot", "WithKeptData"].map(address);

interface ServerShown {
  status: string;
  image: string;
  volumes_attached: { id: string }[];
}

const demo = shellOf("demo");

describe("an image that changes under its servers and volumes", () => {
  const app = new App("test/acceptance/apps/rotation", {
    TF_CLI_ARGS_apply: "-parallelism=30",
    TF_CLI_ARGS_destroy: "-parallelism=30",
  });
  const first = app.with({ BUILD: "1" });
  const next = app.with({ BUILD: "2" });
  let before: State;
  const idOf = (id: string, state = before) => state[address(id)]?.id ?? "";
  const show = (id: string, state = before) => demo.json<ServerShown>(`server show ${idOf(id, state)}`);
  const volumesOf = async (id: string, state = before) => (await show(id, state)).volumes_attached.map((one) => one.id);

  beforeAll(async () => {
    for (const build of [1, 2]) imageFile(join(app.folder, `build-${build}.raw`), `rotation build ${build}`);
  });
  afterAll(() => destroyRest(next, STACK));

  test("every boot source boots, and the second plan is empty", async () => {
    first.deploy();
    before = stateOf(app, STACK);
    expect(await demo.json(`image show ${before[IMAGE]?.id}`)).toMatchObject({ status: "active", name: "x-rotation" });
    await demo.consoles(Object.fromEntries(BOOTED.map((id) => [idOf(id), "rotation build 1"])));
    const shown = await Promise.all(BOOTED.map((id) => show(id)));
    for (const { status } of shown) expect(status).toBe("ACTIVE");
    expect(shown.map((one) => one.volumes_attached.length)).toStrictEqual([0, 0, 0, 1, 1, 1, 1]);
    for (const { image } of shown.slice(0, 3)) expect(image).toContain(before[IMAGE]?.id);
    for (const { image } of shown.slice(3)) expect(image).toContain("booted from volume");
    expect(await volumesOf("OnRoot")).toStrictEqual([before[volume("Root")]?.id]);
    expect(await demo.json(`volume show ${before[volume("Root")]?.id}`)).toMatchObject({
      bootable: true,
      status: "in-use",
      volume_image_metadata: { image_id: before[IMAGE]?.id },
    });
    expect(first.plan(STACK).actions).toStrictEqual({});
    saw(
      [
        "ServerProps.boot",
        "BootSource.fromImage",
        "BootSource.fromNewVolume",
        "BootSource.fromVolume",
        "VolumeProps.image",
      ],
      "three servers from one image, two on new volumes, two on volumes that are filled from it",
      'server show: ACTIVE, all seven, one volume each of the last four; each console: "rotation build 1"; second plan: no changes',
    );
  });

  test("changing the modes alone plans nothing", () => {
    for (const modes of ["REPLACE,REBUILD,IGNORE", "REBUILD,IGNORE,REPLACE"]) {
      expect(first.with({ MODES: modes }).plan(STACK).actions).toStrictEqual({});
    }
    saw("ServerProps.onImageChange", "every server gets another mode, the image stays", "plan: no changes");
  });

  test("a new build is ignored, replaces and rebuilds, as each says", async () => {
    const filled = before[volume("Filled")]?.id ?? "";
    const stopped = [...OWN, "OnFilled"];
    for (const id of stopped) await demo.text(`server stop ${idOf(id)}`);
    for (const id of stopped)
      await demo.until<ServerShown>(`server show ${idOf(id)}`, ({ status }) => status === "SHUTOFF");
    const disks = [...OWN.map((id) => ownDisk(idOf(id))), volumeFile(filled)];
    for (const disk of disks) markFile(disk);
    expect(disks.map(isMarkedFile)).not.toContain(false);
    // somebody stopped them
    expect(first.plan(STACK).actions).toStrictEqual(Object.fromEntries(stopped.map((id) => [address(id), ["update"]])));
    first.deploy();
    for (const id of stopped) expect((await show(id)).status).toBe("ACTIVE");
    saw("ServerProps.powerState", "servers that somebody stopped", "plan: update; server show: ACTIVE");
    const volumesOfAll = (ids: string[], state: State) => Promise.all(ids.map((id) => volumesOf(id, state)));
    const volumes = { replaced: await volumesOf("OnVolume"), kept: await volumesOfAll(KEPT_VOLUMES, before) };

    const { actions } = next.plan(STACK);
    const inTheCloud = Object.entries(actions).filter(([one]) => !one.startsWith("terraform_data."));
    expect(Object.fromEntries(inTheCloud)).toStrictEqual({
      [IMAGE]: ["create", "delete"],
      [volume("Filled")]: ["delete", "create"],
      [address("Third")]: ["update"],
      ...Object.fromEntries(REPLACED.map((one) => [one, ["delete", "create"]])),
    });
    next.deploy();
    const now = stateOf(app, STACK);
    expect(now[IMAGE]?.id).not.toBe(before[IMAGE]?.id);
    for (const one of [...REPLACED, volume("Filled")]) expect(now[one]?.id).not.toBe(before[one]?.id);
    for (const one of [...KEPT, address("Third"), volume("Root")]) expect(now[one]?.id).toBe(before[one]?.id);
    const made = {
      ...Object.fromEntries(["Second", "OnVolume", "OnFilled"].map((id) => [idOf(id, now), "rotation build 2"])),
    };
    await demo.consoles({ ...made, [idOf("Third")]: "rotation build 2" });
    expect(OWN.map((id) => isMarkedFile(ownDisk(idOf(id, now))))).toStrictEqual([true, false, false]);
    expect(isMarkedFile(volumeFile(now[volume("Filled")]?.id ?? ""))).toBe(false);
    expect(await volumesOfAll(KEPT_VOLUMES, now)).toStrictEqual(volumes.kept);
    const left = (await demo.json<{ ID: string }[]>("volume list")).map(({ ID }) => ID);
    for (const id of [...volumes.replaced, filled]) expect(left).not.toContain(id);
    expect((await show("First")).status).toBe("ACTIVE");
    expect(next.plan(STACK).actions).toStrictEqual({});

    const modes = ["ServerProps.onImageChange", "VolumeProps.onImageChange"];
    saw(
      ["ImageChange.IGNORE", ...modes],
      "new build, servers on their own disk, on a new volume, on a volume of the app, with a data disk",
      `plan: nothing for these; server show: ${idOf("First")} as before, ACTIVE; marker still on its root disk; the others have the same ids and volumes`,
    );
    saw(
      ["ImageChange.REPLACE", ...modes, "NewVolumeOptions.deleteOnTermination"],
      "new build, servers on their own disk, on a new volume, with a data disk, and a volume with the server on it",
      `plan: delete, create; ${idOf("Second")} became ${idOf("Second", now)}; no marker, neither on the new volume; consoles: "rotation build 2"; the old volumes are gone`,
    );
    saw(
      ["ImageChange.REBUILD", "ServerProps.onImageChange"],
      "new build",
      `plan: update; ${idOf("Third")} as before; marker gone; console: "rotation build 2"`,
    );
  });

  test("nothing is left when it is destroyed", async () => {
    next.destroy();
    const names: string[] = [];
    for (const kind of ["image", "server", "volume"]) {
      names.push(...(await demo.json<{ Name: string }[]>(`${kind} list`)).map(({ Name }) => Name));
    }
    expect(names.filter((name) => name.startsWith("x-rotation"))).toStrictEqual([]);
    saw("BootSource.fromVolume", "destroyed", "image, server and volume list: none of the app");
  });
});
