import { changedNames, REBUILDING } from "../changed";
import { namesOf, say } from "../message";
import type { Rule } from "../rule";
import { SERVER } from "../subject";

export const SERVER_REBUILT: Rule = {
  id: "OSI-SRV-001",
  name: "ServerRebuilt",
  level: "block",
  why: "Another image, image name or personality makes Nova rebuild the server: its root disk is overwritten. Terraform calls that an update in place and counts 0 to destroy.",
  example: "`image_id` of a server goes from one build to the next.",
  fix: "leave the server on its image (lifecycle ignore_changes = [image_id]; onImageChange: ImageChange.IGNORE here), or replace it on purpose",
  types: [SERVER],
  of: "change",
  check(server) {
    if (server.action !== "update") return [];
    const rebuilding = changedNames(server).filter((name) => REBUILDING.includes(name));
    if (rebuilding.length === 0) return [];
    return [{ message: say`Nova rebuilds it because of ${namesOf(rebuilding)}: what is on its root disk is lost` }];
  },
};
