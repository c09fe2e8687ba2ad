import { writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { TerraformStack } from "cdktf";
import { Digest, Image, type ImageProps, ImageSource } from "cdktf-openstack-images";
import { type Block, type Synthesis, synth } from "../../support/synth";
import { type Diagnostic, type MockResult, type Plan, temporaryDirectory } from "../../support/terraform";

export const IMAGE_A = "0a000000-0000-4000-8000-00000000000a";
export const IMAGE_B = "0a000000-0000-4000-8000-00000000000b";
export const PROJECT = "0e000000000000000000000000000005";
export const OTHER_PROJECT = "0f000000000000000000000000000006";

export const GOLDEN = "openstack_images_image_v2.Golden";
export const WEB = "openstack_compute_instance_v2.Web";
export const DISK = "openstack_compute_instance_v2.Disk";
export const DATA = "openstack_blockstorage_volume_v3.Data";
export const SMALL = "data.openstack_compute_flavor_v2.Small";
export const ROCKY = "data.openstack_images_image_v2.Rocky";

export const GOOD = "ab".repeat(64);
export const BAD = "cd".repeat(64);
export const URL = "https://images.test/base.qcow2";

export function golden(stack: TerraformStack, props: Partial<ImageProps> = {}): Image {
  return new Image(stack, "Golden", { source: ImageSource.fromUrl(URL), ...props });
}

export function pinned(hex = GOOD): ImageSource {
  return ImageSource.fromUrl(URL, { digest: Digest.sha512(hex) });
}

/** A file with the text, as a path relative to the app's folder. */
export function fileWith(text: string, name = "base.raw"): string {
  const path = join(temporaryDirectory("file"), name);
  writeFileSync(path, text);
  return relative(process.cwd(), path);
}

/** Synthesizes a stack; returns its folder. */
export function folder(build: (stack: TerraformStack) => void): string {
  return synth(build).stackFolder;
}

/** Takes the place of what a folder holds, as a second synth of a changed app does. */
export function swap(directory: string, build: (stack: TerraformStack) => void): string {
  writeFileSync(join(directory, "cdk.tf.json"), synth(build).text);
  return directory;
}

/**
 * A stack without some arguments of a block: a mock cannot contradict an argument as Glance does, while it can give the value of
 * one that is left out. Conditions keep what was declared.
 */
export function without({ json, stackFolder }: Synthesis, address: string, ...names: string[]): string {
  const parts = address.split(".");
  const [type, name] = parts.slice(-2);
  const block: Block = json[parts.length === 3 ? "data" : "resource"][type][name];
  for (const argument of names) {
    if (block[argument] === undefined) throw new Error(`${address} has no argument '${argument}'`);
    delete block[argument];
  }
  writeFileSync(join(stackFolder, "cdk.tf.json"), JSON.stringify(json));
  return stackFolder;
}

/** How a run ended and what it complained of. */
export function outcome({ name, status, diagnostics }: MockResult): unknown[] {
  return [name, status, ...errors(diagnostics)];
}

export function errors(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.filter(({ severity }) => severity === "error").map(({ detail }) => detail);
}

/** What a plan does, without what it leaves alone. */
export function changes(plan: Plan): Record<string, readonly string[]> {
  const found = (plan.resource_changes ?? []).map(({ address, change }) => [address, change.actions] as const);
  return Object.fromEntries(found.filter(([, actions]) => !["no-op", "read"].includes(actions.join())));
}
