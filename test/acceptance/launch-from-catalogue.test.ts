import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BINERO } from "../../examples/launch-from-catalogue/binero";
import { NERC } from "../../examples/launch-from-catalogue/nerc";
import { App } from "./support/app";
import {
  consolesWith,
  forgetDeletedImages,
  openstack,
  openstackDo,
  openstackEach,
  requireCloud,
} from "./support/cloud";
import { imageFile } from "./support/image-file";
import { saw } from "./support/proof";

interface ServerRow {
  Name: string;
  Status: string;
  "Image ID": string;
  Flavor: string;
}

interface ImageToPublish {
  readonly name: string;
  readonly id?: string;
}

const EXAMPLE = "example launch-from-catalogue";
const CLOUDS = {
  nerc: { images: Object.entries(NERC).map(([name, id]) => ({ name, id })), everyWay: "ubuntu-22.04-x86_64" },
  binero: { images: BINERO.map((name) => ({ name })), everyWay: "ubuntu-jammy-22-x86_64" },
};
const OTHERS = {
  nerc: ["MS-Windows-2022", "rocky-9-x86_64"],
  binero: ["windows-server-2019-gui-x86_64"],
};
/** What else is in the project is none of this suite's. */
const isListed = (name: string) => [...Object.keys(NERC), ...BINERO].some((listed) => name.startsWith(listed));
const isWindows = (name: string) => /windows/i.test(name);

describe(EXAMPLE, () => {
  const folder = mkdtempSync(join(tmpdir(), "launch-from-catalogue-"));
  const app = new App("examples/launch-from-catalogue", { OS_CLOUD: "demo" });
  const textOf = (cloud: string, name: string) => `${cloud} ${name}`;

  /** Public images that boot and name themselves, as a cloud publishes them. */
  function publish(cloud: string, images: readonly ImageToPublish[]): void {
    const commands = images.map(({ name, id }) => {
      const file = join(folder, `${cloud}-${name}.raw`);
      imageFile(file, textOf(cloud, name));
      const needs = isWindows(name) ? ["--min-disk", "2", "--min-ram", "256"] : ["--min-disk", "1", "--min-ram", "64"];
      const words = ["image", "create", "--public", "--disk-format", "raw", "--container-format", "bare", ...needs];
      return [...words, "--file", file, ...(id ? ["--id", id] : []), "-f", "value", "-c", "status", name];
    });
    expect(openstackEach("admin", commands).match(/^active$/gm)).toHaveLength(images.length);
  }

  function withdraw(): void {
    const mine = openstack<{ ID: string; Name: string }[]>("admin", "image", "list", "--public");
    const ids = mine.filter(({ Name }) => Name in NERC || BINERO.includes(Name)).map(({ ID }) => ID);
    if (ids.length > 0) openstackDo("admin", "image", "delete", ...ids);
  }

  const servers = () => openstack<ServerRow[]>("demo", "server", "list", "--long").filter(({ Name }) => isListed(Name));
  const idsOf = () =>
    new Map(
      openstack<{ ID: string; Name: string }[]>("demo", "image", "list", "--public").map((row) => [row.Name, row.ID]),
    );

  beforeAll(() => {
    requireCloud();
    withdraw();
    // Glance gives an id once: an earlier run had them
    forgetDeletedImages();
    // more servers at a time than a project usually may have
    openstackDo("admin", "quota", "set", "--instances", "30", "--cores", "40", "demo");
  });
  afterAll(() => {
    openstackDo("admin", "quota", "delete", "--compute", "demo");
    rmSync(folder, { recursive: true });
  });

  describe.each(["nerc", "binero"] as const)("%s", (cloud) => {
    const { images, everyWay } = CLOUDS[cloud];
    const volumeIds = new Set<string>();
    const others = app.with({ IMAGES: OTHERS[cloud].join(","), WAYS: "volume,data" });

    beforeAll(() => publish(cloud, images));
    afterAll(() => {
      app.destroy(cloud);
      withdraw();
    });

    test("boots a server from every image", async () => {
      app.deploy(cloud);
      const ids = idsOf();
      const found = new Map(servers().map((server) => [server.Name, server]));
      for (const { name } of images) {
        expect(found.get(name)).toMatchObject({
          Status: "ACTIVE",
          "Image ID": ids.get(name),
          Flavor: isWindows(name) ? "m1.small" : "m1.tiny",
        });
      }
      const texts = Object.fromEntries(images.map(({ name }) => [name, textOf(cloud, name)]));
      await consolesWith("demo", texts);
      expect(app.plan(cloud).actions).toStrictEqual({});
      saw(
        EXAMPLE,
        `${cloud}, every image, ${cloud === "nerc" ? "by id" : "by public name"}: ${images.map(({ name }) => name).join(", ")}`,
        `server list: ${images.length} ACTIVE, each with the id of its image; every console shows the text of its image; second plan: no changes`,
      );
    });

    test("boots one from a volume, and fills a data volume", async () => {
      await shownInEveryWay(cloud, everyWay, 20);
      saw(
        EXAMPLE,
        `${cloud}, ${everyWay}: volume and data`,
        "server show: a volume of 20 GiB to boot from; volume show: 20 GiB, filled from the image, in use; both consoles show the image's text",
      );
    });

    test("launches just what is named", async () => {
      others.deploy(cloud);
      const names = OTHERS[cloud].flatMap((name) => [`${name}-on-volume`, `${name}-with-data`]);
      expect(
        servers()
          .map(({ Name }) => Name)
          .sort(),
      ).toStrictEqual(names.sort());
      for (const name of OTHERS[cloud]) await shownInEveryWay(cloud, name, isWindows(name) ? 50 : 20);
      expect(others.plan(cloud).actions).toStrictEqual({});
      saw(
        EXAMPLE,
        `${cloud}, IMAGES=${OTHERS[cloud].join(",")} WAYS=volume,data`,
        "server list: these and no others; volumes of 50 GiB for Windows, else 20; second plan: no changes",
      );
    });

    if (cloud === "nerc") {
      test("finds the same images by name, whatever else has it, and fails when two are public", () => {
        const name = "rocky-9-x86_64";
        const byName = others.with({ BY: "name" });
        const theirs = new Map<string, string>();
        const alsoHas = (owner: string, visibility: string) => {
          const words = ["image", "create", visibility, "--disk-format", "raw", "--container-format", "bare", name];
          const { id } = openstack<{ id: string }>(owner, ...words, "--file", join(folder, `nerc-${name}.raw`));
          theirs.set(id, owner);
        };
        alsoHas("demo", "--private");
        alsoHas("second", "--community");
        expect(byName.plan(cloud).actions).toStrictEqual({});
        alsoHas("admin", "--public");
        expect(() => byName.plan(cloud)).toThrow(/more than one result/);
        expect(others.plan(cloud).actions).toStrictEqual({});
        for (const [id, owner] of theirs) openstackDo(owner, "image", "delete", id);
        saw(
          EXAMPLE,
          "nerc, BY=name, with a private image of the project and a community image of another under the name",
          "plan: no changes; with a second public one the plan fails: more than one result; by id: no changes",
        );
      });
    }

    test("leaves nothing when it is destroyed", () => {
      others.destroy(cloud);
      expect(servers()).toStrictEqual([]);
      const left = openstack<{ ID: string }[]>("demo", "volume", "list").map(({ ID }) => ID);
      expect(left.filter((id) => volumeIds.has(id))).toStrictEqual([]);
      saw(EXAMPLE, `${cloud}, destroyed`, "no server and no volume left");
    });

    async function shownInEveryWay(cloud: string, name: string, sizeGb: number): Promise<void> {
      const text = textOf(cloud, name);
      await consolesWith("demo", { [`${name}-on-volume`]: text, [`${name}-with-data`]: text });
      const image = idsOf().get(name);
      const show = (server: string) =>
        openstack<{ image: string; volumes_attached: { id: string }[] }>("demo", "server", "show", server);
      const onVolume = show(`${name}-on-volume`);
      expect(onVolume.image).toContain("booted from volume");
      const withData = show(`${name}-with-data`);
      expect(withData.image).toContain(image);
      for (const { volumes_attached: volumes } of [onVolume, withData]) {
        expect(volumes).toHaveLength(1);
        const id = volumes[0]?.id ?? "";
        volumeIds.add(id);
        expect(openstack("demo", "volume", "show", id)).toMatchObject({
          size: sizeGb,
          status: "in-use",
          volume_image_metadata: { image_id: image },
        });
      }
    }
  });

  test("the images are gone as well", () => {
    const left = [...idsOf().keys()];
    for (const name of [...Object.keys(NERC), ...BINERO]) expect(left).not.toContain(name);
  });
});
