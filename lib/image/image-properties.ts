import { InvalidInput, shown } from "../core/errors";
import { isKnown } from "../core/known";
import { Fn, type IConstruct } from "../framework";
import type { Architecture } from "../properties/architecture";
import type { OperatingSystem } from "../properties/operating-system";
import { declaredImage } from "./declared-image";
import type { IImageRef } from "./image-ref";

/** The props that come out as properties of the image. */
export interface PropertySources {
  readonly operatingSystem?: OperatingSystem;
  readonly architecture?: Architecture;
  readonly kernelImage?: IImageRef;
  readonly ramdiskImage?: IImageRef;
  readonly properties?: { [key: string]: string };
}

/** An image's properties: those of the typed props, and over them those given by key. */
export interface ImageProperties {
  /** The map for the provider; undefined when there is none. */
  readonly all?: { [key: string]: string };
  /** The `os_*` ones, by key in alphabetical order. */
  readonly os: { [key: string]: string };
}

/** Merges the properties of an image. */
export function imageProperties(scope: IConstruct, sources: PropertySources, fixedId: boolean): ImageProperties {
  if (!fixedId) {
    checkReplaceable(scope, "'kernelImage'", sources.kernelImage);
    checkReplaceable(scope, "'ramdiskImage'", sources.ramdiskImage);
  }
  const system = sources.operatingSystem;
  const typed = defined({
    architecture: sources.architecture,
    kernel_id: sources.kernelImage?.imageId,
    os_admin_user: system?.adminUser,
    os_distro: system?.distro,
    os_type: system?.type,
    os_version: system?.version,
    ramdisk_id: sources.ramdiskImage?.imageId,
  });
  const given = sources.properties;
  if (given === undefined || isKnown(given)) {
    const all = sorted({ ...typed, ...given });
    return { all: Object.keys(all).length > 0 ? all : undefined, os: osOf(all) };
  }
  // a map that only Terraform knows cannot be merged here
  const all = Object.keys(typed).length > 0 ? Fn.merge([typed, given]) : given;
  return { all, os: osOf(typed) };
}

/** Terraform would carry `create_before_destroy` over to the kernel, and Glance never gives an id twice. */
function checkReplaceable(scope: IConstruct, what: string, ref?: IImageRef): void {
  const image = declaredImage(ref);
  if (!image?.hasFixedId) return;
  throw new InvalidInput(
    "FixedIdBelowReplaceable",
    scope,
    `${what} must not have a fixed 'imageId' when this image has none, got ${image.node.path}: Terraform would make its replacement ` +
      `first, and Glance refuses a second image with its id; leave out 'imageId' of ${shown(image.node.id)}`,
  );
}

function osOf(properties: { [key: string]: string }): { [key: string]: string } {
  return Object.fromEntries(Object.entries(properties).filter(([key]) => key.startsWith("os_")));
}

function defined(entries: { [key: string]: string | undefined }): { [key: string]: string } {
  return Object.fromEntries(
    Object.entries(entries).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

function sorted(map: { [key: string]: string }): { [key: string]: string } {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
}
