import { join } from "node:path";
import { App, inTheCloud } from "../support/app";
import { imageFile } from "../support/image-file";
import { type ImageShown, imagesShown } from "../support/images";
import { saw } from "../support/proof";
import { shellOf } from "../support/shell";
import { destroyRest, idsIn } from "../support/state";

const STACK = "families";
const SERVER = "openstack_compute_instance_v2";
const VERSIONS = ["1.0", "2.0", "3.0"];

const admin = shellOf("admin");
const demo = shellOf("demo");
const second = shellOf("second");

describe("a family whose versions come and go", () => {
  const base = new App("test/acceptance/apps/families");
  let at: (step: string) => App;
  /** The versions' ids, once they are there. */
  const ids: Record<string, string> = {};
  let web: string;

  /** The versions in the state, by name. */
  function versions(): Record<string, string> {
    // an address has no dots
    const found = Object.entries(idsIn(base, STACK)).map(([name, id]) => [name.replace(/^Tiny_(\d)0_.*/, "$1.0"), id]);
    return Object.fromEntries(found);
  }
  const described = ({ name, visibility, properties }: ImageShown) =>
    `${name}, ${visibility}, hidden ${properties.os_hidden}`;
  const shown = async (...names: string[]) =>
    Object.values(await imagesShown(demo, Object.fromEntries(names.map((name) => [name, ids[name] ?? ""])))).map(
      described,
    );
  const eventsOf = async (id: string) =>
    (await demo.json<{ Action: string }[]>(`server event list ${id}`)).map(({ Action }) => Action);
  /** What a step does to images and servers, which keep their ids. */
  async function goTo(step: string): Promise<Record<string, string[]>> {
    const { actions } = at(step).plan(STACK);
    at(step).deploy();
    for (const [name, id] of Object.entries(versions())) {
      ids[name] ??= id;
      expect(id).toBe(ids[name]);
    }
    expect(at(step).plan(STACK).actions).toStrictEqual({});
    expect(await eventsOf(web)).toStrictEqual(["create"]);
    return Object.fromEntries(
      Object.entries(inTheCloud(actions)).map(([address, action]) => [
        address.replace(/^openstack_|_[0-9A-F]{8}$/g, ""),
        action,
      ]),
    );
  }

  beforeAll(async () => {
    for (const version of VERSIONS) imageFile(join(base.folder, `build-${version}.raw`), `family build ${version}`);
    const { id } = await admin.json<{ id: string }>("project show second");
    at = (step) => base.with({ SECOND: id, STEP: step });
  });
  afterAll(async () => {
    destroyRest(at("deleted"), STACK);
    if (ids["1.0"]) await demo.text(`image delete ${ids["1.0"]}`);
  });

  test("a first version is the current one, and boots", async () => {
    at("made").deploy();
    Object.assign(ids, versions());
    web = idsIn(base, STACK, SERVER).Web ?? "";
    expect(await shown("1.0")).toStrictEqual(["x-tiny-1.0, community, hidden false"]);
    await demo.consoles({ [web]: "family build 1.0" });
    expect(at("made").plan(STACK).actions).toStrictEqual({});
    saw(
      ["ImageFamilyProps.versions", "ImageFamilyProps.visibility", "FamilyNaming.DATED"],
      "a family with one version",
      'image show: x-tiny-1.0, community; console: "family build 1.0"; second plan: no changes',
    );
  });

  test("a candidate is for its testers, and is promoted by one line", async () => {
    expect(await goTo("tried")).toStrictEqual({
      "images_image_v2.Tiny_20": ["create"],
      [`images_image_access_v2.Tiny_20_Tester-${(await admin.json<{ id: string }>("project show second")).id}`]: [
        "create",
      ],
    });
    expect(await shown("1.0", "2.0")).toStrictEqual([
      "x-tiny-1.0, community, hidden false",
      "x-tiny-2.0, shared, hidden false",
    ]);
    expect(await second.json<ImageShown>(`image show ${ids["2.0"]}`)).toMatchObject({ status: "active" });
    const actions = await goTo("promoted");
    expect(actions).toMatchObject({
      "images_image_v2.Tiny_20": ["update"],
      "images_image_v2.Tiny_10": ["update"],
      [`${SERVER.replace("openstack_", "")}.Later`]: ["create"],
    });
    expect(await shown("1.0", "2.0")).toStrictEqual([
      "x-tiny-1.0, community, hidden true",
      "x-tiny-2.0, community, hidden false",
    ]);
    await demo.consoles({ [idsIn(base, STACK, SERVER).Later ?? ""]: "family build 2.0" });
    saw(
      [
        "ImageVersionOptions.stage",
        "ImageStage.CANDIDATE",
        "ImageStage.CURRENT",
        "ImageStage.PREVIOUS",
        "ImageFamilyProps.testers",
      ],
      "a candidate, then without its stage",
      "plan: create, then update in place; image show: shared, then community, the older one hidden; the tester's image show: active; a new server's console: build 2.0; the first server has no event but its creation",
    );
  });

  test("rolls forward and back by one line each, and uploads nothing twice", async () => {
    expect(await goTo("forward")).toMatchObject({
      "images_image_v2.Tiny_30": ["create"],
      "images_image_v2.Tiny_20": ["update"],
    });
    expect(await goTo("back")).toStrictEqual({
      "images_image_v2.Tiny_30": ["update"],
      "images_image_v2.Tiny_20": ["update"],
    });
    expect(await shown(...VERSIONS)).toStrictEqual([
      "x-tiny-1.0, community, hidden true",
      "x-tiny-2.0, community, hidden false",
      "x-tiny-3.0, community, hidden true",
    ]);
    saw(
      ["ImageVersionOptions.version", "ImageVersionOptions.source", "ImageFamilyProps.imageName"],
      "a version in front; then the older one is current again",
      "plan: create and update, then update twice; image show: same ids, hidden as asked; both servers have no event but their creation",
    );
  });

  test("a version is retained or deleted", async () => {
    expect(await goTo("retained")).toStrictEqual({ "images_image_v2.Tiny_10": ["forget"] });
    expect(Object.keys(versions()).sort()).toStrictEqual(["2.0", "3.0"]);
    expect(await shown("1.0")).toStrictEqual(["x-tiny-1.0, community, hidden true"]);
    expect(await goTo("deleted")).toStrictEqual({ "images_image_v2.Tiny_30": ["delete"] });
    await expect(demo.json(`image show ${ids["3.0"]}`)).rejects.toThrow(/No Image found|could not be found|404/);
    expect(await shown("1.0", "2.0")).toStrictEqual([
      "x-tiny-1.0, community, hidden true",
      "x-tiny-2.0, community, hidden false",
    ]);
    saw(
      ["ImageVersionOptions.retired", "RetirementPolicy.RETAIN", "RetirementPolicy.DELETE"],
      "a version each",
      "RETAIN: plan: forget, no more in the state, image show: as before; DELETE: plan: delete, image show: none; the servers have no event but their creation",
    );
  });
});
