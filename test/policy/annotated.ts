import { readFileSync } from "node:fs";
import { join } from "node:path";
import { App, type TerraformStack } from "cdktf";
import { newStack } from "../support/synth";
import { temporaryDirectory } from "../support/terraform-process";

/** The annotations of a synthesized app, in all its stacks, as `level path: text`. Errors stop the synth only where nobody tells them. */
export function annotatedApp(build: (app: App) => void): string[] {
  process.env.CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS = "true";
  try {
    const outdir = temporaryDirectory("policy");
    const app = new App({ outdir });
    build(app);
    app.synth();
    const { stacks } = JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8"));
    return Object.values<{ annotations: Record<string, string>[] }>(stacks).flatMap(({ annotations }) =>
      annotations.map(
        ({ level, constructPath, message }) => `${level.replace("@cdktf/", "")} ${constructPath}: ${message}`,
      ),
    );
  } finally {
    delete process.env.CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS;
  }
}

/** The same for one stack, called `test`. */
export function annotated(build: (stack: TerraformStack) => void): string[] {
  return annotatedApp((app) => build(newStack(app, "test")));
}

/** What rules found, without what the library itself warns of: `level path: id`. */
export function found(annotations: readonly string[]): string[] {
  return annotations.flatMap((one) => /^\w+ [^:]+: OSI-[A-Z]+-\d+/.exec(one)?.[0] ?? []);
}
