import { FORGOTTEN } from "../../../lib/rules/image/forgotten";
import { found } from "../subjects";

const check = (address: string, actions: string[], after?: object) =>
  found(FORGOTTEN, [{ address, actions, before: { id: "i" }, after }]);

test.each([
  ["openstack_images_image_v2.x", "it stays in the cloud"],
  ["openstack_compute_instance_v2.x", "it stays in the cloud"],
  ["openstack_blockstorage_volume_v3.x", "it stays in the cloud"],
  ["openstack_images_image_access_v2.x", "the project keeps its access"],
])("finds that %s is forgotten", (address, what) => {
  expect(check(address, ["forget"])).toStrictEqual([
    `${address}: warn: Terraform forgets it: ${what}, and no plan shows it any more`,
  ]);
  expect(check(address, ["create", "forget"], { id: "j" })).toStrictEqual([
    `${address}: warn: another one is made, and Terraform forgets the old one: ${what}`,
  ]);
});

test.each([[["delete"]], [["delete", "create"]], [["update"]], [["no-op"]]])("does not mind %s", (actions) => {
  expect(check("openstack_images_image_v2.x", actions, { id: "j" })).toStrictEqual([]);
});

test("does not mind other resources", () => {
  expect(check("openstack_networking_port_v2.x", ["forget"])).toStrictEqual([]);
});
