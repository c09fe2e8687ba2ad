import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { ProviderCopy, providerOf, smallSchema } from "./provider-copy";
import { pinned } from "./schema";

const BUILT = [
  expect.stringMatching(/^provider: generated 5 namespaces, \d+ nested blocks made lazy$/),
  "provider: compiled lib",
];

describe("building the provider", () => {
  let copy: ProviderCopy;

  beforeAll(() => {
    copy = new ProviderCopy();
    expect(build()).toStrictEqual({ status: 0, lines: BUILT });
  });

  afterAll(() => copy.remove());

  function build() {
    const { status, stdout } = copy.run("build.js");
    return { status, lines: stdout.split("\n").filter((line) => line !== "") };
  }

  function stamp() {
    return copy.read("lib", ".stamp");
  }

  test("is quiet and touches nothing when nothing has changed", () => {
    const before = statSync(copy.file("lib", "index.js"));
    expect(build()).toStrictEqual({ status: 0, lines: [] });
    const after = statSync(copy.file("lib", "index.js"));
    expect([after.ino, after.mtimeMs]).toStrictEqual([before.ino, before.mtimeMs]);
  });

  test("is done again when the schema has changed", () => {
    const schema = smallSchema();
    const attributes = providerOf(schema).resource_schemas.openstack_images_image_v2?.block.attributes;
    Object.assign(attributes as object, { shiny: { optional: true, type: "string" } });
    const before = stamp();
    copy.writeSchema(schema);
    expect(build()).toStrictEqual({ status: 0, lines: BUILT });
    expect(stamp()).not.toBe(before);
    expect(copy.read("lib", "images-image-v2", "index.d.ts")).toContain("readonly shiny?: string;");
  });

  test("is done again when a script has changed", () => {
    writeFileSync(copy.file("scripts/lazy-blocks.js"), `${copy.read("scripts/lazy-blocks.js")}\n`);
    expect(build()).toStrictEqual({ status: 0, lines: BUILT });
  });

  test("fails when the schema cannot be read, and leaves what was built before", () => {
    const schemaFile = `schema-${pinned.version}.json`;
    const [good, before] = [copy.read(schemaFile), stamp()];
    writeFileSync(copy.file(schemaFile), good.slice(0, good.length / 2));
    expect(build()).toStrictEqual({ status: 1, lines: [] });
    expect(stamp()).toBe(before);
    expect(existsSync(copy.file("lib", "images-image-v2", "index.js"))).toBe(true);
    writeFileSync(copy.file(schemaFile), good);
    expect(build()).toStrictEqual({ status: 0, lines: [] });
  });

  test("does not take what a killed build left for a result", () => {
    // What is there when a build dies: a part of lib that has no stamp, and its scratch directory.
    rmSync(copy.file("lib", ".stamp"));
    rmSync(copy.file("lib", "images-image-v2"), { recursive: true });
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    const litter = copy.file(".build", `tmp-${pid}-dead`);
    mkdirSync(litter);
    expect(build()).toStrictEqual({ status: 0, lines: ["provider: compiled lib"] });
    expect(existsSync(copy.file("lib", "images-image-v2", "index.js"))).toBe(true);
    expect(existsSync(litter)).toBe(false);
  });
});
