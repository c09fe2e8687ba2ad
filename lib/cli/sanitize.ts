import { parseArgs } from "node:util";
import { sanitized } from "../review/sanitize";
import { read } from "./review/review";
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
    output.line(sanitized(read(file), file === "-" ? "stdin" : file).trimEnd());
    return ExitCode.FINE;
  },
};
