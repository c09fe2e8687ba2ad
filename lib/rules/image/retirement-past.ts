import { RETIRE_AFTER } from "../../content/image-request";
import { own, textIn } from "../json";
import { say } from "../message";
import type { Rule } from "../rule";
import { IMAGE } from "../subject";

export const RETIREMENT_PAST: Rule = {
  id: "OSI-IMG-029",
  name: "RetirementPast",
  level: "warn",
  why: "A version of an image has a day up to which it is kept (`retire_after`). Nothing removes it by itself, so somebody has to.",
  example: "`retire_after` of a version says 2027-01-31, and it is February.",
  fix: "mark the version as retired (retired: RetirementPolicy.DELETE or RETAIN here), or give it a later day",
  types: [IMAGE],
  of: "change",
  check(image, { today }) {
    const day = textIn(own(image.after?.map("properties") ?? {}, RETIRE_AFTER));
    if (day === undefined || today === undefined || !/^\d{4}-\d\d-\d\d$/.test(day) || day >= today) return [];
    return [{ message: say`it was to go after ${day}` }];
  },
};
