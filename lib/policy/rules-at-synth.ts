import type { Rule } from "../rules/rule";

/** What is true of everything when all of it is new: who gains access (007), and that a variable's value is not known yet (026). */
const OF_PLANS_ALONE = ["OSI-IMG-007", "OSI-IMG-026"];

/** Loaded when a policy asks for them, so that an app without one does not wait. */
export function allRules(): readonly Rule[] {
  const { RULES }: { RULES: readonly Rule[] } = require("../rules/rules");
  return RULES;
}

export function rulesAtSynth(): readonly Rule[] {
  return allRules().filter(({ id, of }) => of === "change" && !OF_PLANS_ALONE.includes(id));
}
