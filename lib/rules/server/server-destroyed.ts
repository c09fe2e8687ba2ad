import { isRootKept } from "../block-devices";
import { say } from "../message";
import type { Rule } from "../rule";
import { SERVER } from "../subject";

export const SERVER_DESTROYED: Rule = {
  id: "OSI-SRV-003",
  name: "ServerDestroyed",
  level: "block",
  why: "A server that is deleted stops at once and cannot be had back. Its root disk goes with it, unless that is a volume that outlives it.",
  example: "A server's block is taken out of the code, or its construct gets another id.",
  fix: "if only its address changed, say so with a moved block (moveTo, moveFromId); else take a snapshot before",
  types: [SERVER],
  of: "change",
  check(server) {
    if (server.action !== "delete") return [];
    const disk = isRootKept(server.before)
      ? say`its root disk is a volume, which is left behind`
      : say`what is on its root disk is lost`;
    return [{ message: say`it is destroyed: ${disk}` }];
  },
};
