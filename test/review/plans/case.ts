/** A change of a stack that a review must judge: what is there, what is asked for, and what must be said of it. */
export interface PlanCase {
  /** The file's name in `json`. */
  readonly name: string;
  /** What somebody did and what it leads to, in words that hold for any cloud. */
  readonly description: string;
  /** The ids of the rules that must be found; there may be more where a rule asks for good practice. */
  readonly expects: readonly string[];
  /** Whether what is found stops the change. */
  readonly blocks: boolean;
  /** Why no plan of this kind can be judged as a whole, whatever is found. */
  readonly incomplete?: "errored" | "targeted" | "deferred";
  /** What the state holds before. */
  readonly state: readonly Held[];
  /** The configuration: JSON, as the CDK writes it, or text in Terraform's own language. */
  readonly config: TerraformJson | string;
  /** Modules of the configuration by the names of their folders, which it refers to as `./NAME`. */
  readonly modules?: Readonly<Record<string, TerraformJson>>;
  /** Other files beside it. */
  readonly files?: Readonly<Record<string, string>>;
  /** What Terraform is told besides. */
  readonly planArguments?: readonly string[];
  /** What a cloud answers; without it none is asked. */
  readonly cloud?: CannedCloud;
}

export type TerraformJson = { readonly [block: string]: unknown };
export type Attributes = { readonly [name: string]: unknown };

/** An instance of a resource in the state. */
export interface Held {
  readonly module?: string;
  readonly mode?: "data";
  readonly type: string;
  readonly name: string;
  readonly key?: string | number;
  readonly isTainted?: boolean;
  readonly deposed?: string;
  readonly dependencies?: readonly string[];
  readonly attributes: Attributes;
  readonly sensitive?: readonly string[];
}

/**
 * A cloud that is no cloud: canned answers from a loopback address, since a real one does not change the bytes of an image when asked
 * to. A plan refreshes only where it is given.
 */
export interface CannedCloud {
  /** The images of the cloud as Glance lists them, newest last. */
  readonly images: readonly Attributes[];
  /** Other answers by path, such as `/volume/v3/volumes/ID`; what stands nowhere is answered with 404. */
  readonly answers?: Readonly<Record<string, unknown>>;
  /** Whether what the state holds is read again; data sources are read in any case. */
  readonly refresh: boolean;
}

const IMAGE = "openstack_images_image_v2";
export const BUILTIN = "terraform_data";

/** A resource block of a configuration. */
export interface Declared {
  readonly type: string;
  readonly name: string;
  readonly args: Attributes;
}

/** The blocks as a configuration; `rest` holds what is not a resource. */
export function config(resources: readonly Declared[], rest: TerraformJson = {}): TerraformJson {
  const resource: Record<string, Record<string, Attributes>> = {};
  for (const { type, name, args } of resources) {
    resource[type] = { ...resource[type], [name]: args };
  }
  return { ...(resources.length > 0 ? { resource } : {}), ...rest };
}

/** An expression of Terraform that is the id of an image of the configuration. */
export const idOf = (name: string, type = IMAGE) => `\${${type}.${name}.id}`;
