/**
 * Synthesis for tests: through `app.synth()`, so with validations and annotations, into a folder that is gone after the run.
 *
 * ```ts
 * const result = synth((stack) => new Image(stack, "Base", { source }));
 * expect(only(result, "openstack_images_image_v2")).toStrictEqual({ name: "Base", container_format: "bare" });
 * expect(only(result, "data.openstack_images_image_v2")).toStrictEqual({ name: "Base" });
 * expect(failure((stack) => new Image(stack, "Base", { source, minDiskGb: -1 }))).toContain("AmountNotWhole");
 * ```
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { temporaryDirectory } from "./terraform-process";

// biome-ignore lint/suspicious/noExplicitAny: a block has as many shapes as there are types of them
export type Block = Record<string, any>;

export interface Warning {
  /** The path of the construct. */
  readonly path: string;
  readonly message: string;
}

/** One synthesized stack. */
export interface Synthesis {
  /** What `cdk.tf.json` says, without cdktf's metadata (`//`). */
  readonly json: Block;
  /** `cdk.tf.json` as it was written. */
  readonly text: string;
  readonly warnings: readonly Warning[];
  /** Where `cdk.tf.json` lies, for Terraform. */
  readonly stackFolder: string;
}

export interface SynthOptions {
  /** @default - a new temporary folder */
  readonly outdir?: string;
  /** As in `cdktf.json`. */
  readonly context?: Record<string, unknown>;
}

/** Synthesizes a stack `test` with an OpenStack provider. */
export function synth(build: (stack: TerraformStack) => void, options: SynthOptions = {}): Synthesis {
  return synthApp((app) => build(newStack(app, "test")), options)["test"];
}

/** Synthesizes an app of any number of stacks; by name of the stack. */
export function synthApp(build: (app: App) => void, options: SynthOptions = {}): Record<string, Synthesis> {
  const outdir = options.outdir ?? temporaryDirectory("synth");
  const app = new App({ outdir, context: options.context });
  build(app);
  app.synth();
  const { stacks } = JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8"));
  return Object.fromEntries(
    Object.entries<Block>(stacks).map(([name, { synthesizedStackPath, workingDirectory, annotations }]) => {
      const text = readFileSync(join(outdir, synthesizedStackPath), "utf8");
      const json = JSON.parse(text, (key, value) => (key === "//" ? undefined : value));
      const warnings = annotations
        .filter(({ level }: Block) => level === "@cdktf/warn")
        .map(({ constructPath, message }: Block) => ({ path: constructPath, message }));
      return [name, { json, text, warnings, stackFolder: join(outdir, workingDirectory) }];
    }),
  );
}

/** A stack with an OpenStack provider without alias, and a backend that writes no absolute path. */
export function newStack(scope: Construct, id: string): TerraformStack {
  const stack = new TerraformStack(scope, id);
  new OpenstackProvider(stack, "openstack", {});
  new LocalBackend(stack, { path: "terraform.tfstate" });
  return stack;
}

/** All blocks of a type, by name: `openstack_images_image_v2`, or with `data.` in front for a data source. */
export function blocks(result: Synthesis, type: string): Record<string, Block> {
  const [kind, bareType] = type.startsWith("data.") ? ["data", type.slice("data.".length)] : ["resource", type];
  return result.json[kind]?.[bareType] ?? {};
}

/** The whole block of a type of which there is one, or which has the name. */
export function only(result: Synthesis, type: string, name?: string): Block {
  const found = blocks(result, type);
  const names = Object.keys(found);
  const wanted = name ?? names[0];
  if ((name === undefined && names.length !== 1) || wanted === undefined || found[wanted] === undefined) {
    throw new Error(`expected ${name ?? "one block"} of ${type}, found: ${names.join(", ") || "none"}`);
  }
  return found[wanted];
}

/** The message of the error that the constructors or the synthesis end in. */
export function failure(build: (stack: TerraformStack) => void, options: SynthOptions = {}): string {
  return appFailure((app) => build(newStack(app, "test")), options);
}

/** The same for an app of any number of stacks. */
export function appFailure(build: (app: App) => void, options: SynthOptions = {}): string {
  try {
    synthApp(build, options);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("expected an error, but the app was synthesized");
}
