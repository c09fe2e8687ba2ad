import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { OpenstackProvider } from "@cdktf/provider-openstack/lib/provider";
import { Image, ImageSource, ImageVisibility } from "cdktf-openstack-images";
import type { Construct } from "constructs";
import { temporaryDirectory } from "../support/terraform-process";

export const URL_QCOW2 = "https://images.example.org/base.qcow2";
export const SHA512 = `${"5".repeat(127)}a`;
export const SHA256 = `${"2".repeat(63)}b`;
export const MD5 = "d".repeat(32);
/** What may be a raw disk, as far as bytes can tell. */
export const BYTES = "bytes\0";
export const UUID = "6b1f4f7c-2d3a-4c5b-8e9f-0a1b2c3d4e5f";
export const OTHER_UUID = "0f0e0d0c-0b0a-4908-8706-050403020100";
export const PROJECT = "0123456789abcdef0123456789abcdef";
export const OTHER_PROJECT = "fedcba9876543210fedcba9876543210";

export const source = ImageSource.fromUrl(URL_QCOW2);

export function shared(scope: Construct, id = "Base"): Image {
  return new Image(scope, id, { source, visibility: ImageVisibility.SHARED });
}

/** The provider of another project. */
export function consumer(scope: Construct, alias = "staging"): OpenstackProvider {
  return new OpenstackProvider(scope, `Provider-${alias}`, { alias });
}

/** What a membership asks for where only the apply knows who owns the image: Glance needs no member that is the owner. */
export function notOwner(projectId: string, path: string, owner = "openstack_images_image_v2.Base.owner") {
  return {
    precondition: [
      {
        condition: `\${${owner} != "${projectId}"}`,
        error_message: `MemberIsOwner: project ${projectId} owns the image of ${path} and needs no membership; drop it.`,
      },
    ],
  };
}

/** What an image from `URL_QCOW2` comes out as when nothing else is given. */
export const BASE = {
  name: "Base",
  container_format: "bare",
  disk_format: "qcow2",
  visibility: "private",
  image_cache_path: ".terraform/image_cache",
  image_source_url: URL_QCOW2,
  lifecycle: { create_before_destroy: true },
};

/** Runs with the files in a new folder as the app's folder, which is handed in; the process goes back afterwards. */
export function inAppFolder<T>(files: Record<string, string | Buffer>, run: (folder: string) => T): T {
  const folder = temporaryDirectory("app");
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  const before = process.cwd();
  process.chdir(folder);
  try {
    return run(folder);
  } finally {
    process.chdir(before);
  }
}
