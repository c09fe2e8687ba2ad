import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "./support/app";
import { openstack, projectId, requireCloud } from "./support/cloud";
import { FileServer } from "./support/file-server";
import { imageFile } from "./support/image-file";
import { saw } from "./support/proof";

const STACK = "publish-catalogue";
const address = (id: string) => `openstack_images_image_v2.${id}`;
const FILES = [
  "noble-server-cloudimg-amd64.img",
  "debian-12-genericcloud-amd64.qcow2",
  "Rocky-9-GenericCloud.latest.x86_64.qcow2",
];

describe("example publish-catalogue, with sources on loopback", () => {
  const folder = mkdtempSync(join(tmpdir(), "catalogue-"));
  const app = new App("examples/publish-catalogue");
  let server: FileServer;
  const from = (path: string) => app.with({ CATALOGUE_BASE_URL: `${server.url}/${path}` });
  const names = (cloud: string, ...words: string[]) =>
    openstack<{ Name: string }[]>(cloud, "image", "list", ...words).map(({ Name }) => Name);

  beforeAll(async () => {
    requireCloud();
    for (const file of FILES) imageFile(join(folder, file), file);
    imageFile(join(app.folder, "images/windows-server-2022.raw"), "stands for Windows Server 2022, and is not");
    server = await FileServer.start(folder);
  });
  afterAll(() => {
    from("one").destroy();
    server.stop();
  });

  test("publishes public, community, private and shared images, the last accepted by two projects", () => {
    from("one").deploy();
    const shown = (id: string) => openstack("admin", "image", "show", from("one").resourceId(STACK, address(id)));
    expect(shown("Ubuntu2404")).toMatchObject({ status: "active", visibility: "public", disk_format: "qcow2" });
    expect(shown("Debian12")).toMatchObject({ status: "active", visibility: "community" });
    expect(shown("Rocky9")).toMatchObject({ status: "active", visibility: "private" });
    expect(shown("Windows2022")).toMatchObject({ status: "active", visibility: "shared", disk_format: "raw" });
    const windows = from("one").resourceId(STACK, address("Windows2022"));
    const members = openstack<{ "Member ID": string; Status: string }[]>("admin", "image", "member", "list", windows);
    expect(new Map(members.map((member) => [member["Member ID"], member.Status]))).toStrictEqual(
      new Map([
        [projectId("demo"), "accepted"],
        [projectId("second"), "accepted"],
      ]),
    );
    for (const cloud of ["demo", "second"]) {
      const seen = names(cloud);
      expect(seen).toEqual(expect.arrayContaining(["ubuntu-24.04-x86_64", "windows-server-2022-x86_64"]));
      expect(seen).not.toContain("rocky-9-x86_64");
      expect(names(cloud, "--community")).toContain("debian-12-x86_64");
    }
    expect(from("one").plan(STACK).actions).toStrictEqual({});
    saw(
      "example publish-catalogue",
      "deployed, sources on loopback",
      "image show: active, with visibility public, community, private, shared; member list: both accepted; image list of both projects: public and shared, " +
        "not private; with --community: the community one; second plan: no changes",
    );
  });

  test("other URLs replace the images made from URLs, and no other", () => {
    const { actions } = from("two").plan(STACK);
    expect(actions).toStrictEqual({
      [address("Debian12")]: ["create", "delete"],
      [address("Rocky9")]: ["create", "delete"],
      [address("Ubuntu2404")]: ["create", "delete"],
    });
    const old = from("one").resourceId(STACK, address("Ubuntu2404"));
    from("two").deploy();
    expect(from("two").resourceId(STACK, address("Ubuntu2404"))).not.toBe(old);
    expect(names("demo").filter((name) => name === "ubuntu-24.04-x86_64")).toHaveLength(1);
    expect(from("two").plan(STACK).actions).toStrictEqual({});
    saw(
      "example publish-catalogue",
      "other URLs",
      "plan: three images create, delete; one image of each name afterwards",
    );
  });

  test("leaves nothing when it is destroyed", () => {
    from("two").destroy();
    for (const name of ["ubuntu-24.04-x86_64", "debian-12-x86_64", "rocky-9-x86_64", "windows-server-2022-x86_64"]) {
      expect(openstack("admin", "image", "list", "--all", "--name", name)).toStrictEqual([]);
    }
    saw("example publish-catalogue", "destroyed", "no image left, as the administrator sees it");
  });
});
