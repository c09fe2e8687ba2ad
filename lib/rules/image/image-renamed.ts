import { say } from "../message";
import type { Rule } from "../rule";
import { IMAGE } from "../subject";
import { isForOthers } from "../visibility";

export const IMAGE_RENAMED: Rule = {
  id: "OSI-IMG-001",
  name: "ImageRenamed",
  level: "block",
  why: "Other projects, pipelines and lookups find an image by its name. Under its new name they find it no longer, or find another image that took the old one, and a server that names its image in the code is rebuilt by its next plan.",
  example: "`name` of a public image goes from `ubuntu-24.04` to `ubuntu-24.04-lts`.",
  fix: "keep the name, and add an image of the new name beside it until nobody asks for the old one (ImageFamily here)",
  types: [IMAGE],
  of: "change",
  check({ before, after }) {
    const from = before?.text("name");
    const to = after?.text("name");
    if (!before || !after || from === undefined || from === to) return [];
    if (to === undefined && !after.isUnknown("name")) return [];
    const renamed =
      to === undefined
        ? say`it may be renamed: ${from} becomes a name that is known after the apply alone`
        : say`it is renamed from ${from} to ${to}`;
    return isForOthers(before) || isForOthers(after)
      ? [{ message: say`${renamed}: other projects that look for ${from} find it no longer` }]
      : [{ level: "info", message: say`${renamed}: what looks for ${from} in its own project finds it no longer` }];
  },
};
