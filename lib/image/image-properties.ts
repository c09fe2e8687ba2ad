import { checkKeys, checkUuid, warn } from "../core/checks";
import { InvalidInput, shown } from "../core/errors";
import { hcl } from "../core/hcl";
import { ifKnown, isKnown } from "../core/known";
import { type IConstruct, type IResolvable, Token } from "../framework";
import { Architecture, novasWord } from "../properties/architecture";
import type { OperatingSystem } from "../properties/operating-system";
import { insteadOfProperty } from "../properties/reserved";
import type { IImageRef } from "./image-ref";

/** The props that come out as properties of the image. */
export interface PropertySources {
  readonly operatingSystem?: OperatingSystem;
  readonly architecture?: Architecture;
  readonly description?: string;
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

/** Glance's default for properties (`image_property_quota`), tags and members of an image each. */
export const USUAL_QUOTA = 128;

/** Merges the properties of an image. */
export function imageProperties(scope: IConstruct, sources: PropertySources): ImageProperties {
  if (sources.kernelImage) checkUuid(scope, "'kernelImage': the id", sources.kernelImage.imageId);
  if (sources.ramdiskImage) checkUuid(scope, "'ramdiskImage': the id", sources.ramdiskImage.imageId);
  checkArchitecture(scope, "'architecture'", sources.architecture);
  const system = sources.operatingSystem;
  const typed = defined({
    architecture: sources.architecture,
    description: sources.description,
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
  checkKeys(scope, "'properties'", given);
  checkReserved(scope, Object.keys(defined(given ?? {})));
  checkArchitecture(scope, "the property 'architecture'", given?.architecture);
  const all = sorted({ ...typed, ...defined(given ?? {}) });
  const count = Object.keys(all).length;
  if (count > USUAL_QUOTA) {
    warn(scope, "ManyProperties", `it has ${count} properties, but clouds take ${USUAL_QUOTA} unless set otherwise`);
  }
  const os = Object.fromEntries(Object.entries(all).filter(([key]) => key.startsWith("os_")));
  return { all: nonEmpty(all), os: nonEmpty(os) };
}

/** Refuses a word that is not Nova's own: of some others Nova guesses what is meant, with the rest a server fails. */
function checkArchitecture(scope: IConstruct, what: string, value: string | undefined): void {
  ifKnown(value, (word) => {
    const right = novasWord(word);
    if (right === word) return;
    const wayOut = right ? `Nova's word is ${right}` : `Nova knows ${Object.values(Architecture).join(", ")}`;
    throw new InvalidInput(
      "ArchitectureUnknown",
      scope,
      `${what} must be a word that Nova knows, got ${shown(word)}; ${wayOut}`,
    );
  });
}

/** Refuses the keys that are no properties, but the image's own fields. */
function checkReserved(scope: IConstruct, keys: string[]): void {
  for (const key of keys) {
    const wayOut = isKnown(key) ? insteadOfProperty(key) : undefined;
    if (wayOut === undefined) continue;
    throw new InvalidInput(
      "PropertyReserved",
      scope,
      `a key of 'properties' must have 1 to 255 characters and not be one that Glance keeps for itself, got ${shown(key)}; ${wayOut}`,
    );
  }
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
