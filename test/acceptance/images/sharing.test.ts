import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, inTheCloud } from "../support/app";
import { failureOf } from "../support/failure";
import { imageFile } from "../support/image-file";
import { imageLists, imagesShown } from "../support/images";
import { saw } from "../support/proof";
import { type Shell, shellOf } from "../support/shell";
import { idsIn } from "../support/state";

const STACK = "sharing";
const MEMBER = "openstack_images_image_access_v2";
const ACCEPTANCE = "openstack_images_image_access_accept_v2";
const VISIBILITIES = ["public", "community", "shared", "private"];
/** Of each owner, every image goes from one visibility to another. */
const CHANGES = ["Admin", "Demo"].flatMap((owner) => {
  const allowed = VISIBILITIES.slice(owner === "Admin" ? 0 : 1);
  return allowed.flatMap((from) =>
    allowed.filter((to) => to !== from).map((to) => ({ name: `x-${owner}-${from}-${to}`, from, to })),
  );
});
const LISTS = {
  default: "",
  public: "--public",
  community: "--community",
  accepted: "--shared",
  pending: "--shared --member-status pending",
  rejected: "--shared --member-status rejected",
  all: "--shared --member-status all",
};

interface Member {
  readonly "Image ID": string;
  readonly "Member ID": string;
  readonly Status: string;
}

const admin = shellOf("admin");
const demo = shellOf("demo");
const second = shellOf("second");

describe("visibility and members", () => {
  const folder = mkdtempSync(join(tmpdir(), "sharing-"));
  const base = new App("test/acceptance/apps/sharing", { FILES: folder });
  const projects: Record<string, string> = {};
  let existing: string;
  let first: App;
  let later: App;

  beforeAll(async () => {
    for (const name of ["one", "two"]) imageFile(join(folder, `${name}.raw`), name);
    const idOf = async (shell: Shell, command: string) => (await shell.json<{ id: string }>(command)).id;
    for (const name of ["admin", "demo", "second"]) projects[name] = await idOf(admin, `project show ${name}`);
    const create = `image create --shared --disk-format raw --container-format bare --file ${join(folder, "one.raw")}`;
    const EXISTING = await idOf(demo, `${create} x-Existing`);
    const WITH_MEMBER = await idOf(demo, `${create} x-WithMember`);
    await demo.text(`image add project ${WITH_MEMBER} ${projects.second}`);
    existing = EXISTING;
    const { admin: ADMIN = "", demo: DEMO = "", second: SECOND = "" } = projects;
    first = base.with({ EXISTING, WITH_MEMBER, ADMIN, DEMO, SECOND });
    later = first.with({ STEP: "later" });
  });
  afterAll(async () => {
    first.destroy();
    await demo.text("image delete x-Existing x-WithMember");
    rmSync(folder, { recursive: true });
  });

  /** The names in what the second project lists. */
  async function listed(): Promise<Record<keyof typeof LISTS, string[]>> {
    const lists = Object.entries(await imageLists(second, LISTS));
    return Object.fromEntries(lists.map(([list, rows]) => [list, rows.map(({ Name }) => Name).sort()])) as Record<
      keyof typeof LISTS,
      string[]
    >;
  }

  /** The members of images, as their owner lists them: the project and its status. */
  async function membersOf(names: string[]): Promise<Record<string, string[]>> {
    const ids: Record<string, string> = { ...idsIn(first, STACK), "x-Existing": existing };
    const nameOf = (id: string) => Object.keys(projects).find((name) => projects[name] === id) ?? id;
    const described = names.map(async (name) => {
      const members = await demo.json<Member[]>(`image member list ${ids[name]}`);
      return [name, members.map((one) => `${nameOf(one["Member ID"])} ${one.Status}`)] as const;
    });
    return Object.fromEntries(await Promise.all(described));
  }

  test("each visibility is set, and another project lists what it may see", async () => {
    first.deploy();
    const images = await imagesShown(admin, idsIn(first, STACK));
    for (const { name, from } of CHANGES) expect(images[name]).toMatchObject({ status: "active", visibility: from });
    const lists = await listed();
    const having = (visibility: string) => CHANGES.filter(({ from }) => from === visibility).map(({ name }) => name);
    expect(lists.public).toStrictEqual(having("public").sort());
    expect(lists.community).toStrictEqual(having("community").sort());
    for (const name of [...having("private"), ...having("shared")]) {
      for (const list of Object.values(lists)) expect(list).not.toContain(name);
    }
    expect(lists.default).toEqual(expect.arrayContaining(having("public")));
    for (const name of having("community")) expect(lists.default).not.toContain(name);
    expect(first.plan(STACK).actions).toStrictEqual({});
    saw(
      [...VISIBILITIES.map((one) => `ImageVisibility.${one.toUpperCase()}`), "ImageProps.visibility"].concat(
        "OpenstackProps.provider",
      ),
      "an administrator's images of each visibility, an ordinary project's of each but public",
      `image show: as declared; image list of another project: ${having("public").length} public ones; with --community: ` +
        `${having("community").length}; private and shared ones in no list; second plan: no changes`,
    );
  });

  test("members are pending, or accepted by their own project", async () => {
    expect(await listed()).toMatchObject({
      accepted: ["x-Accepted", "x-Closed", "x-Existing", "x-Rebuilt", "x-Rejected", "x-Removed"],
      pending: ["x-Moved", "x-Pending", "x-WithMember"],
      rejected: [],
    });
    const members = await membersOf(["x-Pending", "x-Accepted", "x-Existing"]);
    expect(members).toStrictEqual({
      "x-Pending": ["second pending"],
      "x-Accepted": ["second accepted"],
      "x-Existing": ["second accepted"],
    });
    const { "x-Pending": pending = "" } = idsIn(first, STACK);
    expect(await imagesShown(second, { pending })).toMatchObject({ pending: { name: "x-Pending", status: "active" } });
    saw(
      ["ImageMemberOptions.projectId", "ImageMemberProps.image", "ImageMemberStatus.PENDING"],
      "a member without acceptance",
      "member list: pending; the other project's image list: not among the accepted, but with --member-status pending; its image show: active",
    );
    saw(
      ["ImageMemberOptions.acceptance", "AcceptanceOptions.provider", "ImageMemberStatus.ACCEPTED"],
      "a member with acceptance by the other project's provider",
      "member list: accepted; the other project's image list: there; second plan: no changes",
    );
    saw(
      ["image", "member", "projectId", "provider", "region", "dependsOn"]
        .map((name) => `ImageMemberAcceptanceProps.${name}`)
        .concat("Image.fromImageId", "ImageMemberProps.image", "OpenstackProps.region"),
      "an image by its id, its member and the acceptance as constructs of their own",
      "member list: accepted; the other project's image list: there; second plan: no changes",
    );
  });

  test("visibilities and members change as the plan says", async () => {
    const before = idsIn(first, STACK);
    await second.text(`image set --reject ${before["x-Accepted"]}`);
    const { actions } = later.plan(STACK);
    const planned = Object.fromEntries(
      // without the digits that tell children of the same name apart
      Object.entries(inTheCloud(actions)).map(([address, verdict]) => [address.replace(/_[0-9A-F]{8}$/, ""), verdict]),
    );
    const image = (id: string) => `openstack_images_image_v2.${id}`;
    const member = (id: string) => `${MEMBER}.${id}_Member`;
    const acceptance = (id: string) => `${ACCEPTANCE}.${id}_Member_Acceptance`;
    expect(planned).toStrictEqual({
      ...Object.fromEntries(CHANGES.map(({ name }) => [image(name), ["update"]])),
      [acceptance("x-Accepted")]: ["update"],
      [acceptance("x-Rejected")]: ["delete"],
      [acceptance("x-Removed")]: ["delete"],
      [member("x-Removed")]: ["delete"],
      [member("x-Moved")]: ["delete", "create"],
      [image("x-Rebuilt")]: ["create", "delete"],
      [member("x-Rebuilt")]: ["delete", "create"],
      [acceptance("x-Rebuilt")]: ["delete", "create"],
      [image("x-Closed")]: ["update"],
      [member("x-Closed")]: ["delete"],
      [acceptance("x-Closed")]: ["delete"],
    });
    later.deploy();
    const ids = idsIn(later, STACK);
    expect(ids["x-Rebuilt"]).not.toBe(before["x-Rebuilt"]);
    expect({ ...ids, "x-Rebuilt": "" }).toStrictEqual({ ...before, "x-Rebuilt": "" });
    const images = await imagesShown(admin, ids);
    for (const { name, to } of CHANGES) expect(images[name]).toMatchObject({ status: "active", visibility: to });
    expect(images["x-Closed"]).toMatchObject({ visibility: "private" });

    const lists = await listed();
    const having = (visibility: string) => CHANGES.filter(({ to }) => to === visibility).map(({ name }) => name);
    expect(lists).toMatchObject({
      public: having("public").sort(),
      community: having("community").sort(),
      accepted: ["x-Accepted", "x-Existing", "x-Rebuilt"],
      pending: ["x-Pending", "x-WithMember"],
      rejected: ["x-Rejected"],
      all: ["x-Accepted", "x-Existing", "x-Pending", "x-Rebuilt", "x-Rejected", "x-WithMember"],
    });
    expect(lists.default).toStrictEqual([...having("public"), ...lists.accepted].sort());
    expect(await membersOf(["x-Accepted", "x-Rejected", "x-Removed", "x-Moved", "x-Rebuilt"])).toStrictEqual({
      "x-Accepted": ["second accepted"],
      "x-Rejected": ["second rejected"],
      "x-Removed": [],
      "x-Moved": ["admin pending"],
      "x-Rebuilt": ["second accepted"],
    });
    expect(later.plan(STACK).actions).toStrictEqual({});
    saw(
      [...VISIBILITIES.map((one) => `ImageVisibility.${one.toUpperCase()}`), "ImageProps.visibility"],
      `every change from one visibility to another: 12 of an administrator's images, 6 of an ordinary project's`,
      "plan: update; same ids; image list of another project: the ones now public, with --community the ones now community, no others; " +
        "second plan: no changes",
    );
    saw(
      ["ImageMemberOptions.projectId", "ImageMemberProps.image"],
      "a member dropped; another project; another image; a shared image made private, its member dropped",
      "plan: delete; delete, create; delete, create; update and delete; member list: none, the other project, accepted on the new image; the " +
        "project no longer lists the images that it is no member of; second plan: no changes",
    );
    saw(
      ["ImageMemberOptions.acceptance", "ImageMemberStatus.REJECTED", "ImageMemberStatus.ALL"],
      "an acceptance dropped; one that was rejected by hand",
      "plan: delete, update; member list: rejected, accepted again; the other project's image list: only with --member-status rejected or all",
    );
  });

  test("fails when a project makes its image public, when an owner becomes member or accepts for one, and when there is such a member", async () => {
    const refused = later.with({ STEP: "refused" });
    expect(Object.values(inTheCloud(refused.plan(STACK).actions)).map(String)).not.toContain("delete");
    const before = idsIn(later, STACK);
    const text = failureOf(() => refused.terraform(STACK, "apply", "-auto-approve"));
    const errors = text.split(/(?=Error: )/).slice(1);
    expect(errors).toHaveLength(4);
    expect(errors).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/You are not authorized to complete publicize_image action.*x-Demo-shared-private/),
        expect.stringMatching(/MemberIsOwner: project \w+ owns the image of sharing\/x-Own\/Member/),
        expect.stringMatching(/You are not authorized to complete modify_member action.*x-ByOwner_Member_Acceptance/),
        expect.stringMatching(/Member \w+ is duplicated for image .*MemberAlready/),
      ]),
    );
    const { "x-Demo-shared-private": id = "" } = idsIn(refused, STACK);
    expect(id).toBe(before["x-Demo-shared-private"]);
    expect((await imagesShown(demo, { id })).id).toMatchObject({ status: "active", visibility: "private" });
    saw(
      "ImageVisibility.PUBLIC",
      "a private image of an ordinary project is to become public",
      "plan: update; apply fails: You are not authorized to complete publicize_image action; image show: private, as before",
    );
    saw(
      ["ImageMemberOptions.projectId", "ImageMemberOptions.acceptance", "AcceptanceOptions.provider"],
      "the owner as member; the owner's provider for the acceptance; a member that was made by hand",
      "apply fails: MemberIsOwner; not authorized to complete modify_member action; is duplicated (409)",
    );
  });
});
