import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BINERO } from "../../../examples/launch-from-catalogue/binero";
import { NERC } from "../../../examples/launch-from-catalogue/nerc";
import { App } from "../support/app";
import { forgetDeletedImages } from "../support/cloud";
import { imageFile } from "../support/image-file";
import { saw } from "../support/proof";
import { type Shell, shellOf } from "../support/shell";
import { destroyRest } from "../support/state";

interface Row {
  ID: string;
  Name: string;
}

interface ServerRow extends Row {
  Status: string;
  "Image ID": string;
  Flavor: string;
}

interface ServerShown {
  image: string;
  volumes_attached: { id: string }[];
}

const EXAMPLE = "example launch-from-catalogue";
const CLOUDS = {
  nerc: {
    names: Object.keys(NERC),
    everyWay: "ubuntu-22.04-x86_64",
    others: ["MS-Windows-2022", "rocky-9-x86_64"],
  },
  binero: {
    names: [...BINERO],
    everyWay: "ubuntu-jammy-22-x86_64",
    others: ["windows-server-2019-gui-x86_64"],
  },
};
const LISTED = Object.values(CLOUDS).flatMap(({ names }) => names);
const isWindows = (name: string) => /windows/i.test(name);

const demo = shellOf("demo");
const admin = shellOf("admin");
const second = shellOf("second");
// to ask for many things at a time
const publishers = [admin, shellOf("admin")];
const readers = [demo, shellOf("demo")];

/** Does it for all of them, each shell at its own pace. */
async function among<T>(shells: Shell[], all: readonly T[], action: (shell: Shell, one: T) => Promise<void>) {
  const rest = [...all];
  await Promise.all(
    shells.map(async (shell) => {
      for (let one = rest.shift(); one !== undefined; one = rest.shift()) await action(shell, one);
    }),
  );
}

describe(EXAMPLE, () => {
  const folder = mkdtempSync(join(tmpdir(), "launch-from-catalogue-"));
  const app = new App("examples/launch-from-catalogue", {
    OS_CLOUD: "demo",
    TF_CLI_ARGS_apply: "-parallelism=40",
    TF_CLI_ARGS_destroy: "-parallelism=40",
    // `npm run types` checks it
    TS_NODE_TRANSPILE_ONLY: "true",
  });
  /** What else is in the project is none of this suite's. */
  const servers = async () =>
    (await demo.json<ServerRow[]>("server list --long")).filter(({ Name }) =>
      LISTED.some((listed) => Name.startsWith(listed)),
    );

  async function withdraw(): Promise<void> {
    const mine = (await admin.json<Row[]>("image list --public")).filter(({ Name }) => LISTED.includes(Name));
    if (mine.length > 0) await admin.text(`image delete ${mine.map(({ ID }) => ID).join(" ")}`);
  }

  beforeAll(async () => {
    await withdraw();
    // Glance gives an id once: an earlier run had them
    forgetDeletedImages();
    // more servers at a time than a project usually may have
    await admin.text("quota set --instances 30 --cores 40 demo");
  });
  afterAll(async () => {
    await admin.text("quota delete --compute demo");
    rmSync(folder, { recursive: true });
  });

  describe.each(["nerc", "binero"] as const)("%s", (cloud) => {
    const { names, everyWay, others } = CLOUDS[cloud];
    const few = app.with({ IMAGES: others.join(","), WAYS: "volume,data" });
    const ids = new Map(Object.entries(cloud === "nerc" ? NERC : {}));
    const volumeIds: string[] = [];
    const textOf = (name: string) => `${cloud} ${name}`;

    // images that boot and name themselves, as a cloud publishes them
    beforeAll(() =>
      among(publishers, names, async (shell, name) => {
        const file = join(folder, `${cloud}-${name}.raw`);
        imageFile(file, textOf(name));
        const needs = isWindows(name) ? "--min-disk 2 --min-ram 256" : "--min-disk 1 --min-ram 64";
        const id = ids.has(name) ? `--id ${ids.get(name)}` : "";
        const words = `image create --public --disk-format raw --container-format bare ${needs} --file ${file} ${id} ${name}`;
        const made = await shell.json<{ id: string; status: string }>(words);
        expect(made.status).toBe("active");
        ids.set(name, made.id);
      }),
    );
    afterAll(async () => {
      destroyRest(app, cloud);
      await withdraw();
    });

    /** A server on a volume, and one with a volume for data, both from the image. */
    async function shownInEveryWay(name: string): Promise<void> {
      const [onVolume, withData] = [`${name}-on-volume`, `${name}-with-data`];
      await demo.consoles({ [onVolume]: textOf(name), [withData]: textOf(name) });
      for (const [server, image] of [
        [onVolume, "booted from volume"],
        [withData, ids.get(name)],
      ]) {
        const shown = await demo.json<ServerShown>(`server show ${server}`);
        expect(shown.image).toContain(image);
        expect(shown.volumes_attached).toHaveLength(1);
        const volume = shown.volumes_attached[0]?.id ?? "";
        volumeIds.push(volume);
        expect(await demo.json(`volume show ${volume}`)).toMatchObject({
          size: isWindows(name) ? 50 : 20,
          status: "in-use",
          volume_image_metadata: { image_id: ids.get(name) },
        });
      }
    }

    test("boots a server from every image", async () => {
      app.deploy(cloud);
      const found = new Map((await servers()).map((server) => [server.Name, server]));
      for (const name of names) {
        expect(found.get(name)).toMatchObject({
          Status: "ACTIVE",
          "Image ID": ids.get(name),
          Flavor: isWindows(name) ? "m1.small" : "m1.tiny",
        });
      }
      await among(readers, names, async (shell, name) => {
        await shell.consoles({ [found.get(name)?.ID ?? ""]: textOf(name) });
      });
      expect(app.plan(cloud).actions).toStrictEqual({});
      saw(
        [EXAMPLE, "BootSource.fromImage", cloud === "nerc" ? "Image.fromImageId" : "Image.fromLookup"],
        `${cloud}, every image, ${cloud === "nerc" ? "by id" : "by public name"}: ${names.join(", ")}`,
        `server list: ${names.length} ACTIVE, each with the id of its image; every console shows the text of its image; second plan: no changes`,
      );
    });

    test("boots one from a volume, and fills a data volume", async () => {
      await shownInEveryWay(everyWay);
      saw(
        [EXAMPLE, "BootSource.fromNewVolume", "VolumeProps.image"],
        `${cloud}, ${everyWay}: volume and data`,
        "server show: a volume of 20 GiB to boot from; volume show: 20 GiB, filled from the image, in use; both consoles show the image's text",
      );
    });

    test("launches just what is named", async () => {
      few.deploy(cloud);
      const expected = others.flatMap((name) => [`${name}-on-volume`, `${name}-with-data`]);
      expect((await servers()).map(({ Name }) => Name).sort()).toStrictEqual(expected.sort());
      for (const name of others) await shownInEveryWay(name);
      expect(few.plan(cloud).actions).toStrictEqual({});
      saw(
        EXAMPLE,
        `${cloud}, IMAGES=${others.join(",")} WAYS=volume,data`,
        "server list: these and no others; volumes of 50 GiB for Windows, else 20; second plan: no changes",
      );
    });

    if (cloud === "nerc") {
      test("finds the same images by name, whatever else has it, and fails when two are public", async () => {
        const name = "rocky-9-x86_64";
        const byName = few.with({ BY: "name" });
        const file = join(folder, `nerc-${name}.raw`);
        const also = async (shell: Shell, visibility: string) => {
          const words = `image create ${visibility} --disk-format raw --container-format bare --file ${file} ${name}`;
          const { id } = await shell.json<{ id: string }>(words);
          return () => shell.text(`image delete ${id}`);
        };
        const gone = [await also(demo, "--private"), await also(second, "--community")];
        expect(byName.plan(cloud).actions).toStrictEqual({});
        gone.push(await also(admin, "--public"));
        expect(() => byName.plan(cloud)).toThrow(/more than one result/);
        expect(few.plan(cloud).actions).toStrictEqual({});
        for (const remove of gone) await remove();
        saw(
          [EXAMPLE, "Image.fromLookup"],
          "nerc, BY=name, with a private image of the project and a community image of another under the name",
          "plan: no changes; with a second public one the plan fails: more than one result; by id: no changes",
        );
      });
    }

    test("leaves nothing when it is destroyed", async () => {
      few.destroy(cloud);
      expect(await servers()).toStrictEqual([]);
      const left = (await demo.json<Row[]>("volume list")).map(({ ID }) => ID);
      expect(volumeIds).toHaveLength(2 + 2 * others.length);
      expect(left.filter((id) => volumeIds.includes(id))).toStrictEqual([]);
      saw(EXAMPLE, `${cloud}, destroyed`, "no server and no volume left");
    });
  });

  test("the images are gone as well", async () => {
    const left = (await demo.json<Row[]>("image list --public")).map(({ Name }) => Name);
    expect(left.filter((name) => LISTED.includes(name))).toStrictEqual([]);
  });
});
