import { checkUuid } from "../core/checks";
import { InvalidInput, shown } from "../core/errors";
import { hcl } from "../core/hcl";
import { isKnown } from "../core/known";
import { type IConstruct, type IResolvable, Token } from "../framework";
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
  /** The `os_*` ones, in a map or in an expression that yields one; undefined when there are none. */
  readonly os?: { [key: string]: string } | IResolvable;
}

/** Merges the properties of an image. */
export function imageProperties(scope: IConstruct, sources: PropertySources, fixedId: boolean): ImageProperties {
  checkBelow(scope, "'kernelImage'", fixedId, sources.kernelImage);
  checkBelow(scope, "'ramdiskImage'", fixedId, sources.ramdiskImage);
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
  if (given !== undefined && !isKnown(given)) {
    // a map that only Terraform knows cannot be merged here
    const merged = nonEmpty(typed) ? Token.asStringMap(hcl`merge(${typed}, ${given})`) : given;
    return { all: merged, os: hcl`{ for k, v in ${merged} : k => v if startswith(k, "os_") }` };
  }
  const all = sorted({ ...typed, ...defined(given ?? {}) });
  const os = Object.fromEntries(Object.entries(all).filter(([key]) => key.startsWith("os_")));
  return { all: nonEmpty(all), os: nonEmpty(os) };
}

/** Terraform would carry `create_before_destroy` over to the kernel, and Glance never gives an id twice. */
function checkBelow(scope: IConstruct, what: string, fixedId: boolean, ref?: IImageRef): void {
  if (ref) checkUuid(scope, `${what}: the id`, ref.imageId);
  const image = declaredImage(ref);
  if (fixedId || !image?.hasFixedId) return;
  throw new InvalidInput(
    "FixedIdBelowReplaceable",
    scope,
    `${what} must not have a fixed 'imageId' when this image has none, got ${image.node.path}: Terraform would make its replacement ` +
      `first, and Glance refuses a second image with its id; leave out 'imageId' of ${shown(image.node.id)}`,
  );
}

function nonEmpty(map: { [key: string]: string }): { [key: string]: string } | undefined {
  return Object.keys(map).length > 0 ? map : undefined;
}

function defined(entries: { [key: string]: string | undefined }): { [key: string]: string } {
  return Object.fromEntries(
    Object.entries(entries).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

function sorted(map: { [key: string]: string }): { [key: string]: string } {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
}
