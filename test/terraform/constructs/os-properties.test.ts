import { execFileSync } from "node:child_process";
import { TerraformVariable, Token } from "cdktf";
import { OperatingSystem, OsPropertyChange } from "cdktf-openstack-images";
import { synth } from "../../support/synth";
import { type MockResult, testWithMocks } from "../../support/terraform";
import { GOLDEN, golden, IMAGE_A, outcome, without } from "./samples";

const DECLARED = { os_distro: "ubuntu", os_type: "linux", os_version: "24.04" };
const operatingSystem = OperatingSystem.linux({ distro: "ubuntu", version: "24.04" });
const glance = (properties: Record<string, string>, status = "active") => ({
  [GOLDEN]: { id: IMAGE_A, status, properties },
});

const differ = (command: string) =>
  `OsPropertiesDiffer: ${GOLDEN} has other os_* properties in Glance than declared, and provider 3.4.0 never sends them after create. ` +
  `Run: ${command}`;
const surplus = (command: string) =>
  `OsPropertiesDiffer: ${GOLDEN} has os_* properties in Glance that are not declared, and provider 3.4.0 never removes them. ` +
  `Run: ${command}`;

testWithMocks("os_* properties that differ in Glance are shown with the command that mends them", (kit) => {
  const result = synth((stack) => golden(stack, { operatingSystem, properties: { hw_disk_bus: "virtio" } }));
  const { os_version: _, ...noVersion } = DECLARED;
  const runs = [
    { name: "equal", resources: glance({ ...DECLARED, hw_disk_bus: "scsi" }) },
    { name: "another value", resources: glance({ ...DECLARED, os_version: "22.04" }) },
    { name: "a missing one", resources: glance(noVersion) },
    { name: "two other values", resources: glance({ ...DECLARED, os_distro: "debian", os_version: "12" }) },
    { name: "one too many", resources: glance({ ...DECLARED, os_admin_user: "root" }) },
    {
      name: "Glance's own",
      resources: glance({ ...DECLARED, os_hash_algo: "sha512", os_hidden: "False", os_glance_x: "" }),
    },
    { name: "not active yet", resources: glance({}, "queued") },
  ];
  expect(kit.mockTest(without(result, GOLDEN, "properties"), runs).map(outcome)).toStrictEqual([
    ["equal", "pass"],
    ["another value", "error", differ(`openstack image set --property 'os_version=24.04' ${IMAGE_A}`)],
    ["a missing one", "error", differ(`openstack image set --property 'os_version=24.04' ${IMAGE_A}`)],
    [
      "two other values",
      "error",
      differ(`openstack image set --property 'os_distro=ubuntu' --property 'os_version=24.04' ${IMAGE_A}`),
    ],
    ["one too many", "error", surplus(`openstack image unset --property 'os_admin_user' ${IMAGE_A}`)],
    ["Glance's own", "pass"],
    ["not active yet", "pass"],
  ]);
});

testWithMocks("os_* properties that are declared in a variable are compared too", (kit) => {
  const result = synth((stack) => {
    const variable = new TerraformVariable(stack, "Properties", { type: "map(string)" });
    golden(stack, { operatingSystem, properties: Token.asStringMap(variable.value) });
  });
  const variables = { Properties: { os_version: "26.04", hw_disk_bus: "virtio" } };
  const runs = [
    { name: "equal", variables, resources: glance({ ...DECLARED, os_version: "26.04" }) },
    { name: "the typed value", variables, resources: glance(DECLARED) },
    { name: "one too many", variables, resources: glance({ ...DECLARED, os_version: "26.04", os_admin_user: "root" }) },
    { name: "no variable", variables: { Properties: {} }, resources: glance(DECLARED) },
  ];
  expect(kit.mockTest(without(result, GOLDEN, "properties"), runs).map(outcome)).toStrictEqual([
    ["equal", "pass"],
    ["the typed value", "error", differ(`openstack image set --property 'os_version=26.04' ${IMAGE_A}`)],
    ["one too many", "error", surplus(`openstack image unset --property 'os_admin_user' ${IMAGE_A}`)],
    ["no variable", "pass"],
  ]);
});

/** The arguments that a shell makes of the command in a complaint. */
function argumentsOf({ diagnostics }: MockResult): string[] {
  const command = diagnostics[0].detail.split("Run: ")[1];
  const printed = execFileSync("sh", ["-c", `openstack() { printf '%s\\0' "$@"; }\n${command}`], { encoding: "utf8" });
  return printed.split("\0").slice(0, -1);
}

testWithMocks("the command survives a shell, whatever the value", (kit) => {
  const value = `Bob's  "50 %" $HOME \${x} %{y} \\n & 'done'`;
  const result = synth((stack) => golden(stack, { properties: { os_note: value, os_other: "a b" } }));
  const runs = [
    { name: "differs", resources: glance({ os_note: "old", os_other: "old" }) },
    { name: "equal", resources: glance({ os_note: value, os_other: "a b" }) },
  ];
  const [differs, equal] = kit.mockTest(without(result, GOLDEN, "properties"), runs);
  expect(argumentsOf(differs)).toStrictEqual([
    "image",
    "set",
    "--property",
    `os_note=${value}`,
    "--property",
    "os_other=a b",
    IMAGE_A,
  ]);
  expect(outcome(equal)).toStrictEqual(["equal", "pass"]);
});

testWithMocks("what is declared reaches Glance byte for byte", (kit) => {
  const properties = { os_note: "Bob's ${x} %{y}", "a b": "$${z}" };
  const [result] = kit.mockTest(synth((stack) => golden(stack, { properties })).stackFolder, [
    {
      name: "declared",
      assertions: {
        [`${GOLDEN}.properties["os_note"] == "Bob's $\${x} %%{y}"`]: "another value",
        [`${GOLDEN}.properties["a b"] == "$$\${z}"`]: "another value",
      },
    },
  ]);
  expect(outcome(result)).toStrictEqual(["declared", "pass"]);
});

testWithMocks("an image whose os_* changes are carried out is compared all the same", (kit) => {
  const result = synth((stack) => golden(stack, { operatingSystem, osPropertyChange: OsPropertyChange.REPLACE }));
  const runs = [{ name: "differs", resources: glance({ ...DECLARED, os_version: "22.04" }) }];
  expect(kit.mockTest(without(result, GOLDEN, "properties"), runs).map(outcome)).toStrictEqual([
    ["differs", "error", differ(`openstack image set --property 'os_version=24.04' ${IMAGE_A}`)],
  ]);
});
