import { parseArgs } from "node:util";
import { sanitized } from "../review/sanitize";
import { nameOf, notTooDeep, read } from "./review/plan-file";
import { ExitCode, type Verb } from "./verb";

const USAGE = "sanitize PLAN.json|-";

/** Prints a plan that can be shown to others. */
export const SANITIZE: Verb = {
  usage: USAGE,
  summary: "prints a plan without what may be secret: variables, provider settings, state, user data, passwords",
  options: {},
  async run(words, output) {
    const [file, ...others] = parseArgs({ args: [...words], allowPositionals: true, options: {} }).positionals;
    if (file === undefined || others.length > 0) throw new Error(`sanitize needs one plan: openstack-images ${USAGE}`);
    output.line(notTooDeep(() => sanitized(read(file), nameOf(file))).trimEnd());
    return ExitCode.FINE;
  },
};
