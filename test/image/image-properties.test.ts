import { TerraformVariable, Token } from "cdktf";
import {
  Architecture,
  Image,
  type ImageProps,
  ImageSource,
  OperatingSystem,
  OsPropertyChange,
} from "cdktf-openstack-images";
import { blocks, failure, only, synth } from "../support/synth";
import { BASE, OTHER_UUID, URL_QCOW2, UUID } from "./given";

const TYPE = "openstack_images_image_v2";
const ADDRESS = `${TYPE}.Base`;
const source = ImageSource.fromUrl(URL_QCOW2);
const ubuntu = OperatingSystem.linux({ distro: "ubuntu", version: "24.04" });

function imageWith(props: Partial<ImageProps>) {
  return synth((stack) => new Image(stack, "Base", { source, ...props }));
}

const UBUNTU = { os_distro: "ubuntu", os_type: "linux", os_version: "24.04" };
const UBUNTU_HCL = '{ "os_distro" = "ubuntu", "os_type" = "linux", "os_version" = "24.04" }';

/** The `check` block of an image with these `os_*` properties. */
function osCheck(declared: string) {
  const wrong =
    `[for k, v in ${declared} : format("--property '%s=%s'", k, replace(v, "'", "'\\\\''")) ` +
    `if try(${ADDRESS}.properties[k], "") != v]`;
  const surplus =
    `[for k in try(keys(${ADDRESS}.properties), []) : format("--property '%s'", k) if startswith(k, "os_") && !(startswith(k, "os_hash_") || ` +
    `startswith(k, "os_glance") || k == "os_hidden") && !contains(keys(${declared}), k)]`;
  return [
    {
      condition: `\${${ADDRESS}.status != "active" || length(${wrong}) == 0}`,
      error_message:
        `OsPropertiesDiffer: ${ADDRESS} has other os_* properties in Glance than declared, and provider 3.4.0 never sends them ` +
        `after create. Run: openstack image set \${join(" ", ${wrong})} \${${ADDRESS}.id}`,
    },
    {
      condition: `\${${ADDRESS}.status != "active" || length(${surplus}) == 0}`,
      error_message:
        `OsPropertiesDiffer: ${ADDRESS} has os_* properties in Glance that are not declared, and provider 3.4.0 never removes ` +
        `them. Run: openstack image unset \${join(" ", ${surplus})} \${${ADDRESS}.id}`,
    },
  ];
}

test("an operating system comes out as os_* properties, with a check that they are what Glance has", () => {
  const result = imageWith({ operatingSystem: ubuntu });
  expect(only(result, TYPE)).toStrictEqual({ ...BASE, properties: UBUNTU });
  expect(result.json.check).toStrictEqual({
    Base: { assert: osCheck(UBUNTU_HCL) },
  });
  expect(blocks(result, "terraform_data")).toStrictEqual({});
});

test("a Windows has its administrator", () => {
  const operatingSystem = OperatingSystem.windows({ version: "2022", adminUser: "Administrator" });
  expect(only(imageWith({ operatingSystem }), TYPE).properties).toStrictEqual({
    os_admin_user: "Administrator",
    os_distro: "windows",
    os_type: "windows",
    os_version: "2022",
  });
});

test("a changed os_* property replaces the image when asked for, and is still checked", () => {
  const result = imageWith({ operatingSystem: ubuntu, osPropertyChange: OsPropertyChange.REPLACE });
  const [trigger] = Object.keys(blocks(result, "terraform_data"));
  expect(only(result, TYPE)).toStrictEqual({
    ...BASE,
    properties: UBUNTU,
    lifecycle: { create_before_destroy: true, replace_triggered_by: [`terraform_data.${trigger}`] },
  });
  expect(only(result, "terraform_data")).toStrictEqual({ triggers_replace: UBUNTU });
  expect(result.json.check.Base.assert).toHaveLength(2);
});

test("no os_* properties, no trigger and no check", () => {
  const result = imageWith({ architecture: Architecture.X86_64, osPropertyChange: OsPropertyChange.REPLACE });
  expect(only(result, TYPE)).toStrictEqual({ ...BASE, properties: { architecture: "x86_64" } });
  expect([result.json.check, result.json.resource["terraform_data"]]).toStrictEqual([undefined, undefined]);
});

test("keeping is the default", () => {
  const kept = imageWith({ operatingSystem: ubuntu, osPropertyChange: OsPropertyChange.KEEP });
  expect(kept.text).toBe(imageWith({ operatingSystem: ubuntu }).text);
});

test("properties by key are merged over the typed ones", () => {
  const properties = { os_distro: "kubuntu", zebra: "1", architecture: "aarch64" };
  const result = imageWith({ operatingSystem: ubuntu, architecture: Architecture.X86_64, properties });
  expect(only(result, TYPE).properties).toStrictEqual({
    architecture: "aarch64",
    os_distro: "kubuntu",
    os_type: "linux",
    os_version: "24.04",
    zebra: "1",
  });
  expect(result.json.check.Base.assert[0].condition).toContain('"os_distro" = "kubuntu"');
});

test("properties are sorted wherever their order shows", () => {
  const properties = { os_version: "1", os_distro: "b", os_a: "c" };
  const reversed = { os_a: "c", os_distro: "b", os_version: "1" };
  expect(imageWith({ properties }).text).toBe(imageWith({ properties: reversed }).text);
  expect(imageWith({ properties }).json.check).toStrictEqual({
    Base: { assert: osCheck('{ "os_a" = "c", "os_distro" = "b", "os_version" = "1" }') },
  });
});

test("an empty map of properties is none", () => {
  expect(only(imageWith({ properties: {} }), TYPE)).toStrictEqual(BASE);
});

test("a property that is undefined is not given", () => {
  const properties = { os_distro: undefined as unknown as string, a: "b" };
  const result = imageWith({ properties });
  expect(only(result, TYPE)).toStrictEqual({ ...BASE, properties: { a: "b" } });
  expect(result.json.check).toBeUndefined();
});

test("the map is copied", () => {
  const properties: Record<string, string> = { a: "b" };
  const result = synth((stack) => {
    new Image(stack, "Base", { source, properties });
    properties["c"] = "d";
  });
  expect(only(result, TYPE).properties).toStrictEqual({ a: "b" });
});

test("templates, quotes and backslashes in properties reach the cloud as they are, and so the check", () => {
  const result = imageWith({ properties: { os_note: '${a} "b" \\c', "os_%{k}": "v" } });
  expect(only(result, TYPE).properties).toStrictEqual({ os_note: '$${a} "b" \\c', "os_%%{k}": "v" });
  expect(result.json.check.Base.assert[0].condition).toContain(
    '{ "os_%%{k}" = "v", "os_note" = "$${a} \\"b\\" \\\\c" }',
  );
});

describe("a map that only Terraform knows", () => {
  function withMap(props: Partial<ImageProps>) {
    return synth((stack) => {
      const properties = Token.asStringMap(new TerraformVariable(stack, "Properties", { type: "map(string)" }).value);
      new Image(stack, "Base", { source, properties, ...props });
    });
  }

  test("comes out alone as a reference", () => {
    const result = withMap({});
    expect(only(result, TYPE)).toStrictEqual({ ...BASE, properties: "${var.Properties}" });
  });

  test("is checked, as far as its keys begin with os_", () => {
    const declared = '{ for k, v in var.Properties : k => v if startswith(k, "os_") }';
    expect(withMap({}).json.check).toStrictEqual({ Base: { assert: osCheck(declared) } });
  });

  test("replaces the image by its os_* part when that is asked for", () => {
    const result = withMap({ osPropertyChange: OsPropertyChange.REPLACE });
    const [trigger] = Object.keys(blocks(result, "terraform_data"));
    expect(only(result, TYPE)).toStrictEqual({
      ...BASE,
      properties: "${var.Properties}",
      lifecycle: { create_before_destroy: true, replace_triggered_by: [`terraform_data.${trigger}`] },
    });
    expect(only(result, "terraform_data")).toStrictEqual({
      triggers_replace: '${{ for k, v in var.Properties : k => v if startswith(k, "os_") }}',
    });
  });

  test("is merged with the typed ones by Terraform", () => {
    const result = withMap({ architecture: Architecture.X86_64 });
    expect(only(result, TYPE).properties).toBe('${merge({ "architecture" = "x86_64" }, var.Properties)}');
  });

  test("leaves the text of the typed ones byte for byte", () => {
    const operatingSystem = OperatingSystem.linux({ distro: '${a} "b"', version: "\\c" });
    const { properties } = only(withMap({ operatingSystem }), TYPE);
    expect(properties).toContain('"$${a} \\"b\\""');
    expect(properties).toContain('"\\\\c"');
  });

  test("does not make the check wrong when it overrides a typed os_* property or has one more", () => {
    // Terraform alone knows what is declared then
    const declared = `{ for k, v in merge(${UBUNTU_HCL}, var.Properties) : k => v if startswith(k, "os_") }`;
    expect(withMap({ operatingSystem: ubuntu }).json.check).toStrictEqual({ Base: { assert: osCheck(declared) } });
  });
});

describe("kernel and ramdisk", () => {
  test("are properties by id", () => {
    const result = synth((stack) => {
      const kernelImage = Image.fromImageId(stack, "Kernel", UUID);
      const ramdiskImage = Image.fromImageId(stack, "Ramdisk", OTHER_UUID);
      new Image(stack, "Base", { source, kernelImage, ramdiskImage });
    });
    expect(only(result, TYPE)).toStrictEqual({ ...BASE, properties: { kernel_id: UUID, ramdisk_id: OTHER_UUID } });
  });

  test("may have fixed ids", () => {
    const result = synth((stack) => {
      const kernelImage = new Image(stack, "Kernel", { source, imageId: OTHER_UUID });
      new Image(stack, "Base", { source, kernelImage });
    });
    expect(only(result, TYPE, "Base").properties).toStrictEqual({ kernel_id: `\${${TYPE}.Kernel.id}` });
  });

  test.each(["kernelImage", "ramdiskImage"])("fails when the id of '%s' is a name", (prop) => {
    expect(failure((stack) => new Image(stack, "Base", { source, [prop]: { imageId: "vmlinuz" } }))).toBe(
      `'${prop}': the id must be a UUID, got "vmlinuz"; if this is a name, look it up [NotAUuid at test/Base]`,
    );
  });
});
