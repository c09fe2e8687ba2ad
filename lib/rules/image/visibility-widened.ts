import { say } from "../message";
import type { Rule } from "../rule";
import { IMAGE } from "../subject";
import { isWider, visibilityIn } from "../visibility";

/** What each visibility lets others do. */
const MEANS: ReadonlyMap<string, string> = new Map([
  ["shared", "the projects that are its members may download it and boot from it"],
  ["community", "every project of the cloud that knows its id may download it and boot from it"],
]);
const EVERYBODY = "every project of the cloud sees it, and may download it and boot from it";

export const VISIBILITY_WIDENED: Rule = {
  id: "OSI-IMG-004",
  name: "VisibilityWidened",
  level: "block",
  why: "Whoever sees an image may download all of it, with every password and key that its disk holds, and keeps what was downloaded when the visibility is taken back. Most clouds let only administrators publish; for others the apply fails there with 403.",
  example: "`visibility` goes from private to public.",
  fix: "share it with the projects that need it (visibility = shared and a member for each; addMember here)",
  types: [IMAGE],
  of: "change",
  check({ action, before, after }) {
    const to = after && visibilityIn(after);
    if (to === undefined) return [];
    const means = MEANS.get(to) ?? EVERYBODY;
    const isEverybodys = isWider("community", to);
    if (before) {
      const from = visibilityIn(before) ?? "private";
      if (!isWider(from, to)) return [];
      return [{ level: isEverybodys ? "block" : "warn", message: say`${from} becomes ${to}: ${[means]}` }];
    }
    if (action !== "create" || !isEverybodys) return [];
    return [{ level: "warn", message: say`it is made ${to}: ${[means]}` }];
  },
};
