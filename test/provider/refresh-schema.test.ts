import { readFileSync } from "node:fs";
import { ProviderCopy, providerOf, smallSchema } from "./provider-copy";
import { pinned, schemaFile } from "./schema";

const { factsOf, format } = require("../../provider/scripts/schema-facts");

const SCHEMA = `schema-${pinned.version}.json`;

describe("refreshing the schema", () => {
  let copy: ProviderCopy;

  beforeEach(() => {
    copy = new ProviderCopy();
  });

  afterEach(() => copy.remove());

  function refresh(...args: string[]) {
    const { status, stdout, stderr } = copy.run("refresh-schema.js", ...args);
    return { status, stdout, stderr };
  }

  test("keeps the file when nothing has changed", () => {
    const before = copy.read(SCHEMA);
    expect(refresh("--version", pinned.version, "--from", copy.file(SCHEMA))).toStrictEqual({
      status: 0,
      stdout: `${SCHEMA}: unchanged\n`,
      stderr: "",
    });
    expect(copy.read(SCHEMA)).toBe(before);
  });

  test("fails when a resource or a data source would be lost, and writes nothing", () => {
    const next = smallSchema();
    delete providerOf(next).resource_schemas.openstack_images_image_v2;
    delete providerOf(next).data_source_schemas.openstack_images_image_v2;
    const from = copy.writeSchema(next, "next.json");
    const before = [copy.read(SCHEMA), copy.read("package.json")];
    const lost = ["--drop", "openstack_images_image_v2"];
    expect(refresh("--version", "9.9.9", "--from", from)).toStrictEqual({
      status: 1,
      stdout: "",
      stderr: [
        "the new schema has no more:",
        "  data.openstack_images_image_v2",
        "  openstack_images_image_v2",
        "nothing was written; accept each with --drop NAME\n",
      ].join("\n"),
    });
    expect(refresh("--version", "9.9.9", "--from", from, ...lost).stderr).toBe(
      [
        "the new schema has no more:",
        "  data.openstack_images_image_v2",
        "nothing was written; accept each with --drop NAME\n",
      ].join("\n"),
    );
    expect([copy.read(SCHEMA), copy.read("package.json")]).toStrictEqual(before);
    expect(copy.list()).not.toContain("schema-9.9.9.json");
  });

  test("moves to a new version, and says what came and what went", () => {
    const next = smallSchema();
    const { resource_schemas, data_source_schemas } = providerOf(next);
    delete resource_schemas.openstack_images_image_v2;
    delete data_source_schemas.openstack_compute_instance_v2?.block.attributes.power_state;
    resource_schemas.openstack_images_image_v3 = { block: { attributes: {} } };
    const from = copy.writeSchema(next, "next.json");
    const drop = ["--drop", "openstack_images_image_v2"];
    expect(refresh("--version", "9.9.9", "--from", from, ...drop)).toStrictEqual({
      status: 0,
      stdout: [
        "added:",
        "  openstack_images_image_v3",
        "dropped:",
        "  openstack_images_image_v2",
        "attributes gone:",
        "  data.openstack_compute_instance_v2: power_state",
        "schema-9.9.9.json: changed\n",
      ].join("\n"),
      stderr: "",
    });
    expect(copy.list()).toContain("schema-9.9.9.json");
    expect(copy.list()).not.toContain(SCHEMA);
    const manifest = JSON.parse(copy.read("package.json"));
    expect(manifest).toMatchObject({ version: "9.9.9", cdktf: { provider: { version: "9.9.9" } } });
    expect(copy.read("package.json") + copy.read("README.md")).not.toContain(pinned.version);
  });

  test("fails when --drop names what is not lost", () => {
    const args = ["--version", pinned.version, "--from", copy.file(SCHEMA), "--drop", "openstack_image_v2"];
    expect(refresh(...args)).toStrictEqual({
      status: 1,
      stdout: "",
      stderr: "--drop names what the new schema does not lose: openstack_image_v2; nothing was written\n",
    });
  });

  test("fails when the version of a given schema is not said", () => {
    expect(refresh("--from", copy.file(SCHEMA)).stderr).toMatch(/^--from needs --version\n/);
    expect(refresh("--version", "3.x").stderr).toMatch(/^--version must be a full version, got 3.x\n/);
  });

  test("fails when the schema is of another provider", () => {
    const from = copy.writeSchema({ provider_schemas: {} }, "next.json");
    const { status, stderr } = refresh("--version", pinned.version, "--from", from);
    expect(status).toBe(1);
    expect(stderr).toBe(`the schema does not hold ${pinned.name}; it holds nothing\n`);
  });
});

describe("the facts of a schema", () => {
  test("are the pinned file", () => {
    const text = readFileSync(schemaFile, "utf8");
    expect(format(factsOf(JSON.parse(text), pinned.name))).toBe(text);
  });

  test("leave out prose and keep attributes that are called like it", () => {
    const described = { description: "Prose", description_kind: "plain" };
    const nested = ["list", ["object", { name: "string", description: "string" }]];
    const block = (attributes: object) => ({ block: { attributes, ...described }, version: 0 });
    const schema = (attributes: object) => ({
      format_version: "1.0",
      provider_schemas: {
        [pinned.name]: {
          resource_schemas: { openstack_x: block(attributes) },
          provider: block({}),
          data_source_schemas: {},
          functions: {},
        },
      },
    });
    const facts = factsOf(
      schema({
        type: { type: "string", optional: true, ...described },
        description: { type: nested, computed: true, deprecated: true, deprecation_message: "Prose" },
      }),
      pinned.name,
    );
    expect(facts.provider_schemas[pinned.name].resource_schemas.openstack_x).toStrictEqual({
      block: {
        attributes: {
          description: { computed: true, deprecated: true, type: nested },
          type: { optional: true, type: "string" },
        },
      },
      version: 0,
    });
    expect(Object.keys(facts.provider_schemas[pinned.name])).toStrictEqual([
      "data_source_schemas",
      "provider",
      "resource_schemas",
    ]);
  });
});
