import { SERVER_REPLACED } from "../../../lib/rules/server/server-replaced";
import { found, type Given } from "../subjects";

const server = (before: object, more: Partial<Given> = {}) =>
  found(SERVER_REPLACED, [
    {
      address: "openstack_compute_instance_v2.web",
      actions: ["delete", "create"],
      before,
      after: {},
      ...more,
    },
  ]);
const said = (text: string) => [`openstack_compute_instance_v2.web: block: it is destroyed and made anew${text}`];
const lost = ": what is on its root disk is lost";
const volume = (more: object = {}) => ({ source_type: "image", destination_type: "volume", boot_index: 0, ...more });

test.each([[["delete", "create"]], [["create", "delete"]]])(
  "finds a server that is replaced, in either order",
  (actions) => {
    expect(server({ id: "s" }, { actions })).toStrictEqual(said(lost));
  },
);

test("says what is behind it", () => {
  const replacePaths = [["block_device", 0, "uuid"], ["block_device", 1, "uuid"], ["region"]];
  expect(server({}, { replacePaths })).toStrictEqual(said(`, because of block_device, region${lost}`));
  expect(server({}, { reason: "replace_because_tainted" })).toStrictEqual(
    said(`, since an apply that made it failed${lost}`),
  );
  expect(server({}, { reason: "replace_by_request" })).toStrictEqual(said(`, as asked for by -replace${lost}`));
});

test.each([
  ["a volume", volume()],
  ["a volume without an index, which is 0", volume({ boot_index: undefined })],
  ["a volume that says nothing of its destination", { source_type: "volume" }],
  ["a snapshot that says nothing of its destination", { source_type: "snapshot", destination_type: "" }],
])("tells that a root disk on %s is left behind", (_, device) => {
  const data = { source_type: "blank", destination_type: "local", boot_index: -1 };
  expect(server({ block_device: [data, device] })).toStrictEqual(
    said(": its root disk is a volume, which is left behind"),
  );
});

test.each([
  ["a volume that goes with it", volume({ delete_on_termination: true })],
  ["the hypervisor", volume({ destination_type: "local" })],
  ["the hypervisor, as for images by default", volume({ destination_type: undefined })],
  ["the hypervisor, as for blank ones by default", { source_type: "blank" }],
  ["the hypervisor, and a volume that is not the root", volume({ boot_index: 1 })],
])("tells that a root disk on %s is lost", (_, device) => {
  expect(server({ block_device: [device] })).toStrictEqual(said(lost));
});

test.each([[["update"]], [["delete"]], [["create"]], [["no-op"]], [["forget"]]])(
  "leaves %s to other rules",
  (actions) => {
    expect(server({ id: "s" }, { actions, after: { id: "t" } })).toStrictEqual([]);
  },
);
