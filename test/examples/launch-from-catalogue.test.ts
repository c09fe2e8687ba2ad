import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BINERO } from "../../examples/launch-from-catalogue/binero";
import { NERC } from "../../examples/launch-from-catalogue/nerc";
import { describeWithTerraform } from "../support/terraform";
import { EXAMPLES, stackOf, synthExamples } from "./synthesized";

const EXAMPLE = "launch-from-catalogue";
const TIMEOUT_MS = 120_000;

/** As NERC publishes them. */
const NERC_IMAGES = [
  ["MS-Windows-2022", "a9b48e65-0cf9-413a-8215-81439cd63966"],
  ["almalinux-8-x86_64", "cfecb5d4-599c-4ffd-9baf-9cbe35424f97"],
  ["almalinux-9-x86_64", "263f045e-86c6-4344-b2de-aa475dbfa910"],
  ["debian-10-x86_64", "41fa5991-89d5-45ae-8268-b22224c772b2"],
  ["fedora-36-x86_64", "99194159-fcd1-4281-b3e1-15956c275692"],
  ["rocky-8-x86_64", "74a33f77-fc42-4dd1-a5a2-55fb18fc50cc"],
  ["rocky-9-x86_64", "d7d41e5f-58f4-4ba6-9280-7fef9ac49060"],
  ["ubuntu-18.04-x86_64", "75a40234-702b-4ab7-9d83-f436b05827c9"],
  ["ubuntu-20.04-x86_64", "8c87cf6f-32f9-4a4b-91a5-0d734b7c9770"],
  ["ubuntu-22.04-x86_64", "da314c41-19bf-486a-b8da-39ca51fd17de"],
] as const;

/** As Binero publishes them. */
const BINERO_IMAGES = (
  "alma-8-x86_64, centos-7-x86_64, centos-stream-8-x86_64, centos-stream-9-x86_64, cirros-0.4.0-x86_64, cirros-0.5.1-x86_64, " +
  "debian-10-x86_64, debian-11-x86_64, fedora-36-x86_64, fedora-37-x86_64, fedora-atomic-28, fedora-atomic-latest, " +
  "fedora-coreos-31-x86_64, opensuse-15-x86_64, pfsense-ce-2.6.0-x86_64, rocky-8-x86_64, ubuntu-bionic-18-x86_64, " +
  "ubuntu-focal-20-x86_64, ubuntu-jammy-22-x86_64, windows-server-2016-gui-x86_64, windows-server-2019-gui-x86_64"
).split(", ");

// biome-ignore lint/suspicious/noExplicitAny: a block has as many shapes as there are types of them
type Blocks = any[];

let folder: string;
let runs = 0;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "launch-from-catalogue-"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function synth(env: NodeJS.ProcessEnv = {}) {
  const out = join(folder, `run-${++runs}`);
  const finished = synthExamples(out, [join(EXAMPLES, EXAMPLE)], env);
  const stack = (name: string) => {
    const { resource = {}, data = {} } = stackOf(out, EXAMPLE, name);
    return {
      servers: Object.values(resource.openstack_compute_instance_v2 ?? {}) as Blocks,
      volumes: Object.values(resource.openstack_blockstorage_volume_v3 ?? {}) as Blocks,
      attachments: Object.values(resource.openstack_compute_volume_attach_v2 ?? {}) as Blocks,
      lookups: Object.values(data.openstack_images_image_v2 ?? {}) as Blocks,
      flavors: Object.keys(data.openstack_compute_flavor_v2 ?? {}),
    };
  };
  return { ...finished, stack, folderOf: (name: string) => join(out, EXAMPLE, "stacks", name) };
}

const named = (blocks: Blocks, name: string) => blocks.find((block) => block.name === name);

test("the tables hold the images of the two clouds, and no others", () => {
  expect(Object.entries(NERC)).toStrictEqual(NERC_IMAGES.map((row) => [...row]));
  expect(BINERO).toStrictEqual(BINERO_IMAGES);
});

describe("without settings", () => {
  let stack: ReturnType<typeof synth>["stack"];

  beforeAll(() => {
    const finished = synth();
    expect(finished).toMatchObject({ status: 0, stderr: "" });
    stack = finished.stack;
  }, TIMEOUT_MS);

  test.each(NERC_IMAGES)("NERC's %s boots a server by its id", (name, imageId) => {
    expect(named(stack("nerc").servers, name).image_id).toBe(imageId);
  });

  test("NERC is asked for no image", () => {
    expect(stack("nerc").lookups).toStrictEqual([]);
  });

  test.each(BINERO_IMAGES)("Binero's %s boots a server by its name, if it is public", (name) => {
    const { servers, lookups } = stack("binero");
    expect(lookups.filter((lookup) => lookup.name === name)).toStrictEqual([
      expect.objectContaining({ visibility: "public" }),
    ]);
    const address = name.replaceAll(".", "");
    expect(named(servers, name).image_id).toBe(`\${data.openstack_images_image_v2.${address}-image.id}`);
  });

  test.each([
    ["nerc", "ubuntu-22.04-x86_64"],
    ["binero", "ubuntu-jammy-22-x86_64"],
  ])("of %s, %s is launched in every way", (cloud, name) => {
    const { servers, volumes, attachments } = stack(cloud);
    const { image_id: imageId } = named(servers, name);
    const onVolume = named(servers, `${name}-on-volume`);
    expect(onVolume.image_id).toBeUndefined();
    expect(onVolume.block_device).toMatchObject([
      { uuid: imageId, source_type: "image", destination_type: "volume", boot_index: 0, volume_size: 20 },
    ]);
    expect(volumes).toMatchObject([{ name: `${name}-data`, image_id: imageId, size: 20 }]);
    expect(named(servers, `${name}-with-data`).image_id).toBe(imageId);
    expect(attachments).toMatchObject([{ instance_id: expect.stringContaining("-with-data.id") }]);
  });
});

describe("with settings", () => {
  test(
    "launches the images and ways that are named, Windows larger",
    () => {
      const { stack } = synth({ IMAGES: "MS-Windows-2022,rocky-8-x86_64", WAYS: "volume", KEY_PAIR: "ops" });
      const sizes = (cloud: string) =>
        stack(cloud).servers.map(({ name, key_pair, flavor_id, block_device: [disk] }) => [
          name,
          key_pair,
          flavor_id,
          disk.volume_size,
        ]);
      const small = "${data.openstack_compute_flavor_v2.Flavor.id}";
      expect(sizes("nerc")).toStrictEqual([
        ["MS-Windows-2022-on-volume", "ops", "${data.openstack_compute_flavor_v2.WindowsFlavor.id}", 50],
        ["rocky-8-x86_64-on-volume", "ops", small, 20],
      ]);
      expect(sizes("binero")).toStrictEqual([["rocky-8-x86_64-on-volume", "ops", small, 20]]);
      // a flavor that is not needed is not asked for: it need not exist
      expect(stack("binero").flavors).toStrictEqual(["Flavor"]);
    },
    TIMEOUT_MS,
  );

  test(
    "looks NERC's images up by name too, public ones alone",
    () => {
      const { lookups } = synth({ BY: "name" }).stack("nerc");
      expect(lookups.map(({ name, visibility }) => [name, visibility])).toStrictEqual(
        NERC_IMAGES.map(([name]) => [name, "public"]),
      );
    },
    TIMEOUT_MS,
  );

  test.each([
    ["an image that is in neither list", { IMAGES: "ubuntu-24.04-x86_64" }, "got ubuntu-24.04-x86_64"],
    ["a way that there is not", { WAYS: "volumes" }, "WAYS must name some of ephemeral, volume, data, got volumes"],
  ])(
    "fails when they name %s",
    (_, env, message) => {
      expect(synth(env)).toMatchObject({ status: 1, stderr: expect.stringContaining(message) });
    },
    TIMEOUT_MS,
  );
});

describeWithTerraform("the Terraform of every image in every way", (kit) => {
  test(
    "is valid",
    () => {
      const { folderOf } = synth({ WAYS: "ephemeral,volume,data" });
      for (const cloud of ["nerc", "binero"]) expect(kit.validate(folderOf(cloud))).toStrictEqual([]);
    },
    TIMEOUT_MS,
  );
});
