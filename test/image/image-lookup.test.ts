import { DataOpenstackImagesImageV2 } from "@cdktf/provider-openstack/lib/data-openstack-images-image-v2";
import { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
import { TerraformVariable, Token } from "cdktf";
import {
  ContainerFormat,
  DiskFormat,
  Image,
  type ImageLookupOptions,
  ImageMemberStatus,
  ImageOwner,
  ImageSource,
  ImageVisibility,
} from "cdktf-openstack-images";
import { rendered } from "../core/rendered";
import { blocks, failure, only, synth } from "../support/synth";
import { PROJECT, URL_QCOW2 } from "./given";

const TYPE = "data.openstack_images_image_v2";
const SCOPE = "data.openstack_identity_auth_scope_v3";
const ADDRESS = `${TYPE}.Found`;

function lookup(options: ImageLookupOptions) {
  return synth((stack) => Image.fromLookup(stack, "Found", options));
}

function failureOf(options: ImageLookupOptions): string {
  return failure((stack) => Image.fromLookup(stack, "Found", options));
}

const PUBLIC = { imageName: "base", visibility: ImageVisibility.PUBLIC };
const WAY_OUT =
  "give visibility: ImageVisibility.PUBLIC, or owner: ImageOwner.fromProjectId(...) or ImageOwner.CURRENT_PROJECT";

const NO_SNAPSHOT = {
  condition: '${try(self.properties["image_type"], "") != "snapshot"}',
  error_message:
    `LookupFoundSnapshot: ${ADDRESS} found \${try(format("%s (%s)", self.name, self.id), self.id)}, the snapshot of a server; name the image ` +
    "itself, or give allowSnapshot: true.",
};

function ownedBy(owner: string, shown: string) {
  return {
    condition: `\${self.owner == ${owner}}`,
    error_message:
      `LookupOwnerDiffers: ${ADDRESS} asks for an image of project ${shown}, but the one found, ` +
      `\${try(format("%s (%s)", self.name, self.id), self.id)}, belongs to \${self.owner}.`,
  };
}

function withProperties(map: string) {
  const wrong = `[for k, v in ${map} : k if try(self.properties[k], "") != v]`;
  return {
    condition: `\${length(${wrong}) == 0}`,
    error_message:
      `LookupPropertiesDiffer: ${ADDRESS} found \${try(format("%s (%s)", self.name, self.id), self.id)}, which has not the value asked for of ` +
      `\${join(", ", ${wrong})}; name the right image, or drop the property.`,
  };
}

function sized(bound: string, holds: string, bytes: number) {
  return {
    condition: `\${self.size_bytes ${holds} ${bytes}}`,
    error_message:
      `LookupSizeDiffers: ${ADDRESS} asks for an image of ${bound} ${bytes} bytes, but the one found, ` +
      '${try(format("%s (%s)", self.name, self.id), self.id)}, has ${self.size_bytes}.',
  };
}

describe("a lookup", () => {
  test("of a public image reads no owner, and refuses a snapshot", () => {
    const result = lookup(PUBLIC);
    expect(only(result, TYPE)).toStrictEqual({
      name: "base",
      visibility: "public",
      lifecycle: { postcondition: [NO_SNAPSHOT] },
    });
    expect(blocks(result, SCOPE)).toStrictEqual({});
    expect(result.warnings).toStrictEqual([]);
  });

  test("of a project's image checks the owner", () => {
    const result = lookup({ imageName: "base", owner: ImageOwner.fromProjectId(PROJECT) });
    expect(only(result, TYPE)).toStrictEqual({
      name: "base",
      owner: PROJECT,
      lifecycle: { postcondition: [ownedBy(`"${PROJECT}"`, PROJECT), NO_SNAPSHOT] },
    });
    expect([blocks(result, SCOPE), result.warnings]).toStrictEqual([{}, []]);
  });

  test("of an image of the current project reads it from the auth scope", () => {
    const result = lookup({ imageName: "base", owner: ImageOwner.CURRENT_PROJECT });
    const [scope] = Object.keys(blocks(result, SCOPE));
    const reference = `${SCOPE}.${scope}.project_id`;
    expect(only(result, SCOPE)).toStrictEqual({ name: "current" });
    expect(only(result, TYPE)).toStrictEqual({
      name: "base",
      owner: `\${${reference}}`,
      lifecycle: { postcondition: [ownedBy(reference, `\${${reference}}`), NO_SNAPSHOT] },
    });
    expect(result.warnings).toStrictEqual([]);
  });

  test.each<[string, ImageLookupOptions]>([
    ["by name", { imageName: "base" }],
    ["by regular expression", { nameRegex: "^base" }],
    ["by label", { tags: ["base"] }],
    ["by the visibility PRIVATE", { imageName: "base", visibility: ImageVisibility.PRIVATE }],
    ["that says it does not take the newest", { imageName: "base", mostRecent: false }],
  ])("%s alone is of the current project, and says so", (_, options) => {
    const result = lookup(options);
    const [scope] = Object.keys(blocks(result, SCOPE));
    expect(only(result, TYPE).owner).toBe(`\${${SCOPE}.${scope}.project_id}`);
    expect(result.warnings).toStrictEqual([
      {
        path: "test/Found",
        message: `LookupWithoutOwner: the lookup finds images of the provider's own project only; ${WAY_OUT} to say so`,
      },
    ]);
  });

  test("comes out with every option", () => {
    const result = synth((stack) => {
      const provider = new OpenstackProvider(stack, "Other", { alias: "other" });
      const other = new Image(stack, "Other image", { source: ImageSource.fromUrl(URL_QCOW2) });
      Image.fromLookup(stack, "Found", {
        nameRegex: "^ubuntu-\\d+$",
        visibility: ImageVisibility.SHARED,
        owner: ImageOwner.CURRENT_PROJECT,
        memberStatus: ImageMemberStatus.ACCEPTED,
        mostRecent: true,
        tags: ["lts"],
        properties: { os_distro: "ubuntu" },
        hidden: true,
        diskFormat: DiskFormat.QCOW2,
        containerFormat: ContainerFormat.BARE,
        sizeMinBytes: 1,
        sizeMaxBytes: 10_737_418_240,
        allowSnapshot: true,
        provider,
        region: "RegionTwo",
        dependsOn: [other],
      });
    });
    const [scope] = Object.keys(blocks(result, SCOPE));
    const reference = `${SCOPE}.${scope}.project_id`;
    expect(only(result, SCOPE)).toStrictEqual({
      name: "current",
      provider: "openstack.other",
      region: "RegionTwo",
    });
    expect(only(result, TYPE)).toStrictEqual({
      name_regex: "^ubuntu-\\d+$",
      visibility: "shared",
      owner: `\${${reference}}`,
      member_status: "accepted",
      most_recent: true,
      tags: ["lts"],
      properties: { os_distro: "ubuntu" },
      hidden: true,
      disk_format: "qcow2",
      container_format: "bare",
      size_min: 1,
      size_max: 10_737_418_240,
      provider: "openstack.other",
      region: "RegionTwo",
      depends_on: ["openstack_images_image_v2.Otherimage"],
      lifecycle: {
        postcondition: [
          withProperties('{ "os_distro" = "ubuntu" }'),
          ownedBy(reference, `\${${reference}}`),
          sized("at least", ">=", 1),
          sized("at most", "<=", 10_737_418_240),
        ],
      },
    });
    expect(result.warnings).toStrictEqual([]);
  });

  test("that allows snapshots of a public image has nothing to check", () => {
    const block = only(lookup({ ...PUBLIC, allowSnapshot: true }), TYPE);
    expect(block).toStrictEqual({ name: "base", visibility: "public" });
  });

  test("by properties that only Terraform knows checks them all the same", () => {
    const result = synth((stack) => {
      const properties = Token.asStringMap(new TerraformVariable(stack, "Properties", { type: "map(string)" }).value);
      Image.fromLookup(stack, "Found", { ...PUBLIC, properties });
    });
    expect(only(result, TYPE)).toStrictEqual({
      name: "base",
      visibility: "public",
      properties: "${var.Properties}",
      lifecycle: { postcondition: [withProperties("var.Properties"), NO_SNAPSHOT] },
    });
  });

  test("writes properties byte for byte, also where they are checked", () => {
    const { properties, lifecycle } = only(lookup({ ...PUBLIC, properties: { 'a"b': "${c}" } }), TYPE);
    expect(properties).toStrictEqual({ 'a"b': "$${c}" });
    expect(lifecycle.postcondition[0]).toStrictEqual(withProperties('{ "a\\"b" = "$${c}" }'));
  });

  test("has the same Terraform whatever the order of its properties", () => {
    const one = lookup({ ...PUBLIC, properties: { a: "1", b: "2" } });
    expect(lookup({ ...PUBLIC, properties: { b: "2", a: "1" } }).text).toBe(one.text);
  });

  test("by a property that is undefined is not by it", () => {
    const properties = { a: "b", os_distro: undefined as unknown as string };
    expect(only(lookup({ ...PUBLIC, properties }), TYPE)).toStrictEqual({
      name: "base",
      visibility: "public",
      properties: { a: "b" },
      lifecycle: { postcondition: [withProperties('{ "a" = "b" }'), NO_SNAPSHOT] },
    });
  });

  test("by a regular expression with a dollar and braces keeps it", () => {
    const block = only(lookup({ ...PUBLIC, imageName: undefined, nameRegex: "^a{2}${1,2}$" }), TYPE);
    expect(block.name_regex).toBe("^a{2}$${1,2}$");
  });

  test("never waits unless it is told to: it is read at plan", () => {
    const result = synth((stack) => {
      const image = Image.fromLookup(stack, "Found", PUBLIC);
      new Image(stack, "Base", { source: ImageSource.fromUrl(URL_QCOW2), kernelImage: image });
    });
    expect(only(result, TYPE)).not.toHaveProperty("depends_on");
  });

  test("with an unusual project is asked about", () => {
    const result = lookup({ imageName: "base", owner: ImageOwner.fromProjectId("images") });
    expect(result.warnings).toStrictEqual([
      {
        path: "test/Found",
        message: `ProjectIdUnusual: the owner's project id is "images": is this a name? Glance takes ids only (openstack project show NAME)`,
      },
    ]);
  });
});

describe("fails when a lookup without an owner", () => {
  test.each<[string, Partial<ImageLookupOptions>, string]>([
    ["takes the newest", { mostRecent: true }, "'mostRecent'"],
    ["is of community images", { visibility: ImageVisibility.COMMUNITY }, "visibility COMMUNITY"],
    ["is of shared images", { visibility: ImageVisibility.SHARED }, "visibility SHARED"],
    ["has a member status", { memberStatus: ImageMemberStatus.PENDING }, "'memberStatus'"],
    ["takes the newest of private images", { mostRecent: true, visibility: ImageVisibility.PRIVATE }, "'mostRecent'"],
  ])("%s", (_, options, risk) => {
    expect(failureOf({ imageName: "base", ...options })).toBe(
      `'owner' must be given with ${risk}, got none: any project can offer an image under the same name; ${WAY_OUT} ` +
        "[LookupWithoutOwner at test/Found]",
    );
  });

  test("may take the newest, which only Terraform knows", () => {
    const message = failure((stack) => {
      const mostRecent = new TerraformVariable(stack, "Newest", { type: "bool" }).booleanValue;
      Image.fromLookup(stack, "Found", { imageName: "base", mostRecent });
    });
    expect(message).toContain("'owner' must be given with 'mostRecent'");
  });
});

test("a visibility that only Terraform knows is no reason to fail: the owner is the current project", () => {
  const result = synth((stack) => {
    const visibility = new TerraformVariable(stack, "Visibility", { type: "string" }).stringValue as ImageVisibility;
    Image.fromLookup(stack, "Found", { imageName: "base", visibility });
  });
  expect(only(result, TYPE).owner).toMatch(/^\$\{data\.openstack_identity_auth_scope_v3\..+\.project_id\}$/);
  expect(result.warnings.map(({ message }) => message.split(":")[0])).toStrictEqual(["LookupWithoutOwner"]);
});

test.each<[string, ImageLookupOptions]>([
  ["the newest", { imageName: "base", mostRecent: true }],
  ["a community image", { imageName: "base", visibility: ImageVisibility.COMMUNITY }],
  ["a shared image", { imageName: "base", visibility: ImageVisibility.SHARED }],
  ["an offered image", { imageName: "base", memberStatus: ImageMemberStatus.ALL }],
])("with an owner, %s may be looked up", (_, options) => {
  const result = lookup({ ...options, owner: ImageOwner.fromProjectId(PROJECT) });
  expect(only(result, TYPE).owner).toBe(PROJECT);
  expect(result.warnings).toStrictEqual([]);
});

test("a lookup has no argument for what is undefined", () => {
  const names = ["nameRegex", "owner", "memberStatus", "tags", "properties", "hidden", "diskFormat", "containerFormat"];
  const others = ["sizeMinBytes", "sizeMaxBytes", "mostRecent", "allowSnapshot", "provider", "region", "dependsOn"];
  const nothing = Object.fromEntries([...names, ...others].map((name) => [name, undefined]));
  expect(lookup({ ...nothing, ...PUBLIC }).text).toBe(lookup(PUBLIC).text);
});

test("the newest of public images may be looked up", () => {
  expect(only(lookup({ ...PUBLIC, mostRecent: true }), TYPE)).toStrictEqual({
    name: "base",
    visibility: "public",
    most_recent: true,
    lifecycle: { postcondition: [NO_SNAPSHOT] },
  });
});

test("fails when it has a name and a regular expression", () => {
  expect(failureOf({ ...PUBLIC, nameRegex: "a" })).toMatch(
    /exclude each other, got .*; leave one out \[LookupTwoNames at test\/Found\]$/,
  );
});

const EVERY_OTHER_OPTION: ImageLookupOptions = {
  visibility: ImageVisibility.PUBLIC,
  owner: ImageOwner.CURRENT_PROJECT,
  memberStatus: ImageMemberStatus.ACCEPTED,
  mostRecent: true,
  hidden: true,
  diskFormat: DiskFormat.RAW,
  containerFormat: ContainerFormat.BARE,
  sizeMinBytes: 1,
  sizeMaxBytes: 2,
  allowSnapshot: true,
  region: "RegionTwo",
};

test.each<[string, ImageLookupOptions]>([
  ["no option at all", {}],
  ["every option but those that tell one image from another", EVERY_OTHER_OPTION],
  ["only undefined ones", { imageName: undefined, nameRegex: undefined, tags: undefined, properties: undefined }],
])("fails when it has %s", (_, options) => {
  expect(failureOf(options)).toBe(
    "'imageName', 'nameRegex', 'tags' or 'properties' must be given, got none: the lookup would take whatever image is the " +
      "only one [LookupWithoutCriterion at test/Found]",
  );
});

test.each<[string, ImageLookupOptions, object]>([
  ["a name", { imageName: "base" }, { name: "base" }],
  ["a regular expression", { nameRegex: "^base" }, { name_regex: "^base" }],
  ["a label", { tags: ["base"] }, { tags: ["base"] }],
  ["a property", { properties: { a: "b" } }, { properties: { a: "b" } }],
])("%s alone is enough to look an image up", (_, options, rendered) => {
  const conditions = options.properties ? [withProperties('{ "a" = "b" }'), NO_SNAPSHOT] : [NO_SNAPSHOT];
  expect(only(lookup({ ...options, visibility: ImageVisibility.PUBLIC }), TYPE)).toStrictEqual({
    ...rendered,
    visibility: "public",
    lifecycle: { postcondition: conditions },
  });
});

test("the data source is within reach", () => {
  synth((stack) => {
    const found = Image.fromLookup(stack, "Found", PUBLIC);
    expect(found.resource).toBeInstanceOf(DataOpenstackImagesImageV2);
    expect([found.resource.node.path, rendered(stack, found.resource.checksum)]).toStrictEqual([
      "test/Found/Default",
      `\${${ADDRESS}.checksum}`,
    ]);
  });
});

test.each<[string, Partial<ImageLookupOptions>, string]>([
  ["its name is empty", { imageName: "" }, `'imageName' must have a character that is no space, got ""`],
  ["its regular expression is empty", { imageName: undefined, nameRegex: "" }, "'nameRegex' must have a character"],
  ["its least size is none", { sizeMinBytes: -1 }, "'sizeMinBytes' must be a whole number, 0 or more, got -1"],
  ["its most size is nothing", { sizeMaxBytes: 0 }, "'sizeMaxBytes' must be a whole number, 1 or more, got 0"],
  [
    "its most size is no whole number",
    { sizeMaxBytes: 1.5 },
    "'sizeMaxBytes' must be a whole number, 1 or more, got 1.5",
  ],
  [
    "its owner is empty",
    { owner: ImageOwner.fromProjectId("") },
    `the owner's project id must be a project's id, got ""`,
  ],
])("fails when %s", (_, options, expected) => {
  const message = failureOf({ ...PUBLIC, ...options });
  expect(message).toContain(expected);
  expect(message).toContain("at test/Found]");
});

test("a logical id of one's own is followed by the messages", () => {
  const result = synth((stack) => {
    Image.fromLookup(stack, "Found", PUBLIC).resource.overrideLogicalId("renamed");
  });
  expect(only(result, TYPE, "renamed").lifecycle.postcondition[0].error_message).toContain(`${TYPE}.renamed found`);
});
