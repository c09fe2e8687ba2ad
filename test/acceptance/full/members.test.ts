import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, inTheCloud } from "../support/app";
import { failureOf } from "../support/failure";
import { imageFile } from "../support/image-file";
import { imageLists } from "../support/images";
import { saw } from "../support/proof";
import { shellOf } from "../support/shell";
import { idsIn } from "../support/state";

const STACK = "members";
const SERVER = "openstack_compute_instance_v2";
const NAMES = ["x-accepted", "x-pending"];
const LISTS = { default: "", pending: "--shared --member-status pending" };

interface ServerShown {
  readonly id: string;
  readonly status: string;
  readonly project_id: string;
  readonly image: string;
  readonly addresses: Record<string, string[]>;
}

const admin = shellOf("admin");
const second = shellOf("second");

describe("images of one project that another one boots from", () => {
  const folder = mkdtempSync(join(tmpdir(), "members-"));
  const base = new App("test/acceptance/apps/members", { FILES: folder });
  let secondId: string;
  let first: App;
  let removed: App;
  let servers: Record<string, string> = {};

  beforeAll(async () => {
    for (const name of NAMES) imageFile(join(folder, `${name}.raw`), `shared ${name}`);
    secondId = (await admin.json<{ id: string }>("project show second")).id;
    first = base.with({ SECOND: secondId });
    removed = first.with({ STEP: "removed" });
  });
  afterAll(() => {
    removed.destroy();
    rmSync(folder, { recursive: true });
  });

  const listed = async () => {
    const lists = await imageLists(second, LISTS);
    return { default: lists.default.map(({ Name }) => Name), pending: lists.pending.map(({ Name }) => Name) };
  };
  const shown = () =>
    Promise.all(["x-by-accepted", "x-by-pending"].map((id) => second.json<ServerShown>(`server show ${servers[id]}`)));

  test("a member boots from what it accepted, and from what it did not", async () => {
    first.deploy();
    const images = idsIn(first, STACK);
    servers = idsIn(first, STACK, SERVER);
    expect(await listed()).toStrictEqual({ default: ["x-accepted"], pending: ["x-pending"] });
    for (const [i, server] of (await shown()).entries()) {
      expect(server).toMatchObject({ status: "ACTIVE", project_id: secondId });
      expect(server.image).toContain(images[NAMES[i] ?? ""]);
      expect(Object.keys(server.addresses)).toStrictEqual(["net-second"]);
    }
    await second.consoles({
      [servers["x-by-accepted"] ?? ""]: "shared x-accepted",
      [servers["x-by-pending"] ?? ""]: "shared x-pending",
    });
    expect(first.plan(STACK).actions).toStrictEqual({});
    saw(
      [
        "ImageMemberOptions.projectId",
        "ImageMemberOptions.acceptance",
        "AcceptanceOptions.provider",
        "OpenstackProps.provider",
      ],
      "two images of one project, another one as member, with and without acceptance, and its servers of both",
      'image list of the member: the accepted one; its server show: ACTIVE, on its own network; consoles: "shared x-accepted", "shared x-pending"; ' +
        "second plan: no changes",
    );
  });

  test("a server stays when its project is no member any more, and no other can be made", async () => {
    const before = await shown();
    const { actions } = removed.plan(STACK);
    expect(Object.values(inTheCloud(actions))).toStrictEqual([["delete"], ["delete"], ["delete"]]);
    expect(
      Object.keys(actions).filter((address) => !/openstack_images_image_access(_accept)?_v2/.test(address)),
    ).toStrictEqual([]);
    removed.deploy();
    expect(idsIn(removed, STACK, SERVER)).toStrictEqual(servers);
    expect(await listed()).toStrictEqual({ default: [], pending: [] });
    // all as before, but that the project cannot read the image's name any more
    const nameless = before.map((server) => ({ ...server, image: /\((.*)\)/.exec(server.image)?.[1] }));
    expect(await shown()).toStrictEqual(nameless);
    expect(removed.plan(STACK).actions).toStrictEqual({});

    const late = removed.with({ STEP: "late" });
    expect(inTheCloud(late.plan(STACK).actions)).toStrictEqual({ [`${SERVER}.x-late`]: ["create"] });
    const message = failureOf(() => late.terraform(STACK, "apply", "-auto-approve"));
    expect(message).toMatch(/Can not find requested image.*x-late/);
    const left = await second.json<{ Name: string }[]>("server list");
    expect(left.map(({ Name }) => Name)).not.toContain("x-late");
    saw(
      ["ImageMemberOptions.projectId", "ImageMemberOptions.acceptance"],
      "members and acceptance dropped while the servers run; another server",
      "plan: delete for these alone; the project lists neither image; server show: ACTIVE, all as before but the image's name; second plan: no " +
        "changes; the other server fails: Can not find requested image",
    );
  });
});
