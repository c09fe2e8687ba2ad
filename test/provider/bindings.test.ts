import { execFileSync } from "node:child_process";
import * as path from "node:path";
import { pathToFileURL } from "node:url";
import { App, TerraformStack, Testing } from "cdktf";
import { PROVIDER_DIRECTORY, pinned, providerBlock, type Row, rows } from "./schema";
import { argumentsOf, blockOf, classOf } from "./synthesis";

const INDEX = path.join(PROVIDER_DIRECTORY, "lib", "index.js");

function runNode(...args: string[]): unknown {
  return JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" }));
}

/** The files of the package, apart from its index, that a script loads. */
function loadedBy(script: string): unknown {
  return runNode(
    "-e",
    `const bindings = require(${JSON.stringify(INDEX)});
     ${script};
     const own = Object.keys(require.cache).filter((file) => file.startsWith(${JSON.stringify(path.dirname(INDEX))}));
     console.log(JSON.stringify(own.map((file) => file.split(/[\\\\/]/).slice(-2).join("/"))));`,
  );
}

describe("the classes", () => {
  test("are one for each resource and data source of the schema, with cdktf's names", () => {
    const index = require(INDEX);
    const actual = rows.map(({ type, namespace, className }) => ({
      type,
      inIndex: index[namespace]?.[className]?.tfResourceType,
    }));
    expect(actual).toStrictEqual(rows.map(({ type }) => ({ type, inIndex: type })));
    expect(Object.keys(index).sort()).toStrictEqual([...rows.map(({ namespace }) => namespace), "provider"].sort());
  });

  test("are the same by the path of their module", () => {
    const index = require(INDEX);
    for (const row of rows) {
      expect(classOf(row)).toBe(index[row.namespace][row.className]);
    }
    expect(require(path.join(PROVIDER_DIRECTORY, "lib", "provider")).OpenstackProvider).toBe(
      index.provider.OpenstackProvider,
    );
  });

  test("cover what OpenStack users know by name", () => {
    const names = rows.map(({ folder, namespace, className }) => `${folder} ${namespace}.${className}`);
    expect(names).toEqual(
      expect.arrayContaining([
        "images-image-v2 imagesImageV2.ImagesImageV2",
        "data-openstack-images-image-v2 dataOpenstackImagesImageV2.DataOpenstackImagesImageV2",
        "lb-l7policy-v2 lbL7PolicyV2.LbL7PolicyV2",
      ]),
    );
  });

  test.each(["resource", "data source"])("render every argument of every %s", (kind) => {
    for (const row of rows.filter(({ isData }) => isData === (kind === "data source"))) {
      const { config, block } = argumentsOf(row.block);
      expect([row.type, blockOf(classOf(row), row, config)]).toStrictEqual([row.type, block]);
    }
  });

  test("render the arguments of the provider", () => {
    const { OpenstackProvider } = require(path.join(PROVIDER_DIRECTORY, "lib", "provider"));
    const { config, block } = argumentsOf(providerBlock);
    const stack = new TerraformStack(new App(), "Stack");
    new OpenstackProvider(stack, "Provider", config);
    const synthesized = JSON.parse(Testing.synth(stack));
    expect(synthesized.provider).toStrictEqual({ openstack: [block] });
    expect(synthesized.terraform.required_providers).toStrictEqual({
      openstack: { source: "terraform-provider-openstack/openstack", version: pinned.version },
    });
  });

  test("render a server with nested blocks as Terraform takes them", () => {
    const row = rows.find(({ type, isData }) => type === "openstack_compute_instance_v2" && !isData) as Row;
    const config = {
      name: "web-1",
      blockDevice: [{ uuid: "1a", sourceType: "image", destinationType: "volume", volumeSize: 20, bootIndex: 0 }],
      network: [{ uuid: "2b" }, { port: "3c" }],
      timeouts: { create: "10m" },
    };
    expect(blockOf(classOf(row), row, config)).toStrictEqual({
      name: "web-1",
      block_device: [{ uuid: "1a", source_type: "image", destination_type: "volume", volume_size: 20, boot_index: 0 }],
      network: [{ uuid: "2b" }, { port: "3c" }],
      timeouts: { create: "10m" },
    });
  });
});

describe("the index", () => {
  test("loads no module of its own", () => {
    expect(loadedBy("")).toStrictEqual(["lib/index.js"]);
  });

  test("loads a namespace when it is used", () => {
    expect(loadedBy("bindings.imagesImageV2.ImagesImageV2")).toStrictEqual([
      "lib/index.js",
      "images-image-v2/index.js",
    ]);
  });

  test("gives its names to an ES module", () => {
    const script = `import { imagesImageV2, provider } from ${JSON.stringify(pathToFileURL(INDEX).href)};
      console.log(JSON.stringify([imagesImageV2.ImagesImageV2.name, provider.OpenstackProvider.name]));`;
    expect(runNode("--input-type=module", "-e", script)).toStrictEqual(["ImagesImageV2", "OpenstackProvider"]);
  });
});

describe("nested blocks", () => {
  test("are built for those that are configured, and no others", () => {
    for (const row of rows) {
      const stack = new TerraformStack(new App(), "Stack");
      const { config } = argumentsOf(row.block, { requiredOnly: true });
      const element = new (classOf(row))(stack, "Element", config);
      Testing.synth(stack);
      const fields: { terraformAttribute?: string }[] = Object.values(element);
      const built = fields.flatMap((field) => field?.terraformAttribute ?? []);
      const required = Object.entries(row.block.block_types ?? {}).filter(([, { min_items = 0 }]) => min_items > 0);
      expect([row.type, built.sort()]).toStrictEqual([row.type, required.map(([name]) => name).sort()]);
    }
  });

  test("are the same object each time they are read", () => {
    const row = rows.find(({ type, isData }) => type === "openstack_compute_instance_v2" && !isData) as Row;
    const server = new (classOf(row))(new TerraformStack(new App(), "Stack"), "Server", { name: "web-1" });
    expect(server.blockDevice).toBe(server.blockDevice);
    server.putNetwork([{ uuid: "2b" }]);
    expect(server.networkInput).toStrictEqual([{ uuid: "2b" }]);
    server.resetNetwork();
    expect(server.networkInput).toBeUndefined();
  });
});
