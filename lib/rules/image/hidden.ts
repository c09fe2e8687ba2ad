import { say } from "../message";
import type { Rule } from "../rule";
import { IMAGE } from "../subject";

export const HIDDEN: Rule = {
  id: "OSI-IMG-020",
  name: "Hidden",
  level: "info",
  why: "A hidden image is in no list, and lookups do not find it. It still boots, for those who have its id.",
  example: "`hidden` of the last build goes to true when the next one is out.",
  fix: "see that nothing looks the image up by its name, or leave it in lists",
  types: [IMAGE],
  of: "change",
  check({ action, before, after }) {
    if (action !== "update" && action !== "replace") return [];
    const [was, becomes] = [before?.flag("hidden"), after?.flag("hidden")];
    if (was === undefined || becomes === undefined || was === becomes) return [];
    return [
      {
        message: becomes
          ? say`lists and lookups no longer have it; who has its id still boots from it`
          : say`lists and lookups have it again`,
      },
    ];
  },
};
