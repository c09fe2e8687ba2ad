import { because } from "../because";
import { isRootKept } from "../block-devices";
import { say } from "../message";
import type { Rule } from "../rule";
import { SERVER } from "../subject";

export const SERVER_REPLACED: Rule = {
  id: "OSI-SRV-002",
  name: "ServerReplaced",
  level: "block",
  why: "Replacing a server destroys it, and makes another one with another id. A root disk on the hypervisor goes with it, and so do addresses that no port of its own keeps.",
  example: "`block_device` of a server names another image, or its availability zone changes.",
  fix: "leave the server on its image (lifecycle ignore_changes = [block_device]; onImageChange: ImageChange.IGNORE here), or make the new server beside the old one and move over",
  types: [SERVER],
  of: "change",
  check(server) {
    if (server.action !== "replace") return [];
    const disk = isRootKept(server.before)
      ? say`its root disk is a volume, which is left behind`
      : say`what is on its root disk is lost`;
    return [{ message: say`it is destroyed and made anew${because(server)}: ${disk}` }];
  },
};
