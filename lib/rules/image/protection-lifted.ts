import { say } from "../message";
import type { Rule } from "../rule";
import { IMAGE } from "../subject";

export const PROTECTION_LIFTED: Rule = {
  id: "OSI-IMG-009",
  name: "ProtectionLifted",
  level: "warn",
  why: "Nothing but its protection keeps Glance from deleting an image when somebody asks for it, Terraform or a person.",
  example: "`protected` goes from true to false.",
  fix: "nothing, if the image is to go or to be replaced by the next pull request; otherwise leave protected = true",
  types: [IMAGE],
  of: "change",
  check({ action, before, after }) {
    // of one that is replaced, the protection is what makes the apply fail
    if (action === "replace" || !after || before?.flag("protected") !== true) return [];
    if (after.isUnknown("protected") || after.flag("protected") === true) return [];
    return [{ message: say`it is no longer protected: whoever may delete it can, and so can the next apply` }];
  },
};
