import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import type { Actions, App } from "./app";
import { environment, openstackEach, run } from "./cloud";

/** An image, as `openstack image show` tells it. */
export interface ImageShown {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly visibility: string;
  readonly disk_format: string;
  readonly container_format: string;
  readonly size: number | null;
  readonly virtual_size: number | null;
  readonly checksum: string | null;
  readonly min_disk: number;
  readonly min_ram: number;
  readonly protected: boolean;
  readonly owner: string;
  readonly created_at: string;
  readonly tags: string[];
  readonly properties: Record<string, string>;
}

/** A line of `openstack image list --long`. */
export interface ImageRow {
  readonly ID: string;
  readonly Name: string;
  readonly Status: string;
  readonly Visibility: string;
  readonly "Disk Format": string;
  readonly "Container Format": string;
  readonly Size: number | null;
}

/** What the `openstack` command answers to each of several, asked in one process; all must answer. */
export function openstackAll<T extends unknown[]>(cloud: string, commands: string[][]): T {
  const text = openstackEach(
    cloud,
    commands.map((words) => [...words, "-f", "json"]),
  );
  const answers = text.match(/^(?:\[\]|\{\}|\[$.*?^\]|\{$.*?^\})$/gms) ?? [];
  if (answers.length !== commands.length) {
    throw new Error(`${answers.length} answers to ${commands.map((words) => words.join(" ")).join("; ")}\n${text}`);
  }
  return answers.map((answer) => JSON.parse(answer)) as T;
}

/** The images with these ids, by the names of the ids. */
export function imagesShown<Key extends string>(cloud: string, ids: Record<Key, string>): Record<Key, ImageShown> {
  const keys = Object.keys(ids) as Key[];
  const shown = openstackAll<ImageShown[]>(
    cloud,
    keys.map((key) => ["image", "show", ids[key]]),
  );
  return Object.fromEntries(keys.map((key, i) => [key, shown[i]])) as Record<Key, ImageShown>;
}

/** What each of several lists has, of the images that suites make; `image list` with the words given. */
export function imageLists<Key extends string>(cloud: string, lists: Record<Key, string[]>): Record<Key, ImageRow[]> {
  const keys = Object.keys(lists) as Key[];
  const rows = openstackAll<ImageRow[][]>(
    cloud,
    keys.map((key) => ["image", "list", "--long", ...lists[key]]),
  );
  return Object.fromEntries(
    keys.map((key, i) => [key, rows[i]?.filter(({ Name }) => Name?.startsWith("x-"))]),
  ) as Record<Key, ImageRow[]>;
}

interface State {
  readonly resources: {
    readonly mode: string;
    readonly type: string;
    readonly name: string;
    readonly instances: { readonly attributes: { readonly id: string } }[];
  }[];
}

/** The ids of all resources of a type that a stack has deployed, by their names in Terraform. */
export function idsIn(app: App, stack: string, type = "openstack_images_image_v2"): Record<string, string> {
  const file = join(app.folder, `terraform.${stack}.tfstate`);
  if (!existsSync(file)) return {};
  const state: State = JSON.parse(readFileSync(file, "utf8"));
  const found = state.resources.filter((one) => one.mode === "managed" && one.type === type);
  return Object.fromEntries(found.map(({ name, instances }) => [name, instances[0]?.attributes.id ?? ""]));
}

/** Runs Terraform on a stack as it was synthesized last, by a plan or a deployment: quicker than `cdktf`, which drops the end of long errors. */
export function terraform(app: App, stack: string, words: string[], env: Record<string, string> = {}): string {
  return run("terraform", [...words, "-input=false", "-no-color"], {
    cwd: join(app.folder, "cdktf.out/stacks", stack),
    env: environment(env),
  });
}

/** Whether a deployment made the new image of an address before it deleted the old one. */
export function madeBeforeDeleted(log: string, address: string, oldId: string): boolean {
  const lines = oneLine(log);
  const made = lines.indexOf(`${address}: Creation complete`);
  const deleted = lines.indexOf(`: Destroying... [id=${oldId}`);
  return made >= 0 && deleted > made;
}

/** What a plan does to OpenStack, without the triggers that Terraform keeps for itself. */
export function inTheCloud(actions: Actions): Actions {
  return Object.fromEntries(Object.entries(actions).filter(([address]) => address.startsWith("openstack_")));
}

/** What an action fails with, in one line: the commands frame and break their messages. */
export function failureOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return oneLine((error as Error).message);
  }
  throw new Error("nothing failed");
}

/** A command's text without colours, frames and line breaks. */
export function oneLine(text: string): string {
  return stripVTControlCharacters(text).replace(/[│╷╵]/g, " ").replace(/\s+/g, " ");
}
