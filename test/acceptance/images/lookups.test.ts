import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "../support/app";
import { run } from "../support/cloud";
import { failureOf } from "../support/failure";
import { imagesShown } from "../support/images";
import { saw } from "../support/proof";
import { shellOf } from "../support/shell";
import { idsIn } from "../support/state";

const IMAGES = "lookups-images";
const LOOKUPS = "lookups";
const DISK_BYTES = 1024 * 1024;
/** What each list finds, by the ids of the images in the app, in this order where it is asked for. */
const LISTS: Record<string, string[]> = {
  "list-name": ["name-exact"],
  "list-regex": ["name-longer", "name-exact"],
  "list-tags": ["tags-a", "tags-ab"],
  "list-both-tags": ["tags-ab"],
  "list-properties": ["properties-a"],
  "list-all-properties": ["properties-a", "properties-b"],
  "list-hidden": ["hidden-yes"],
  "list-disk": ["disk-qcow2"],
  "list-container": ["container-ovf"],
  "list-snapshot": ["snapshot-yes"],
  "list-newest-first": ["age-newest", "age-oldest"],
  "list-oldest-first": ["age-oldest", "age-newest"],
  "list-community": ["visibility-community"],
  "list-owner": ["owner-community-second"],
  "list-status": ["status-pending"],
  "list-all-status": ["status-accepted", "status-pending", "status-rejected"],
  "list-none": [],
  "list-second": ["foreign-community", "foreign-private", "foreign-shared"],
};
const SORTED = ["list-regex", "list-newest-first", "list-oldest-first"];
/** What is declared, and looked up by nothing but a list. */
const ONLY_LISTED = ["age-oldest", "foreign-community", "foreign-shared", "made-now"];
const FILTERS = [
  "imageName",
  "nameRegex",
  "visibility",
  "owner",
  "memberStatus",
  "tags",
  "properties",
  "hidden",
].concat(["diskFormat", "containerFormat"]);

const admin = shellOf("admin");
const demo = shellOf("demo");

describe("lookups", () => {
  const folder = mkdtempSync(join(tmpdir(), "lookups-"));
  const base = new App("test/acceptance/apps/lookups", { FILES: folder });
  let app: App;
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    writeFileSync(join(folder, "small.raw"), Buffer.alloc(DISK_BYTES));
    writeFileSync(join(folder, "large.raw"), Buffer.alloc(2 * DISK_BYTES));
    run("qemu-img", ["create", "-q", "-f", "qcow2", join(folder, "disk.qcow2"), String(DISK_BYTES)]);
    const projectId = async (name: string) => (await admin.json<{ id: string }>(`project show ${name}`)).id;
    app = base.with({ DEMO: await projectId("demo"), SECOND: await projectId("second") });
    const create = `image create --private --disk-format raw --container-format bare --file ${join(folder, "small.raw")}`;
    ids["age-oldest"] = (await demo.json<{ id: string }>(`${create} x-age`)).id;
  });
  afterAll(async () => {
    app.destroy(IMAGES);
    await demo.text(`image delete ${ids["age-oldest"]}`);
    rmSync(folder, { recursive: true });
  });

  test("each finds one of several that differ in one thing alone", async () => {
    app.deploy(IMAGES);
    Object.assign(ids, idsIn(app, IMAGES));
    expect(app.outputs(IMAGES)).toStrictEqual({ made: ids["made-now"] });
    await demo.text(`image set --reject ${ids["status-rejected"]}`);

    expect(app.plan(LOOKUPS).actions).toStrictEqual({});
    app.terraform(LOOKUPS, "apply", "-auto-approve");
    const { "told-all": told, ...found } = app.outputs<Record<string, string | string[] | object>>(LOOKUPS);
    const images = await imagesShown(demo, {
      newest: ids["age-newest"] ?? "",
      oldest: ids["age-oldest"] ?? "",
      told: ids["properties-b"] ?? "",
    });
    expect(images.newest.created_at > images.oldest.created_at).toBe(true);
    for (const [list, names] of Object.entries(LISTS)) {
      const expected = names.map((name) => ids[name]);
      if (SORTED.includes(list)) expect(found[list]).toStrictEqual(expected);
      else expect(new Set(found[list] as string[])).toStrictEqual(new Set(expected));
      delete found[list];
    }
    const { ...looked } = ids;
    for (const name of ONLY_LISTED) delete looked[name];
    expect(found).toStrictEqual(looked);
    const { id, name, checksum, owner, created_at, size, min_disk, min_ram } = images.told;
    const { os_hidden: _, ...properties } = images.told.properties;
    expect(told).toStrictEqual({ id, name, checksum, owner, created_at, size, min_disk, min_ram, properties });
    // it has outputs alone
    expect(app.plan(LOOKUPS).text).toContain("No changes.");
    saw(
      ["Image.fromLookup", ...FILTERS.map((option) => `ImageFilterOptions.${option}`)].concat(
        ["ImageOwner.CURRENT_PROJECT", "ImageOwner.fromProjectId"],
        ["PENDING", "ACCEPTED", "REJECTED"].map((status) => `ImageMemberStatus.${status}`),
        ["PUBLIC", "COMMUNITY", "SHARED", "PRIVATE"].map((visibility) => `ImageVisibility.${visibility}`),
        ["OpenstackProps.provider", "OpenstackProps.region"],
      ),
      "images of the same name that differ in one option each: by tag, property, hidden, format, visibility, owner, member status",
      `plan: each of ${Object.keys(found).length} lookups finds the one that is asked for; second plan: no changes`,
    );
    saw(
      "ImageLookupOptions.mostRecent",
      `two of one name, made at ${images.oldest.created_at} and ${images.newest.created_at}`,
      "plan: finds the newer one",
    );
    saw(
      ["ImageLookupOptions.allowSnapshot", "ImageLookupOptions.sizeMinBytes", "ImageLookupOptions.sizeMaxBytes"],
      "an image with a snapshot's properties; one of exactly the size asked for",
      "plan: found",
    );
    saw(
      [
        "Image.listFromLookup",
        "ImageListOptions.sort",
        ...FILTERS.map((option) => `ImageFilterOptions.${option}`),
      ].concat("ImageMemberStatus.ALL"),
      "lists by each option, among images that differ in it alone; name:desc, created_at:desc and created_at:asc",
      "plan: the ids of those that match, in the order asked for; none for what only others have",
    );
    saw("OpenstackProps.dependsOn", "a lookup of what the same deployment makes", "its id, at once");
    saw(
      "Image.fromLookup",
      "all that a lookup tells",
      "name, checksum, owner, time, size, minimums and properties are those of image show",
    );
  });

  test("fails when none is what is asked for, several are, or only others have one", () => {
    const none = /Your query returned no results/;
    const expected: Record<string, RegExp> = {
      imageName: none,
      nameRegex: none,
      tags: none,
      properties: /LookupPropertiesDiffer: .* found x-name .*, which has not the value asked for of variant/,
      hidden: none,
      diskFormat: none,
      containerFormat: none,
      sizeMinBytes: /LookupSizeDiffers: .* of at least 1048577 bytes, but the one found, x-name .*, has 1048576/,
      sizeMaxBytes: /LookupSizeDiffers: .* of at most 1048575 bytes, but the one found, x-name .*, has 1048576/,
      visibility: none,
      owner: none,
      memberStatus: none,
      "foreign-current": none,
      "foreign-default": none,
      "foreign-community": none,
      "foreign-newest": none,
      "foreign-public": none,
      "foreign-admin": none,
      several: /Your query returned more than one result/,
      allowSnapshot: /LookupFoundSnapshot: .* found x-snapshot/,
      region: /No suitable endpoint could be found in the service catalog/,
    };
    const text = failureOf(() => app.with({ STEP: "none" }).plan(LOOKUPS));
    const errors = Object.fromEntries(
      text
        .split(/(?=Error: )/)
        .slice(1)
        .map((error) => [/in data\.openstack_\w+\.([\w-]+?)(?:_Owner_\w+)?[.:]/.exec(error)?.[1] ?? "", error]),
    );
    expect(errors).toStrictEqual(
      Object.fromEntries(Object.entries(expected).map(([id, error]) => [id, expect.stringMatching(error)])),
    );
    saw(
      ["Image.fromLookup", ...FILTERS.map((option) => `ImageFilterOptions.${option}`)],
      "an image that is what is asked for in all but this option",
      "plan fails: Your query returned no results; for properties LookupPropertiesDiffer",
    );
    saw(
      ["ImageLookupOptions.sizeMinBytes", "ImageLookupOptions.sizeMaxBytes"],
      "an image of 1048576 bytes, and one byte more or less asked for",
      "plan fails: LookupSizeDiffers",
    );
    saw(
      "ImageLookupOptions.allowSnapshot",
      "not given, the only image is a snapshot",
      "plan fails: LookupFoundSnapshot",
    );
    saw(
      ["ImageOwner.CURRENT_PROJECT", "ImageFilterOptions.owner", "ImageLookupOptions.mostRecent"],
      "a name that only another project has: private, community, and shared with this project and accepted; an administrator, by the name of " +
        "another project's image",
      "plan fails: Your query returned no results, also without an owner, with mostRecent, COMMUNITY and PUBLIC",
    );
    saw("OpenstackProps.region", "a region that is none", "plan fails: No suitable endpoint could be found");
  });
});
