import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { configDirectory, type MockResult, type MockRun, testWithMocks } from "./terraform";

const REQUIRED = {
  terraform: {
    required_providers: { openstack: { source: "terraform-provider-openstack/openstack", version: "3.4.0" } },
    backend: { local: { path: "terraform.tfstate" } },
  },
};
const BASE = { name: "base", container_format: "bare", disk_format: "qcow2" };
const IMAGE = "openstack_images_image_v2.Base";
const FLAVOR = "data.openstack_compute_flavor_v2.Small";

/** An image with a postcondition, a server with a precondition on its flavor, and a check: what the library emits. */
function stack(): string {
  return configDirectory({
    ...REQUIRED,
    provider: { openstack: [{}, { alias: "staging", cloud: "staging" }] },
    data: { openstack_compute_flavor_v2: { Small: { name: "m1.small" } } },
    resource: {
      openstack_images_image_v2: {
        Base: {
          ...BASE,
          image_source_url: "https://images.test/base.img",
          lifecycle: {
            postcondition: [
              {
                condition: '${self.status != "active" || lookup(self.properties, "os_hash_value", "") == "abc"}',
                error_message: "other bytes than declared",
              },
            ],
          },
        },
      },
      openstack_images_image_access_accept_v2: {
        Accepted: { provider: "openstack.staging", image_id: `\${${IMAGE}.id}`, member_id: "m", status: "accepted" },
      },
      openstack_compute_instance_v2: {
        Web: {
          name: "web",
          image_id: `\${${IMAGE}.id}`,
          flavor_id: `\${${FLAVOR}.id}`,
          lifecycle: {
            precondition: [{ condition: `\${${FLAVOR}.disk >= 4}`, error_message: "the flavor's disk is too small" }],
          },
        },
      },
    },
    check: {
      Owner: { assert: [{ condition: `\${${IMAGE}.owner != "stranger"}`, error_message: "not our image" }] },
    },
  });
}

const FITS = { [FLAVOR]: { disk: 4 } };

function errors({ name, status, diagnostics }: MockResult): unknown[] {
  return [name, status, ...diagnostics.filter(({ severity }) => severity === "error").map(({ detail }) => detail)];
}

testWithMocks("passes when every condition holds, with an alias and a backend in the stack", (kit) => {
  const rightBytes = { [IMAGE]: { status: "active", properties: { os_hash_value: "abc" } } };
  const [run] = kit.mockTest(stack(), [{ name: "fits", data: FITS, resources: rightBytes }]);
  expect(errors(run)).toStrictEqual(["fits", "pass"]);
});

testWithMocks("reports conditions that fail, with their messages and in the order of the runs", (kit) => {
  const wrongBytes = { [IMAGE]: { status: "active", properties: { os_hash_value: "def" } } };
  const results = kit.mockTest(stack(), [
    { name: "precondition", data: { [FLAVOR]: { disk: 3 } } },
    { name: "postcondition", data: FITS, resources: wrongBytes },
    { name: "check", data: FITS, resources: { [IMAGE]: { owner: "stranger" } } },
    { name: "assertion", data: FITS, assertions: { [`${IMAGE}.name == "other"`]: "another name" } },
    { name: "after a failure", data: FITS, continues: true },
    { name: "none", data: FITS },
  ]);
  expect(results.map(errors)).toStrictEqual([
    ["precondition", "error", "the flavor's disk is too small"],
    ["postcondition", "error", "other bytes than declared"],
    ["check", "error", "not our image"],
    ["assertion", "fail", "another name"],
    ["after a failure", "pass"],
    ["none", "pass"],
  ]);
});

testWithMocks(
  "keeps the state for a run that continues, with its resources and what triggers their replacement",
  (kit) => {
    const results = kit.mockTest(
      configDirectory({
        ...REQUIRED,
        variable: { revision: { default: "1" } },
        resource: {
          terraform_data: { Trigger: { triggers_replace: "${var.revision}" } },
          openstack_images_image_v2: {
            Kept: BASE,
            Replaced: { ...BASE, lifecycle: { replace_triggered_by: ["terraform_data.Trigger"] } },
          },
        },
        output: {
          kept: { value: "${openstack_images_image_v2.Kept.id}" },
          replaced: { value: "${openstack_images_image_v2.Replaced.id}" },
        },
      }),
      [
        { name: "first" },
        {
          name: "second",
          continues: true,
          variables: { revision: "2" },
          assertions: {
            "output.kept == run.run_0.kept": "the image was replaced",
            "output.replaced != run.run_0.replaced": "the image was not replaced",
          },
        },
      ],
    );
    expect(results.map(errors)).toStrictEqual([
      ["first", "pass"],
      ["second", "pass"],
    ]);
  },
);

testWithMocks("takes values literally: by type, by address and as variables", (kit) => {
  const directory = configDirectory({
    ...REQUIRED,
    variable: { name: {} },
    resource: { openstack_images_image_v2: { Base: { ...BASE, name: "${var.name}" } } },
  });
  const run: MockRun = {
    name: "literal",
    variables: { name: "%{c} ${d}" },
    resources: { [IMAGE]: { checksum: "${b}" } },
    assertions: {
      'openstack_images_image_v2.Base.owner == "$${a}"': "the mocked type was read as a template",
      'openstack_images_image_v2.Base.checksum == "$${b}"': "the mocked resource was read as a template",
      'openstack_images_image_v2.Base.name == "%%{c} $${d}"': "the variable was read as a template",
    },
  };
  const mockResources = { openstack_images_image_v2: { owner: "${a}" } };
  expect(kit.mockTest(directory, [run], { mockResources }).map(errors)).toStrictEqual([["literal", "pass"]]);
});

testWithMocks("leaves the stack as it was", (kit) => {
  const directory = stack();
  const before = readFileSync(join(directory, "main.tf.json"), "utf8");
  kit.mockTest(directory, [{ name: "fits", data: FITS }]);
  expect(readdirSync(directory)).toStrictEqual(["main.tf.json"]);
  expect(readFileSync(join(directory, "main.tf.json"), "utf8")).toBe(before);
});

testWithMocks("fails when a value could have no effect", (kit) => {
  const mocked = (run: Omit<MockRun, "name">) => () => kit.mockTest(stack(), [{ name: "slip", ...run }]);
  expect(mocked({ resources: { "openstack_images_image_v2.Bass": {} } })).toThrow(/no openstack_images_image_v2.Bass/);
  expect(mocked({ resources: { [IMAGE]: { sizeBytes: 1 } } })).toThrow(/'sizeBytes' of .* is not computed/);
  expect(mocked({ resources: { [IMAGE]: { visibility: "public" } } })).toThrow(/'visibility' of .* is not computed/);
  expect(mocked({ data: { [FLAVOR]: { name: "m1.large" } } })).toThrow(/sets 'name' itself/);
});

testWithMocks("fails when the configuration is invalid", (kit) => {
  const resource = { openstack_images_image_v2: { Base: { ...BASE, min_disk: 1 } } };
  const [run] = kit.mockTest(configDirectory({ ...REQUIRED, resource }), [{ name: "any" }]);
  expect(errors(run)).toStrictEqual(["any", "error", expect.stringContaining('named "min_disk"')]);
});

testWithMocks("fails when a run cannot be read", (kit) => {
  const run: MockRun = { name: "any", data: FITS, assertions: { true: "refers to nothing" } };
  expect(() => kit.mockTest(stack(), [run])).toThrow(/Invalid assert expression/);
});
