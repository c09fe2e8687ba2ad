import type { Attributes } from "./attributes";

/** What a plan does with a resource. `declared`: the code says what it is, and no plan was made. */
export type Action =
  | "declared"
  | "none"
  | "create"
  | "read"
  | "update"
  | "replace"
  | "delete"
  | "forget"
  /** What no version of Terraform that is known here does. */
  | "strange";

/** A resource as a plan or the code has it. */
export interface Subject {
  /** Its address; at synth its construct's path. */
  readonly address: string;
  readonly type: string;
  readonly action: Action;
  /** What it was; none when it is new. */
  readonly before?: Attributes;
  /** What it will be; none when it goes. */
  readonly after?: Attributes;
  /** What its replacement is due to: the first names of the attributes. */
  readonly replacedBy: readonly string[];
  /** Of a replacement: whether the new one is made before the old one goes (create_before_destroy). */
  readonly isMadeFirst?: boolean;
  /** Of what an apply that failed left behind. */
  readonly deposed?: string;
  /** Why Terraform says that it does so (`action_reason`). */
  readonly reason?: string;
  /** Whether conditions stand in its lifecycle: those of an image compare its digest. */
  readonly isChecked: boolean;
  /** What the code says of its attributes: literals, as far as it has any. */
  readonly configured?: Attributes;
  /** What its code refers to, data sources too: blocks, without keys of instances. */
  readonly references?: readonly { readonly attribute: string; readonly to: string }[];
  /** What the code asks for of the version of its provider, as `~> 3.4`. */
  readonly providerConstraint?: string;
}

/** One resource that refers to another. */
export interface Use {
  readonly by: Subject;
  /** The attribute that refers: `image_id`, `block_device`. */
  readonly attribute: string;
}

/** What a rule may look at besides its subject. */
export interface World {
  /** All subjects, of all plans that are read together; their providers too. */
  readonly subjects: readonly Subject[];
  /** What happened outside Terraform. */
  readonly drift: readonly Subject[];
  readonly policy: Policy;
  /** The day of the review, as 2027-01-31; none where nobody asks what is past. */
  readonly today?: string;
  /** What refers to a resource, by an expression or by its id. */
  usesOf(subject: Subject): readonly Use[];
  /** What a resource refers to by an attribute. */
  usedBy(subject: Subject, attribute: string): readonly Subject[];
}

/** What a house says for itself. */
export interface Policy {
  /** Hosts that images may come from whatever else speaks against it. */
  readonly allowedHosts: readonly string[];
  /** Flavors by name or id: what they have. */
  readonly flavors: Readonly<Record<string, { readonly diskGb?: number; readonly ramMb?: number }>>;
  /** Names of projects by their ids. */
  readonly projectNames: Readonly<Record<string, string>>;
}

export const IMAGE = "openstack_images_image_v2";
export const MEMBER = "openstack_images_image_access_v2";
export const ACCEPTANCE = "openstack_images_image_access_accept_v2";
export const SERVER = "openstack_compute_instance_v2";
export const VOLUME = "openstack_blockstorage_volume_v3";
/** What the code says of the OpenStack provider itself: `declared`, and never a change. */
export const PROVIDER = "provider";
