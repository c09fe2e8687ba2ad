import { App } from "./support/app";
import { consoleWith, hasMarker, lastLine, markRootDisk, openstack, openstackDo, requireCloud } from "./support/cloud";
import { imageFile } from "./support/image-file";
import { saw } from "./support/proof";

const STACK = "rotation";
const IMAGE = "openstack_images_image_v2.Golden";
const SERVERS = { IGNORE: "First", REPLACE: "Second", REBUILD: "Third" };
const address = (id: string) => `openstack_compute_instance_v2.${id}`;

interface ImageShown {
  id: string;
  status: string;
  name: string;
  min_ram: number;
  properties: Record<string, string>;
}

describe("an image that changes under its servers", () => {
  const app = new App("test/acceptance/apps/rotation");
  const first = app.with({ BUILD: "build-1.raw" });
  const second = app.with({ BUILD: "build-2.raw" });
  const ids: Record<string, string> = {};

  beforeAll(() => {
    requireCloud();
    imageFile(`${app.folder}/build-1.raw`, "rotation build 1");
    imageFile(`${app.folder}/build-2.raw`, "rotation build 2");
  });

  afterAll(() => {
    second.destroy();
  });

  test("is deployed, boots, and the second plan is empty", async () => {
    first.deploy();
    ids.image = first.resourceId(STACK, IMAGE);
    const shown = openstack<ImageShown>("demo", "image", "show", ids.image);
    expect(shown).toMatchObject({ status: "active", name: "x-rotation", min_ram: 160 });
    for (const [mode, id] of Object.entries(SERVERS)) {
      ids[mode] = first.resourceId(STACK, address(id));
      await consoleWith("demo", ids[mode], "rotation build 1");
    }
    expect(first.plan(STACK).actions).toStrictEqual({});
    saw("servers", "three servers from one image", 'ACTIVE; console: "rotation build 1"; second plan: no changes');
  });

  test("changing the modes alone plans nothing", () => {
    for (const modes of ["REPLACE,REBUILD,IGNORE", "REBUILD,IGNORE,REPLACE"]) {
      expect(first.with({ MODES: modes }).plan(STACK).actions).toStrictEqual({});
    }
    saw("ImageChange", "every server gets another mode, the image stays", "plan: no changes");
  });

  test("an os_ property that changes warns until the command was run", () => {
    const newer = first.with({ OS_VERSION: "it's 2" });
    const before = newer.plan(STACK);
    expect(before.actions).toStrictEqual({});
    const text = before.text.replace(/\s+/g, " ");
    expect(text).toContain("OsPropertiesDiffer");
    const command = `openstack image set --property 'os_version=it'\\''s 2' ${ids.image}`;
    expect(text).toContain(command);
    openstackDo("demo", "image", "set", "--property", "os_version=it's 2", ids.image ?? "");
    const after = newer.plan(STACK);
    expect(after.actions).toStrictEqual({});
    expect(after.text).not.toContain("OsPropertiesDiffer");
    openstackDo("demo", "image", "set", "--property", "os_version=1", ids.image ?? "");
    saw("os_* properties", "os_version changed, KEEP", `plan: no changes, warns "${command}"; silent after it was run`);
  });

  test("a minimum changes in place", () => {
    const more = first.with({ MIN_RAM: "170" });
    expect(more.plan(STACK).actions).toStrictEqual({ [IMAGE]: ["update"] });
    more.deploy();
    expect(openstack<ImageShown>("demo", "image", "show", ids.image ?? "")).toMatchObject({
      id: ids.image,
      min_ram: 170,
    });
    first.deploy();
    saw("Image", "minRamMb 160 to 170", "plan: update; same id; min_ram 170");
  });

  test("a new build is ignored, replaces and rebuilds, as each server says", async () => {
    for (const mode of Object.keys(SERVERS)) {
      markRootDisk("demo", ids[mode] ?? "");
      expect(hasMarker(ids[mode] ?? "")).toBe(true);
    }
    const plan = second.plan(STACK);
    expect(plan.actions).toMatchObject({ [IMAGE]: ["create", "delete"] });
    expect(plan.actions[address("First")]).toBeUndefined();
    expect(plan.actions[address("Second")]).toStrictEqual(["delete", "create"]);
    expect(plan.actions[address("Third")]).toStrictEqual(["update"]);

    second.deploy();
    const image = second.resourceId(STACK, IMAGE);
    expect(image).not.toBe(ids.image);
    expect(second.resourceId(STACK, address("First"))).toBe(ids.IGNORE);
    expect(hasMarker(ids.IGNORE ?? "")).toBe(true);
    const replaced = second.resourceId(STACK, address("Second"));
    expect(replaced).not.toBe(ids.REPLACE);
    expect(hasMarker(replaced)).toBe(false);
    const replacedLog = await consoleWith("demo", replaced, "rotation build 2");
    expect(second.resourceId(STACK, address("Third"))).toBe(ids.REBUILD);
    expect(hasMarker(ids.REBUILD ?? "")).toBe(false);
    const rebuiltLog = await consoleWith("demo", ids.REBUILD ?? "", "rotation build 2");
    expect(second.plan(STACK).actions).toStrictEqual({});
    const planned = (id: string) => plan.actions[address(id)]?.join(", ") ?? "nothing";
    const kept = openstack<{ status: string; id: string }>("demo", "server", "show", ids.IGNORE ?? "");
    saw(
      "ImageChange.IGNORE",
      "new build",
      `plan: ${planned("First")}; server show: ${kept.id} as before, ${kept.status}; marker still on its root disk`,
    );
    saw(
      "ImageChange.REPLACE",
      "new build",
      `plan: ${planned("Second")}; ${ids.REPLACE} became ${replaced}; no marker; console: "${lastLine(replacedLog)}"`,
    );
    saw(
      "ImageChange.REBUILD",
      "new build",
      `plan: ${planned("Third")}; ${ids.REBUILD} as before; marker gone; console: "${lastLine(rebuiltLog)}"`,
    );
  });

  test("nothing is left when it is destroyed", () => {
    second.destroy();
    const images = openstack<{ Name: string }[]>("demo", "image", "list").filter(({ Name }) => Name.startsWith("x-"));
    const servers = openstack<{ Name: string }[]>("demo", "server", "list").filter(({ Name }) => Name.startsWith("x-"));
    expect({ images, servers }).toStrictEqual({ images: [], servers: [] });
    saw("destroy", "the whole stack", "no image and no server left");
  });
});
