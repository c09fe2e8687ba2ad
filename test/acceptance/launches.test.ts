import { App } from "./support/app";
import { consoleWith, openstack, requireCloud } from "./support/cloud";
import { imageFile } from "./support/image-file";
import { saw } from "./support/proof";

const STACK = "launches";
const NEW_VOLUME = "openstack_compute_instance_v2.NewVolume";
const EXISTING = "openstack_compute_instance_v2.ExistingVolume";
const ROOT = "openstack_blockstorage_volume_v3.Root";

describe("servers on volumes, and lookups", () => {
  const base = new App("test/acceptance/apps/launches");
  const app = base.with({ BUILD: "1" });
  const newer = base.with({ BUILD: "2" });
  const ids: Record<string, string> = {};

  beforeAll(() => {
    requireCloud();
    for (const build of [1, 2]) imageFile(`${base.folder}/build-${build}.raw`, `launch build ${build}`);
  });
  afterAll(() => {
    newer.destroy();
  });

  test("boot from a new volume and from one that exists", async () => {
    app.deploy();
    ids.newVolume = app.resourceId(STACK, NEW_VOLUME);
    ids.existing = app.resourceId(STACK, EXISTING);
    ids.root = app.resourceId(STACK, ROOT);
    for (const id of [ids.newVolume, ids.existing]) {
      await consoleWith("demo", id, "launch build 1");
      const shown = openstack<{ status: string; volumes_attached: unknown[] }>("demo", "server", "show", id);
      expect(shown.status).toBe("ACTIVE");
      expect(shown.volumes_attached).toHaveLength(1);
    }
    expect(openstack("demo", "volume", "show", ids.root)).toMatchObject({ bootable: true, status: "in-use" });
    expect(app.plan(STACK).actions).toStrictEqual({});
    saw(
      "BootSource",
      "from a new volume, and from a volume filled from an image",
      'ACTIVE, one volume each; console: "launch build 1"; second plan: no changes',
    );
  });

  test("a new build replaces the server on a new volume, and leaves volume and server alone where it is ignored", async () => {
    const { actions } = newer.plan(STACK);
    expect(actions[NEW_VOLUME]).toStrictEqual(["delete", "create"]);
    expect(actions[ROOT]).toBeUndefined();
    expect(actions[EXISTING]).toBeUndefined();
    const volumes = openstack<unknown[]>("demo", "volume", "list").length;
    newer.deploy();
    const replaced = newer.resourceId(STACK, NEW_VOLUME);
    expect(replaced).not.toBe(ids.newVolume);
    await consoleWith("demo", replaced, "launch build 2");
    expect(newer.resourceId(STACK, ROOT)).toBe(ids.root);
    expect(openstack<unknown[]>("demo", "volume", "list")).toHaveLength(volumes);
    expect(newer.plan(STACK).actions).toStrictEqual({});
    saw(
      "BootSource.fromNewVolume",
      "new build, REPLACE",
      'plan: delete, create; console: "launch build 2"; the old root volume is gone',
    );
    saw("Volume", "new build, IGNORE", "plan: nothing for the volume and its server; same ids");
  });

  test("a lookup finds the project's own image by name", () => {
    expect(newer.with({ OWN: "x-launches" }).plan(STACK).actions).toStrictEqual({});
    saw(
      "Image.fromLookup",
      "the project's own image, ImageOwner.CURRENT_PROJECT; a public one by name and property",
      "plan: found, no changes",
    );
  });

  test("fails when an administrator looks up by name what only another project has", () => {
    expect(() => newer.with({ FOREIGN: "x-launches" }).plan(STACK)).toThrow(/no results|returned no/i);
    saw(
      "Image.fromLookup",
      "an administrator, by the name of another project's image, ImageOwner.CURRENT_PROJECT",
      "plan fails: no results",
    );
  });

  test("leaves nothing when it is destroyed", () => {
    newer.destroy();
    expect(openstack("demo", "server", "list")).toStrictEqual([]);
    expect(openstack("demo", "volume", "list")).toStrictEqual([]);
    saw("servers on volumes", "destroyed", "no server and no volume left");
  });
});
