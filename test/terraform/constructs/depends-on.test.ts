import { ComputeKeypairV2 } from "@cdktf/provider-openstack/lib/compute-keypair-v2";
import { type TerraformStack, TerraformVariable, Token } from "cdktf";
import { BootSource, Flavor, ImageVisibility, OsPropertyChange, Server, Volume } from "cdktf-openstack-images";
import { describeWithSchemaServer, testWithMocks } from "../../support/terraform";
import { changes, folder, GOLDEN, golden, IMAGE_A, OTHER_PROJECT, outcome, PROJECT, WEB } from "./samples";

const MEMBER = "openstack_images_image_access_v2";
const flavor = Flavor.fromFlavorId("42");

/** Children that wait for what they belong to and for each other, and what waits for all of it. */
function siblings(stack: TerraformStack): void {
  const image = golden(stack, { visibility: ImageVisibility.SHARED });
  const one = image.addMember("One", { projectId: PROJECT, dependsOn: [image] });
  image.addMember("Two", { projectId: OTHER_PROJECT, dependsOn: [image, one] });
  const server = new Server(stack, "Web", { boot: BootSource.fromImage(one.image), flavor, dependsOn: [image] });
  server.attachVolume("A", new Volume(stack, "A", { sizeGb: 1, dependsOn: [image] }), { dependsOn: [server] });
  server.attachVolume("B", new Volume(stack, "B", { sizeGb: 1 }), { dependsOn: [server] });
  new ComputeKeypairV2(stack, "After", { name: "after", dependsOn: [server] });
}

describeWithSchemaServer("children that wait for what they belong to", (kit) => {
  test("make no circle for Terraform, beside a gate too", () => {
    const directory = folder(siblings);
    expect(kit.validate(directory)).toStrictEqual([]);
    const planned = changes(kit.plan(directory));
    expect(Object.keys(planned)).toEqual(expect.arrayContaining([GOLDEN, WEB, "openstack_compute_keypair_v2.After"]));
    expect(new Set(Object.values(planned).flat())).toStrictEqual(new Set(["create"]));
  });
});

describeWithSchemaServer("properties in a variable", (kit) => {
  test("replace the image when an os_* one of them changes, and that is asked for", () => {
    const directory = folder((stack) => {
      const variable = new TerraformVariable(stack, "Properties", { type: "map(string)" });
      golden(stack, {
        properties: Token.asStringMap(variable.value),
        osPropertyChange: OsPropertyChange.REPLACE,
      });
    });
    const properties = (values: object) => `-var=Properties=${JSON.stringify(values)}`;
    kit.apply(directory, properties({ os_version: "24.04", hw_disk_bus: "ide" }));
    expect(changes(kit.plan(directory, properties({ os_version: "24.04", hw_disk_bus: "scsi" })))).toStrictEqual({
      [GOLDEN]: ["update"],
    });
    expect(changes(kit.plan(directory, properties({ os_version: "26.04", hw_disk_bus: "ide" })))).toStrictEqual({
      [GOLDEN]: ["create", "delete"],
      "terraform_data.Golden_OsPropertyTrigger_9EEE2979": ["create", "delete"],
    });
  });
});

testWithMocks("a server that boots from a member's image gets it after the membership", (kit) => {
  const directory = folder((stack) => {
    const image = golden(stack, { visibility: ImageVisibility.SHARED });
    const member = image.addMember("Staging", { projectId: PROJECT });
    new Server(stack, "Web", { boot: BootSource.fromImage(member.image), flavor });
  });
  const [result] = kit.mockTest(directory, [
    {
      name: "apply",
      resources: { [GOLDEN]: { id: IMAGE_A } },
      assertions: {
        [`${WEB}.image_id == "${IMAGE_A}"`]: "another image",
        [`${MEMBER}.Golden_Staging_41BA21F8.image_id == ${WEB}.image_id`]: "another membership",
      },
    },
  ]);
  expect(outcome(result)).toStrictEqual(["apply", "pass"]);
});
