import { isOwnerMoved } from "../drifted";
import { say } from "../message";
import { projectName } from "../project-name";
import type { Rule } from "../rule";
import { IMAGE } from "../subject";

export const OWNER_DRIFTED: Rule = {
  id: "OSI-IMG-022",
  name: "OwnerDrifted",
  level: "warn",
  why: "Who owns an image may change and delete it, and share it with others. Terraform has no argument for the owner, so that it cannot set it back.",
  example: "An administrator gave the image to another project.",
  fix: "ask who gave it away; an administrator sets it back (openstack image set --project)",
  types: [IMAGE],
  of: "drift",
  check(image, world) {
    if (!isOwnerMoved(image)) return [];
    const owner = (side: typeof image.before) => projectName(side?.text("owner"), world);
    return [{ message: say`project ${owner(image.after)} owns it now, and ${owner(image.before)} no longer does` }];
  },
};
