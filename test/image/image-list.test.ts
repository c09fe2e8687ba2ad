import { DataOpenstackImagesImageIdsV2 } from "@cdktf/provider-openstack/lib/data-openstack-images-image-ids-v2";
import { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
import { Fn, TerraformOutput } from "cdktf";
import {
  ContainerFormat,
  DiskFormat,
  Image,
  ImageList,
  type ImageListOptions,
  ImageMember,
  ImageMemberStatus,
  ImageOwner,
  ImageVisibility,
} from "cdktf-openstack-images";
import { blocks, failure, newStack, only, synth, synthApp } from "../support/synth";
import { PROJECT, source } from "./given";

const TYPE = "data.openstack_images_image_ids_v2";
const SCOPE = "data.openstack_identity_auth_scope_v3";
const PUBLIC = { visibility: ImageVisibility.PUBLIC };
const WAY_OUT =
  "give visibility: ImageVisibility.PUBLIC, or owner: ImageOwner.fromProjectId(...) or ImageOwner.CURRENT_PROJECT";

function list(options: ImageListOptions) {
  return synth((stack) => Image.listFromLookup(stack, "All", options));
}

function failureOf(options: ImageListOptions): string {
  return failure((stack) => Image.listFromLookup(stack, "All", options));
}

describe("a list of images", () => {
  test("needs no criterion but the owner: all there are is an answer", () => {
    const result = list(PUBLIC);
    expect(only(result, TYPE)).toStrictEqual({ visibility: "public" });
    expect([blocks(result, SCOPE), result.warnings]).toStrictEqual([{}, []]);
  });

  test("comes out with every option", () => {
    const result = synth((stack) => {
      const provider = new OpenstackProvider(stack, "Other", { alias: "other" });
      const other = new Image(stack, "Base", { source });
      Image.listFromLookup(stack, "All", {
        nameRegex: "^ubuntu-${x}",
        visibility: ImageVisibility.SHARED,
        owner: ImageOwner.fromProjectId(PROJECT),
        memberStatus: ImageMemberStatus.PENDING,
        tags: ["lts"],
        properties: { os_distro: "ubuntu", note: "${a}" },
        hidden: true,
        diskFormat: DiskFormat.RAW,
        containerFormat: ContainerFormat.BARE,
        sort: "created_at:desc,name",
        provider,
        region: "RegionTwo",
        dependsOn: [other],
      });
    });
    expect(only(result, TYPE)).toStrictEqual({
      name_regex: "^ubuntu-$${x}",
      visibility: "shared",
      owner: PROJECT,
      member_status: "pending",
      tags: ["lts"],
      properties: { os_distro: "ubuntu", note: "$${a}" },
      hidden: true,
      disk_format: "raw",
      container_format: "bare",
      sort: "created_at:desc,name",
      provider: "openstack.other",
      region: "RegionTwo",
      depends_on: ["openstack_images_image_v2.Base"],
    });
    expect(result.warnings).toStrictEqual([]);
  });

  test.each<[string, ImageListOptions, object]>([
    ["a name", { imageName: "base" }, { name: "base" }],
    ["a regular expression", { nameRegex: "^base" }, { name_regex: "^base" }],
    ["labels", { tags: [] }, { tags: [] }],
    ["properties", { properties: {} }, { properties: {} }],
    ["what is not hidden", { hidden: false }, { hidden: false }],
    ["a format of one's own", { diskFormat: DiskFormat.custom("new") }, { disk_format: "new" }],
    ["a container of one's own", { containerFormat: ContainerFormat.custom("box") }, { container_format: "box" }],
    ["an order", { sort: "name:asc" }, { sort: "name:asc" }],
  ])("by %s has no other argument", (_, options, rendered) => {
    expect(only(list({ ...PUBLIC, ...options }), TYPE)).toStrictEqual({ visibility: "public", ...rendered });
  });

  test("has no argument for what is undefined", () => {
    const names = ["imageName", "nameRegex", "owner", "memberStatus", "tags", "properties", "hidden", "diskFormat"];
    const others = ["containerFormat", "sort", "provider", "region", "dependsOn"];
    const nothing = Object.fromEntries([...names, ...others].map((name) => [name, undefined]));
    expect(only(list({ ...nothing, ...PUBLIC }), TYPE)).toStrictEqual({ visibility: "public" });
  });

  test("copies the collections that it is given", () => {
    const [tags, properties]: [string[], Record<string, string>] = [["a"], { a: "b" }];
    const result = synth((stack) => {
      Image.listFromLookup(stack, "All", { ...PUBLIC, tags, properties });
      tags.push("late");
      properties["late"] = "c";
    });
    expect(only(result, TYPE)).toStrictEqual({ visibility: "public", tags: ["a"], properties: { a: "b" } });
  });

  test("without an owner is of the current project, and says so", () => {
    const result = list({ imageName: "base" });
    expect(only(result, SCOPE)).toStrictEqual({ name: "current" });
    const [scope] = Object.keys(blocks(result, SCOPE));
    expect(only(result, TYPE)).toStrictEqual({ name: "base", owner: `\${${SCOPE}.${scope}.project_id}` });
    expect(result.warnings).toStrictEqual([
      {
        path: "test/All",
        message: `LookupWithoutOwner: the lookup finds images of the provider's own project only; ${WAY_OUT} to say so`,
      },
    ]);
  });

  test("of the current project reads it in the same region, with the same provider", () => {
    const result = synth((stack) => {
      const provider = new OpenstackProvider(stack, "Other", { alias: "other" });
      const owner = ImageOwner.CURRENT_PROJECT;
      Image.listFromLookup(stack, "All", { owner, provider, region: "RegionTwo" });
    });
    expect(only(result, SCOPE)).toStrictEqual({ name: "current", provider: "openstack.other", region: "RegionTwo" });
    expect(result.warnings).toStrictEqual([]);
  });

  test("yields the ids to whatever takes a list", () => {
    const result = synth((stack) => {
      const all = Image.listFromLookup(stack, "All", PUBLIC);
      expect(all).toBeInstanceOf(ImageList);
      expect(all.resource).toBeInstanceOf(DataOpenstackImagesImageIdsV2);
      expect(all.resource.node.path).toBe("test/All/Default");
      new TerraformOutput(stack, "All ids", { value: all.imageIds });
      const newest = Image.fromImageId(stack, "Newest", Fn.element(all.imageIds, 0));
      new ImageMember(stack, "Team", { image: newest, projectId: PROJECT });
    });
    expect(Object.values(result.json.output)).toStrictEqual([{ value: `\${${TYPE}.All.ids}` }]);
    expect(only(result, "openstack_images_image_access_v2")).toStrictEqual({
      image_id: `\${element(${TYPE}.All.ids, 0)}`,
      member_id: PROJECT,
    });
  });

  test("yields the ids in another stack too", () => {
    const { one, two } = synthApp((app) => {
      const all = Image.listFromLookup(newStack(app, "one"), "All", PUBLIC);
      new TerraformOutput(newStack(app, "two"), "ids", { value: all.imageIds });
    });
    const name = "cross-stack-output-dataopenstack_images_image_ids_v2Allids";
    expect(one?.json.output).toStrictEqual({ [name]: { value: `\${${TYPE}.All.ids}`, sensitive: true } });
    expect(two?.json.output.ids.value).toBe(
      `\${data.terraform_remote_state.cross-stack-reference-input-one.outputs.${name}}`,
    );
  });
});

test.each(["name", "created_at:desc", "status:asc", "updated_at,name:desc", undefined])("%s is an order", (sort) => {
  expect(only(list({ ...PUBLIC, sort }), TYPE).sort).toBe(sort);
});

test.each([
  "",
  " ",
  "name:",
  "name:up",
  "name desc",
  "Name:asc",
  "created_at: desc",
  "name:asc,",
  "a:asc:desc",
  "a\n",
  "os_hidden:asc",
  "owner",
  "size",
])("fails when the order is %j", (sort) => {
  expect(failureOf({ ...PUBLIC, sort })).toBe(
    `'sort' must be keys that Glance sorts by with :asc or :desc, got ${JSON.stringify(sort)}; created_at:desc has the newest first [SortMalformed at test/All]`,
  );
});

test.each<[string, ImageListOptions, string]>([
  [
    "it has a name and a regular expression",
    { imageName: "a", nameRegex: "b" },
    "'imageName' and 'nameRegex' exclude each other, got both; leave one out [LookupTwoNames at test/All]",
  ],
  [
    "the name is blank",
    { imageName: " " },
    `'imageName' must have a character that is no space, got " "; give it one, or leave it out [NameEmpty at test/All]`,
  ],
  [
    "the owner is empty",
    { owner: ImageOwner.fromProjectId("") },
    `the owner's project id must be a project's id, got ""; openstack project show NAME tells it [ProjectIdEmpty at test/All]`,
  ],
])("fails when %s", (_, options, message) => {
  expect(failureOf({ ...PUBLIC, ...options })).toBe(message);
});

test.each<[string, ImageListOptions, string]>([
  ["community images", { visibility: ImageVisibility.COMMUNITY }, "visibility COMMUNITY"],
  ["shared images", { visibility: ImageVisibility.SHARED }, "visibility SHARED"],
  ["images of a member status", { memberStatus: ImageMemberStatus.ALL }, "'memberStatus'"],
])("fails when it is of %s, and nobody said whose", (_, options, risk) => {
  expect(failureOf(options)).toBe(
    `'owner' must be given with ${risk}, got none: any project can offer an image under the same name; ${WAY_OUT} ` +
      "[LookupWithoutOwner at test/All]",
  );
});
