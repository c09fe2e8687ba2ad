import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, inTheCloud } from "../support/app";
import { imageFile } from "../support/image-file";
import { imagesShown, madeBeforeDeleted } from "../support/images";
import { Mirror } from "../support/mirror";
import { saw } from "../support/proof";
import { type Shell, shellOf } from "../support/shell";
import { destroyRest, idsIn } from "../support/state";

const EXAMPLE = "example publish-catalogue";
const STACK = "publish-catalogue";
const address = (id: string) => `openstack_images_image_v2.${id}`;
const FILES = [
  "noble-server-cloudimg-amd64.img",
  "debian-12-genericcloud-amd64.qcow2",
  "Rocky-9-GenericCloud.latest.x86_64.qcow2",
];
const NAMES = {
  Ubuntu2404: "ubuntu-24.04-x86_64",
  Debian12: "debian-12-x86_64",
  Rocky9: "rocky-9-x86_64",
  Windows2022: "windows-server-2022-x86_64",
};
const FROM_URLS = ["Debian12", "Rocky9", "Ubuntu2404"];

const admin = shellOf("admin");
const demo = shellOf("demo");
const second = shellOf("second");

describe("example publish-catalogue, with sources on loopback", () => {
  const folder = mkdtempSync(join(tmpdir(), "catalogue-"));
  const app = new App("examples/publish-catalogue");
  let mirror: Mirror;
  const from = (path: string) => app.with({ CATALOGUE_BASE_URL: `${mirror.url}/${path}/` });
  /** The names in what a project lists, and in its list of community images. */
  async function listed(shell: Shell): Promise<Record<"default" | "community", string[]>> {
    const names = async (command: string) => (await shell.json<{ Name: string }[]>(command)).map(({ Name }) => Name);
    return { default: await names("image list"), community: await names("image list --community") };
  }

  beforeAll(async () => {
    for (const file of FILES) imageFile(join(folder, file), file);
    imageFile(join(app.folder, "images/windows-server-2022.raw"), "stands for Windows Server 2022, and is not");
    mirror = await Mirror.start(folder);
    expect(from("one").lock()).toMatchObject({ code: 0 });
  });
  afterAll(() => {
    destroyRest(from("two"), STACK);
    mirror.stop();
    rmSync(folder, { recursive: true });
  });

  test("publishes public, community, private and shared images, the last accepted by two projects", async () => {
    from("one").deploy();
    const ids = idsIn(app, STACK);
    const shown = await imagesShown(admin, ids);
    const digests = FROM_URLS.map((id) => shown[id]?.properties.os_hash_value);
    const locked = Object.entries(app.locked).filter(([source]) => source.startsWith("https:"));
    expect(digests.sort()).toStrictEqual(locked.map(([, { sha512 }]) => sha512).sort());
    expect(shown).toMatchObject({
      Ubuntu2404: { name: NAMES.Ubuntu2404, status: "active", visibility: "public", disk_format: "qcow2" },
      Debian12: { name: NAMES.Debian12, status: "active", visibility: "community" },
      Rocky9: { name: NAMES.Rocky9, status: "active", visibility: "private" },
      Windows2022: { name: NAMES.Windows2022, status: "active", visibility: "shared", disk_format: "raw" },
    });
    const members = await admin.json<{ "Member ID": string; Status: string }[]>(`image member list ${ids.Windows2022}`);
    const projects = await Promise.all(
      ["demo", "second"].map((name) => admin.json<{ id: string }>(`project show ${name}`)),
    );
    expect(new Map(members.map((member) => [member["Member ID"], member.Status]))).toStrictEqual(
      new Map(projects.map(({ id }) => [id, "accepted"])),
    );
    for (const shell of [demo, second]) {
      const lists = await listed(shell);
      expect(lists.default).toEqual(expect.arrayContaining([NAMES.Ubuntu2404, NAMES.Windows2022]));
      expect(lists.default).not.toContain(NAMES.Rocky9);
      expect(lists.community).toContain(NAMES.Debian12);
    }
    expect(from("one").plan(STACK).actions).toStrictEqual({});
    saw(
      EXAMPLE,
      "locked and deployed, sources on loopback",
      "image show: active, with the digests of the lock, with visibility public, community, private, shared; member list: both accepted; image list of both projects: public and shared, " +
        "not private; with --community: the community one; second plan: no changes",
    );
  });

  test("other URLs replace the images made from URLs, and no other", async () => {
    const { actions } = from("two").plan(STACK);
    expect(inTheCloud(actions)).toStrictEqual(
      Object.fromEntries(FROM_URLS.map((id) => [address(id), ["create", "delete"]])),
    );
    const before = idsIn(app, STACK);
    const log = from("two").deploy();
    const ids = idsIn(app, STACK);
    for (const id of FROM_URLS) {
      expect(ids[id]).not.toBe(before[id]);
      expect(madeBeforeDeleted(log, address(id), before[id] ?? "")).toBe(true);
    }
    expect(ids.Windows2022).toBe(before.Windows2022);
    expect((await listed(demo)).default.filter((name) => name === NAMES.Ubuntu2404)).toHaveLength(1);
    expect(from("two").plan(STACK).actions).toStrictEqual({});
    saw(
      EXAMPLE,
      "other URLs",
      "plan: three images create, delete; made before the old ones were deleted; one image of the name afterwards; second plan: no changes",
    );
  });

  test("leaves nothing when it is destroyed", async () => {
    from("two").destroy();
    const left = (await admin.json<{ Name: string }[]>("image list --all")).map(({ Name }) => Name);
    for (const name of Object.values(NAMES)) expect(left).not.toContain(name);
    saw(EXAMPLE, "destroyed", "no image left, as the administrator sees it");
  });
});
