import { SERVER_DESTROYED } from "../../../lib/rules/server/server-destroyed";
import { found, type Given } from "../subjects";

const server = (before: object, more: Partial<Given> = {}) =>
  found(SERVER_DESTROYED, [{ address: "openstack_compute_instance_v2.web", actions: ["delete"], before, ...more }]);
const said = (text: string) => [`openstack_compute_instance_v2.web: block: it is destroyed: ${text}`];

test("finds a server that is deleted", () => {
  expect(server({ id: "s" })).toStrictEqual(said("what is on its root disk is lost"));
});

test("tells that a volume outlives it", () => {
  const device = { source_type: "image", destination_type: "volume", boot_index: 0 };
  expect(server({ block_device: [device] })).toStrictEqual(said("its root disk is a volume, which is left behind"));
  expect(server({ block_device: [{ ...device, delete_on_termination: true }] })).toStrictEqual(
    said("what is on its root disk is lost"),
  );
});

test.each([[["delete", "create"]], [["update"]], [["forget"]], [["no-op"]]])("leaves %s to other rules", (actions) => {
  expect(server({ id: "s" }, { actions, after: { id: "t" } })).toStrictEqual([]);
});
