import { VOLUME_DESTROYED } from "../../../lib/rules/volume/volume-destroyed";
import { found } from "../subjects";

const volume = (actions: string[], after?: object) =>
  found(VOLUME_DESTROYED, [{ address: "openstack_blockstorage_volume_v3.data", actions, before: { id: "v" }, after }]);

test("finds a volume that is deleted", () => {
  expect(volume(["delete"])).toStrictEqual([
    "openstack_blockstorage_volume_v3.data: block: it is destroyed: its data is lost",
  ]);
});

test.each([[["delete", "create"]], [["update"]], [["forget"]], [["no-op"]]])("leaves %s to other rules", (actions) => {
  expect(volume(actions, { id: "w" })).toStrictEqual([]);
});
