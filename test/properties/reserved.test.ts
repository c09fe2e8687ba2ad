import { TerraformVariable, Token } from "cdktf";
import { Image, ImageVisibility } from "cdktf-openstack-images";
import { BASE, source } from "../image/given";
import { failure, only, synth } from "../support/synth";

const TYPE = "openstack_images_image_v2";

function imageWith(properties: { [key: string]: string }) {
  return synth((stack) => new Image(stack, "Base", { source, properties }));
}

function failureOf(properties: { [key: string]: string }): string {
  return failure((stack) => new Image(stack, "Base", { source, properties }));
}

function reserved(key: string, wayOut: string): string {
  return (
    "a key of 'properties' must have 1 to 255 characters and not be one that Glance keeps for itself, got " +
    `"${key}"; ${wayOut} [PropertyReserved at test/Base]`
  );
}

test.each([
  ["container_format", "containerFormat"],
  ["disk_format", "diskFormat"],
  ["id", "imageId"],
  ["min_disk", "minDiskGb"],
  ["min_ram", "minRamMb"],
  ["name", "imageName"],
  ["os_hidden", "hidden"],
  ["protected", "protected"],
  ["tags", "tags"],
  ["visibility", "visibility"],
])("fails when a property is '%s', and names the prop '%s'", (key, prop) => {
  expect(failureOf({ [key]: "x" })).toBe(reserved(key, `give '${prop}'`));
});

test.each([
  "checksum",
  "created_at",
  "deleted",
  "deleted_at",
  "direct_url",
  "file",
  "location",
  "locations",
  "metadata",
  "os_glance",
  "os_glance_failed_import",
  "os_glance_importing_to_stores",
  "os_glance_stage_host",
  "os_hash_algo",
  "os_hash_value",
  "owner",
  "schema",
  "self",
  "size",
  "status",
  "stores",
  "updated_at",
  "virtual_size",
])("fails when a property is '%s', which Glance alone writes", (key) => {
  expect(failureOf({ [key]: "x" })).toBe(reserved(key, "drop it"));
});

test("fails when one of several is reserved", () => {
  expect(failureOf({ hw_disk_bus: "scsi", owner: "me", os_distro: "ubuntu" })).toBe(reserved("owner", "drop it"));
});

test.each(["", " "])("fails when a property's key is %j", (key) => {
  expect(failureOf({ [key]: "x" })).toBe(reserved(key, "give it another"));
});

test("fails when a property's key is longer than Glance takes", () => {
  const message = failureOf({ [`${"k".repeat(255)}!`]: "x" });
  expect(message).toContain(`got "${"k".repeat(199)}...; give it another [PropertyReserved at test/Base]`);
});

test.each([
  "Owner",
  "owner_id",
  "os_distro",
  "os_hash",
  "my_os_glance",
  "min_disk_gb",
  "image_type",
  "signature_verified",
  "constructor",
  "k".repeat(255),
])("'%s' is a property like any other", (key) => {
  expect(only(imageWith({ [key]: "x" }), TYPE)).toStrictEqual({ ...BASE, properties: { [key]: "x" } });
});

test("what a property says may be empty, or a word that is reserved as a key", () => {
  const properties = { a: "", b: "owner" };
  expect(only(imageWith(properties), TYPE)).toStrictEqual({ ...BASE, properties });
});

test("a reserved key whose value is undefined is not given", () => {
  const properties = { owner: undefined as unknown as string, a: "b" };
  expect(only(imageWith(properties), TYPE)).toStrictEqual({ ...BASE, properties: { a: "b" } });
});

test("a key that only Terraform knows is left to it", () => {
  const result = synth((stack) => {
    const key = new TerraformVariable(stack, "v", {}).stringValue;
    new Image(stack, "Base", { source, properties: { [key]: "x", [`${key}_id`]: "y" } });
  });
  expect(only(result, TYPE)).toStrictEqual({ ...BASE, properties: { "${var.v}": "x", "${var.v}_id": "y" } });
});

test("a map that only Terraform knows is left to it", () => {
  const result = synth((stack) => {
    const { value } = new TerraformVariable(stack, "v", {});
    new Image(stack, "Base", { source, properties: Token.asStringMap(value) });
  });
  expect(only(result, TYPE)).toStrictEqual({ ...BASE, properties: "${var.v}" });
});

test("a lookup may ask for what Glance alone writes", () => {
  const properties = { os_hash_algo: "sha512" };
  const result = synth((stack) => {
    Image.fromLookup(stack, "Found", { imageName: "base", visibility: ImageVisibility.PUBLIC, properties });
  });
  expect(only(result, `data.${TYPE}`).properties).toStrictEqual(properties);
});
