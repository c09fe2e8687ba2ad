import { join } from "node:path";
import { App, inTheCloud } from "../support/app";
import { failureOf } from "../support/failure";
import { imageFile } from "../support/image-file";
import type { ImageShown } from "../support/images";
import { saw } from "../support/proof";
import { shellOf } from "../support/shell";
import { destroyRest, idsIn } from "../support/state";

const STACK = "family-names";

const demo = shellOf("demo");

describe("a family whose newest version has the plain name", () => {
  const base = new App("test/acceptance/apps/family-names");
  const at = (step: string) => base.with({ STEP: step });

  /** The versions in the state, by name. */
  function versions(): Record<string, string> {
    return Object.fromEntries(
      Object.entries(idsIn(base, STACK)).map(([name, id]) => [/^Plain_(\d)_/.exec(name)?.[1] ?? name, id]),
    );
  }
  const idOf = async (name: string) => (await demo.json<ImageShown>(`image show ${name}`)).id;

  beforeAll(() => {
    for (const version of [1, 2]) imageFile(join(base.folder, `build-${version}.qcow2`), `plain build ${version}`);
  });
  afterAll(() => {
    if (Object.keys(versions()).length > 0) at("open").deploy();
    destroyRest(at("open"), STACK);
  });

  test("the name goes to the version that is the newest, and both stay the images that they are", async () => {
    at("first").deploy();
    const { 1: first = "" } = versions();
    expect(await demo.json<ImageShown>("image show x-plain")).toMatchObject({
      ...{ id: first, protected: true },
      properties: { retire_after: "2027-01-31" },
    });
    expect(await idOf("x-plain")).toBe(first);
    await expect(demo.text(`image delete ${first}`)).rejects.toThrow(/protected/);
    expect(at("first").plan(STACK).actions).toStrictEqual({});

    const { actions } = at("second").plan(STACK);
    expect(Object.values(inTheCloud(actions)).flat().sort()).toStrictEqual(["create", "update"]);
    at("second").deploy();
    const { 1: same, 2: second = "" } = versions();
    expect(same).toBe(first);
    expect(await idOf("x-plain")).toBe(second);
    expect(await demo.json<ImageShown>(`image show ${first}`)).toMatchObject({
      ...{ name: "x-plain-1", protected: false },
      properties: { retire_after: "2027-02-28", os_hidden: true },
    });
    expect(at("second").plan(STACK).actions).toStrictEqual({});
    saw(
      [
        ...["FamilyNaming.PLAIN_FOR_NEWEST", "ImageFamilyProps.naming"],
        ...["ImageVersionOptions.protected", "ImageVersionOptions.retireAfter"],
      ],
      "a protected version with a day to go, then another in front, the first unprotected with a later day",
      "image show x-plain: the first, protected, retire_after, and not to be deleted; then the second, and the first is x-plain-1, unprotected, hidden, with the later day and its id; plan: create and update; second plans: no changes",
    );
  });

  test("a version whose day has passed is told", () => {
    const app = at("second");
    expect(app.lock()).toMatchObject({ code: 0 });
    expect(app.plan(STACK).actions).toStrictEqual({});
    expect(app.lock("--check", "--now", "2027-02-28")).toMatchObject({ code: 0 });
    const { code, text } = app.lock("--check", "--now", "2027-03-01");
    expect(code).toBe(3);
    expect(text).toContain("(family-names/Plain/1): was to go after 2027-02-28: mark it as retired");
    saw(
      "ImageVersionOptions.retireAfter",
      "locked, and checked on the day and after it",
      "plan: no changes; lock --check: nothing on the day, then ends with 3 and names the version",
    );
  });

  test("more versions than are kept are an error, and change nothing", () => {
    const before = versions();
    expect(failureOf(() => at("third").plan(STACK))).toContain("FamilyTooLong");
    expect(versions()).toStrictEqual(before);
    saw("ImageFamilyProps.keep", "a third version where two are kept", "synth fails, and says which to retire");
  });
});
