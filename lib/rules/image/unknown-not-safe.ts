import { say } from "../message";
import type { Rule } from "../rule";
import { IMAGE, MEMBER } from "../subject";

/** What decides who may have an image, and what is in it; and what nobody can say while it is not known. */
const UNSAID: Readonly<Record<string, readonly (readonly [name: string, unsaid: string])[]>> = {
  [IMAGE]: [
    ["visibility", "who may see it"],
    ["protected", "whether it may be deleted"],
    ["image_source_url", "where it comes from"],
  ],
  [MEMBER]: [["member_id", "which project gets access"]],
};

export const UNKNOWN_NOT_SAFE: Rule = {
  id: "OSI-IMG-026",
  name: "UnknownNotSafe",
  level: "warn",
  why: "What is not known at plan cannot be reviewed: the apply takes whatever comes out, and nobody looks at it again.",
  example: "`visibility` is the output of a resource that the same plan makes.",
  fix: "write it out, or apply what it depends on first and plan again",
  types: [IMAGE, MEMBER],
  of: "change",
  check({ action, type, after }) {
    if (action !== "create" && action !== "update" && action !== "replace") return [];
    return (UNSAID[type] ?? []).flatMap(([name, unsaid]) =>
      after?.isUnknown(name)
        ? { message: say`${[name]} is not known before the apply: nobody can say now ${[unsaid]}` }
        : [],
    );
  },
};
