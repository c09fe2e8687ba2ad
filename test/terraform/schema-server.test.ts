import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { configDirectory, describeWithSchemaServer, describeWithTerraform, type Plan } from "../support/terraform";

const IMAGE = { name: "base", container_format: "bare", disk_format: "qcow2" };
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/;

function stack(resource: object | undefined, rest: object = {}): object {
  const source = "terraform-provider-openstack/openstack";
  return {
    terraform: { required_providers: { openstack: { source, version: "3.4.0" } } },
    provider: { openstack: [{}] },
    resource,
    ...rest,
  };
}

function imageStack(image: object, rest: object = {}): object {
  return stack({ openstack_images_image_v2: { Base: { ...IMAGE, ...image } } }, rest);
}

function actions(plan: Plan): Record<string, readonly string[]> {
  return Object.fromEntries((plan.resource_changes ?? []).map(({ address, change }) => [address, change.actions]));
}

describeWithTerraform("the provider that the tests use", (kit) => {
  const validate = (config: object) => kit.validate(configDirectory(config));

  test("accepts a valid configuration", () => {
    const image = { min_disk_gb: 4, tags: ["a"], properties: { os_distro: "ubuntu" }, timeouts: { create: "1h" } };
    expect(validate(imageStack(image))).toStrictEqual([]);
  });

  test("fails when an attribute is unknown", () => {
    expect(() => validate(imageStack({ min_disk: 4 }))).toThrow(/No argument or block type is named "min_disk"/);
  });

  test("fails when a value has the wrong type", () => {
    expect(() => validate(imageStack({ min_disk_gb: "large" }))).toThrow(/a number is required/);
  });

  test("fails when a required argument is missing", () => {
    expect(() => validate(imageStack({ disk_format: undefined }))).toThrow(/"disk_format" is required/);
  });

  test("fails when a nested block has an unknown argument", () => {
    const server = { name: "web", block_device: [{ source_type: "image", volume_sizes: 3 }] };
    expect(() => validate(stack({ openstack_compute_instance_v2: { Web: server } }))).toThrow(/volume_sizes/);
  });

  test("fails when a reference names an attribute that does not exist", () => {
    const output = { size: { value: "${openstack_images_image_v2.Base.size}" } };
    expect(() => validate(imageStack({}, { output }))).toThrow(/exported attribute named "size"/);
  });
});

describeWithSchemaServer("the schema server", (kit) => {
  const output = {
    id: { value: "${openstack_images_image_v2.Base.id}" },
    size: { value: "${openstack_images_image_v2.Base.size_bytes}" },
    created: { value: "${openstack_images_image_v2.Base.created_at}" },
  };

  function changed(directory: string, config: object): Plan {
    writeFileSync(join(directory, "main.tf.json"), JSON.stringify(config));
    return kit.plan(directory);
  }

  test("shows computed attributes as known after apply", () => {
    const plan = kit.plan(configDirectory(imageStack({})));
    expect(plan.resource_changes?.[0].change.after_unknown).toMatchObject({ id: true, size_bytes: true });
    expect(plan.resource_changes?.[0].change.after).toMatchObject(IMAGE);
  });

  test("applies made-up values, the same everywhere, and then plans no changes", () => {
    const [one, other] = [configDirectory(imageStack({}, { output })), configDirectory(imageStack({}, { output }))];
    const values = kit.apply(one);
    expect(values).toStrictEqual({ id: expect.stringMatching(UUID), size: 65536, created: "2026-01-01T00:00:00Z" });
    expect(kit.apply(other)).toStrictEqual(values);
    expect(actions(kit.plan(one))).toStrictEqual({ "openstack_images_image_v2.Base": ["no-op"] });
  });

  test("updates in place, and replaces what the table of replacements lists", () => {
    const directory = configDirectory(imageStack({ image_source_url: "https://images.test/a" }));
    kit.apply(directory);
    const update = changed(directory, imageStack({ image_source_url: "https://images.test/a", min_disk_gb: 4 }));
    expect(actions(update)).toStrictEqual({ "openstack_images_image_v2.Base": ["update"] });
    const replacement = changed(directory, imageStack({ image_source_url: "https://images.test/b" }));
    expect(actions(replacement)).toStrictEqual({ "openstack_images_image_v2.Base": ["delete", "create"] });
    expect(replacement.resource_changes?.[0].change.replace_paths).toStrictEqual([["image_source_url"]]);
  });

  test("replaces a server for a changed block device, and updates it for a changed image", () => {
    const server = (image: string, uuid: string) =>
      stack({
        openstack_compute_instance_v2: {
          Local: { name: "local", image_id: image, flavor_id: "1", network: [{ name: "lan" }] },
          Volume: { name: "volume", flavor_id: "1", block_device: [{ source_type: "image", uuid, boot_index: 0 }] },
        },
      });
    const directory = configDirectory(server("a", "a"));
    kit.apply(directory);
    const plan = changed(directory, server("b", "b"));
    expect(actions(plan)).toStrictEqual({
      "openstack_compute_instance_v2.Local": ["update"],
      "openstack_compute_instance_v2.Volume": ["delete", "create"],
    });
    expect(plan.resource_changes?.[1].change.replace_paths).toStrictEqual([["block_device", 0, "uuid"]]);
  });

  test("reads data sources, keeping what the configuration says", () => {
    const data = { openstack_compute_flavor_v2: { Small: { name: "m1.small" } } };
    const value = "${data.openstack_compute_flavor_v2.Small}";
    const { flavor } = kit.apply(configDirectory(stack(undefined, { data, output: { flavor: { value } } })));
    expect(flavor).toMatchObject({ name: "m1.small", disk: 65536, id: expect.stringMatching(UUID) });
  });

  test("imports by id", () => {
    const id = "0a000000-0000-4000-8000-000000000001";
    const to = "openstack_compute_instance_v2.Web";
    const resource = { openstack_compute_instance_v2: { Web: { name: "web", image_id: "a", flavor_id: "1" } } };
    const directory = configDirectory(
      stack(resource, { import: [{ to, id }], output: { id: { value: `\${${to}.id}` } } }),
    );
    expect(kit.apply(directory)).toStrictEqual({ id });
    expect(actions(kit.plan(directory))).toStrictEqual({ [to]: ["no-op"] });
  });

  test("destroys", () => {
    const directory = configDirectory(imageStack({}));
    kit.apply(directory);
    kit.apply(directory, "-destroy");
    expect(actions(kit.plan(directory))).toStrictEqual({ "openstack_images_image_v2.Base": ["create"] });
  });
});
