import { blockDevicesOf } from "../block-devices";
import { listed, say } from "../message";
import type { Rule } from "../rule";
import { SERVER } from "../subject";

export const VOLUME_ON_TERMINATION_LOST: Rule = {
  id: "OSI-VOL-003",
  name: "VolumeOnTerminationLost",
  level: "block",
  why: "With `delete_on_termination` Nova deletes a volume together with its server. The volume need not be a resource, so that Terraform does not count it.",
  example:
    "A server is replaced, and its `block_device` says `destination_type = volume` and `delete_on_termination = true`.",
  fix: "take a snapshot of the volume, or clear the flag in the cloud before (openstack server volume update --preserve-on-termination)",
  types: [SERVER],
  of: "change",
  check(server) {
    if (server.action !== "replace" && server.action !== "delete") return [];
    const lost = blockDevicesOf(server.before).filter(({ isVolume, isOnTermination }) => isVolume && isOnTermination);
    if (lost.length === 0) return [];
    const paths = listed(lost.map(({ place }) => say`block_device[${place}]`));
    return [{ message: say`Nova deletes its volumes with it (delete_on_termination of ${paths}): their data is lost` }];
  },
};
