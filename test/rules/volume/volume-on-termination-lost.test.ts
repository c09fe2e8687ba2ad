import { VOLUME_ON_TERMINATION_LOST } from "../../../lib/rules/volume/volume-on-termination-lost";
import { found } from "../subjects";

const server = (devices: object[], actions = ["delete", "create"], after?: object) =>
  found(VOLUME_ON_TERMINATION_LOST, [
    { address: "openstack_compute_instance_v2.web", actions, before: { block_device: devices }, after },
  ]);
const lost = (paths: string) => [
  `openstack_compute_instance_v2.web: block: Nova deletes its volumes with it (delete_on_termination of ${paths}): their data is lost`,
];
const device = (more: object = {}) => ({
  source_type: "image",
  destination_type: "volume",
  delete_on_termination: true,
  ...more,
});

test.each([[["delete", "create"]], [["create", "delete"]], [["delete"]]])(
  "finds volumes that go with their server (%s)",
  (actions) => {
    expect(server([device()], actions)).toStrictEqual(lost("block_device[0]"));
  },
);

test("tells which", () => {
  const kept = device({ delete_on_termination: false });
  expect(server([kept, device(), device({ boot_index: 2 })])).toStrictEqual(lost("block_device[1], block_device[2]"));
});

test("looks at what the server had", () => {
  expect(server([device()], ["delete", "create"], { block_device: [] })).toStrictEqual(lost("block_device[0]"));
  expect(server([], ["delete", "create"], { block_device: [device()] })).toStrictEqual([]);
});

test("takes what comes from a volume or a snapshot for a volume", () => {
  expect(server([device({ source_type: "volume", destination_type: "" })])).toStrictEqual(lost("block_device[0]"));
  expect(server([device({ source_type: "snapshot", destination_type: null })])).toStrictEqual(lost("block_device[0]"));
});

test.each([
  ["volumes that stay", [device({ delete_on_termination: false }), device({ delete_on_termination: undefined })]],
  [
    "disks of the hypervisor",
    [
      device({ destination_type: "local" }),
      device({ destination_type: "" }),
      device({ source_type: "volume", destination_type: "local" }),
    ],
  ],
  ["no disks", []],
])("does not mind %s", (_, devices) => {
  expect(server(devices)).toStrictEqual([]);
});

test.each([[["update"]], [["no-op"]], [["forget"]]])("leaves %s to other rules", (actions) => {
  expect(server([device()], actions, { block_device: [] })).toStrictEqual([]);
});
