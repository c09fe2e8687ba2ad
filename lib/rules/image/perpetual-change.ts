import { namesOf, say } from "../message";
import { isGlances, mayDropOsProperties, propertyChanges } from "../properties";
import type { Rule } from "../rule";
import { IMAGE } from "../subject";

export const PERPETUAL_CHANGE: Rule = {
  id: "OSI-IMG-019",
  name: "PerpetualChange",
  level: "info",
  why: "Provider 3.4.0 plans a new `os_*` property of an image that is there, and does not send it: the apply is told as done, and the next plan has it again.",
  example: "The property `os_purpose` is added to an image.",
  fix: "run openstack image set with the same property, so that state and code agree",
  types: [IMAGE],
  of: "change",
  check(image) {
    if (image.action !== "update" || !mayDropOsProperties(image)) return [];
    const added = propertyChanges(image)
      .filter(({ key, kind }) => kind === "added" && key.startsWith("os_") && !isGlances(key))
      .map(({ key }) => key);
    if (added.length === 0) return [];
    return [{ message: say`provider 3.4.0 plans ${namesOf(added)} and does not send it: each plan has it again` }];
  },
};
