import { changedNames } from "../changed";
import { isOwnerMoved, movedContent } from "../drifted";
import { namesOf, say } from "../message";
import { isGlances, propertyChanges } from "../properties";
import type { Rule } from "../rule";
import { IMAGE, MEMBER, SERVER, type Subject, VOLUME } from "../subject";

export const DRIFT_OTHER: Rule = {
  id: "OSI-IMG-028",
  name: "DriftOther",
  level: "info",
  why: "Somebody or something changed it outside Terraform. What the code says otherwise, this plan sets back; the rest it takes over.",
  example: "The tags of an image were changed in Horizon.",
  fix: "write it into the code if it is to stay, else let the apply set it back",
  types: [IMAGE, MEMBER, SERVER, VOLUME],
  of: "drift",
  check(subject) {
    if (subject.action === "delete") return [{ message: say`it was deleted outside Terraform` }];
    const names = changedNames(subject).filter((name) => isTold(subject, name));
    return names.length === 0 ? [] : [{ message: say`changed outside Terraform: ${namesOf(names)}` }];
  },
};

/** Whether no other rule tells it, and it is not Glance's own doing. */
function isTold(subject: Subject, name: string): boolean {
  if (subject.type !== IMAGE) return true;
  if (name === "properties") return propertyChanges(subject).some(({ key }) => !isGlances(key));
  if (name === "owner") return !isOwnerMoved(subject);
  return !movedContent(subject).includes(name);
}
