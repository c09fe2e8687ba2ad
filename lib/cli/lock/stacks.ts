import { readdirSync, readFileSync } from "node:fs";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import type { DigestAlgorithm } from "../../content/digest";
import type { ImageRequest } from "../../content/image-request";

/** An image as its stack declares it. */
export interface DeclaredImage extends ImageRequest {
  /** The construct's path. */
  readonly path: string;
  /** The image's name, when it is known. */
  readonly name?: string;
  /** That its bytes are none: an appliance, or what boots a disk. */
  readonly isDisk?: false;
}

/** What stacks declare. */
export interface Declared {
  readonly images: readonly DeclaredImage[];
  /** The paths of images whose source only Terraform knows. */
  readonly unknown: readonly string[];
}

/** What a disk format says nothing of; lib/image/known-disk.ts has the same. */
const PARTS = ["ami", "aki", "ari"];
const DISK_CONTAINERS = ["bare", "compressed"];

type Json = Readonly<Record<string, unknown>>;

/**
 * The images in a folder of synthesized stacks.
 * @param appliedIn the folder that they are applied in, from which relative paths are meant
 */
export function declaredImages(outdir: string, appFolder: string, appliedIn = outdir): Declared {
  const images: DeclaredImage[] = [];
  const unknown: string[] = [];
  for (const stack of stacksIn(outdir)) {
    for (const [name, block] of blocksIn(join(outdir, "stacks", stack))) {
      const { metadata, openstackImage } = object(block["//"]);
      // the construct's, whose resource is its Default
      const path = text(object(metadata).path)?.replace(/\/Default$/, "") ?? `openstack_images_image_v2.${name}`;
      const image = { ...object(openstackImage) } as Partial<DeclaredImage>;
      const known = image.source === undefined ? derived(block, join(appliedIn, "stacks", stack), appFolder) : image;
      if (known?.source === undefined || known.kind === undefined) unknown.push(path);
      else
        images.push({
          ...known,
          source: known.source,
          kind: known.kind,
          path,
          name: literal(block.name),
          ...diskOrNot(block),
        });
    }
  }
  return { images, unknown };
}

function stacksIn(outdir: string): string[] {
  const folder = join(outdir, "stacks");
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    throw new Error(
      `${folder} cannot be read (${(error as Error).message}); run cdktf synth, or give the folder that it writes`,
    );
  }
}

function blocksIn(stack: string): [string, Json][] {
  const file = join(stack, "cdk.tf.json");
  let document: Json;
  try {
    document = object(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    throw new Error(`${file} cannot be read: ${(error as Error).message}; run cdktf synth again`);
  }
  return Object.entries(object(object(document.resource).openstack_images_image_v2)).map(([name, block]) => [
    name,
    object(block),
  ]);
}

/** What the arguments say, of an image that was made without this package's `Image`; undefined when only Terraform knows its source. */
function derived(block: Json, stack: string, appFolder: string): Partial<DeclaredImage> | undefined {
  const url = literal(block.image_source_url);
  if (url !== undefined) {
    // the provider takes its fragment for a digest
    const [, source = url, algorithm, hex] = /^([^#]*)#(sha512|sha256|md5)=([0-9a-f]+)$/i.exec(url) ?? [];
    return {
      source,
      kind: block.web_download === true ? "web-download" : "url",
      ...(block.image_source_username === undefined ? {} : { private: true }),
      ...(block.decompress === true ? { unpacked: true } : {}),
      ...packedOrNot(block),
      ...(algorithm && hex
        ? { digest: { algorithm: algorithm.toLowerCase() as DigestAlgorithm, hex: hex.toLowerCase() } }
        : {}),
    };
  }
  const path = literal(text(block.local_file_path)?.replace(/^\$\{path\.module\}/, "."));
  if (path === undefined) return undefined;
  const source = isAbsolute(path) ? path : relative(appFolder, resolve(stack, path)).split(sep).join("/");
  return { source, kind: "file", ...packedOrNot(block) };
}

function packedOrNot(block: Json): Pick<DeclaredImage, "packed"> {
  return block.container_format === "compressed" ? { packed: true } : {};
}

function diskOrNot(block: Json): Pick<DeclaredImage, "isDisk"> {
  const [disk, container = "bare"] = [literal(block.disk_format), literal(block.container_format)];
  const isPart = (disk !== undefined && PARTS.includes(disk)) || !DISK_CONTAINERS.includes(container);
  return isPart ? { isDisk: false } : {};
}

/** A string without what only Terraform works out, as it is meant. */
function literal(value: unknown): string | undefined {
  if (typeof value !== "string" || /(?<![$%])(?:\$\$|%%)*[$%]\{/.test(value)) return undefined;
  return value.replace(/([$%])\1\{/g, "$1{");
}

function object(value: unknown): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
