import { createHash } from "node:crypto";
import { type Attributes, BUILTIN, type Declared, type Held } from "./case";

export const IMAGE = "openstack_images_image_v2";
export const MEMBER = "openstack_images_image_access_v2";
export const SERVER = "openstack_compute_instance_v2";
export const VOLUME = "openstack_blockstorage_volume_v3";
export const ATTACHMENT = "openstack_compute_volume_attach_v2";

const hex = (algorithm: string, text: string) => createHash(algorithm).update(text).digest("hex");

/** A made-up UUID that is always the same for a name. */
export function uuid(name: string): string {
  const digits = hex("sha256", name);
  return [0, 8, 12, 16, 20].map((start, i) => digits.slice(start, [8, 12, 16, 20, 32][i])).join("-");
}

/** A made-up project id. */
export const project = (name: string) => hex("md5", `project ${name}`);

/** Where the bytes of a build lie; pinned as this library pins them, by the fragment. */
export const pinned = (build: string) => `${unpinned(build)}#sha512=${hex("sha512", build)}`;
export const unpinned = (build: string) => `https://images.example.org/noble/${build}/noble-amd64.img`;

export const OLD = "20260119";
export const NEW = "20260302";
export const OWNER = project("images");
export const MADE = "2026-01-20T09:30:00Z";
/** As the provider prints an hour of Nova. */
const MADE_FOR_NOVA = "2026-01-20 09:30:00 +0000 UTC";

const BLOCKS = ["lifecycle", "count", "for_each", "depends_on", "provider", "provisioner", "connection"];

/** Arguments of a case over those of a kind; undefined takes one away. */
function over(defaults: Attributes, args: Attributes): Attributes {
  const merged = { ...defaults, ...args };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined));
}

/** A private image with its digest pinned: nothing to say about it. */
export const image = (name: string, args: Attributes = {}): Declared => ({
  type: IMAGE,
  name,
  args: over(
    {
      name,
      container_format: "bare",
      disk_format: "qcow2",
      image_source_url: pinned(OLD),
      image_cache_path: ".terraform/image_cache",
    },
    args,
  ),
});

export const member = (name: string, args: Attributes = {}): Declared => ({
  type: MEMBER,
  name,
  args: over({ image_id: `\${${IMAGE}.golden.id}`, member_id: project(name) }, args),
});

export const server = (name: string, args: Attributes = {}): Declared => ({
  type: SERVER,
  name,
  args: over(
    { name, flavor_name: "m1.small", image_id: `\${${IMAGE}.golden.id}`, network: { uuid: uuid("network") } },
    args,
  ),
});

/** A server whose root disk is a new volume. */
export const serverOnVolume = (name: string, device: Attributes = {}, args: Attributes = {}): Declared =>
  server(name, {
    image_id: undefined,
    block_device: over(
      {
        uuid: `\${${IMAGE}.golden.id}`,
        source_type: "image",
        destination_type: "volume",
        volume_size: 20,
        boot_index: 0,
        delete_on_termination: true,
      },
      device,
    ),
    ...args,
  });

export const volume = (name: string, args: Attributes = {}): Declared => ({
  type: VOLUME,
  name,
  args: over({ name, size: 20, image_id: `\${${IMAGE}.golden.id}` }, args),
});

export const attachment = (name: string, args: Attributes = {}): Declared => ({
  type: ATTACHMENT,
  name,
  args: over({ instance_id: `\${${SERVER}.web.id}`, volume_id: `\${${VOLUME}.data.id}` }, args),
});

export const terraformData = (name: string, args: Attributes = {}): Declared => ({ type: BUILTIN, name, args });

/** What the state holds of blocks once they were applied; `attributes` are what the cloud made otherwise. */
export function applied(...blocks: readonly Declared[]): Held[] {
  return blocks.map((block) => held(block));
}

export function held(block: Declared, instance: Partial<Held> = {}): Held {
  const { type, name } = block;
  const dependencies = referencesIn(block.args);
  const id = instance.key === undefined ? name : `${name}[${instance.key}]`;
  const given = Object.entries(block.args).filter(([argument]) => !BLOCKS.includes(argument));
  const args = resolved(Object.fromEntries(given), instance.key) as Attributes;
  const attributes = { ...stored(type, id, args), ...instance.attributes };
  const sensitive = SENSITIVE.filter((key) => key in attributes);
  return { dependencies, type, name, sensitive, ...instance, attributes };
}

const SENSITIVE = ["image_source_password", "admin_pass"];
const REFERENCE = /\$\{(?:(openstack_\w+|terraform_data)\.(\w+)(?:\[[^\]]*\])?\.(\w+))\}/g;

function referencesIn(args: Attributes): string[] {
  const found = [...JSON.stringify(args).matchAll(REFERENCE)].map(([, type, name]) => `${type}.${name}`);
  return [...new Set(found)].sort();
}

/** The value that an expression had, as far as cases use them. */
function resolved(value: unknown, key: string | number | undefined): unknown {
  if (typeof value === "string") {
    return value
      .replace(REFERENCE, (_, __, name, attribute) => (attribute === "name" ? name : uuid(name)))
      .replace("${each.key}", String(key))
      .replace("${count.index}", String(key));
  }
  if (Array.isArray(value)) return value.map((one) => resolved(one, key));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, resolved(one, key)]));
}

function stored(type: string, name: string, args: Attributes): Attributes {
  switch (type) {
    case IMAGE:
      return storedImage(name, args);
    case MEMBER:
      return storedMember(args);
    case SERVER:
      return storedServer(name, args);
    case VOLUME:
      return storedVolume(name, args);
    case ATTACHMENT:
      return storedAttachment(args);
    default:
      return storedData(name, args);
  }
}

function storedImage(name: string, args: Attributes): Attributes {
  const id = (args.image_id as string) ?? uuid(name);
  return {
    checksum: hex("md5", name),
    created_at: MADE,
    decompress: null,
    file: `/v2/images/${id}/file`,
    hidden: false,
    id,
    image_id: id,
    image_source_password: null,
    image_source_url: null,
    image_source_username: null,
    local_file_path: null,
    metadata: {},
    min_disk_gb: 0,
    min_ram_mb: 0,
    owner: OWNER,
    protected: false,
    region: "RegionOne",
    schema: "/v2/schemas/image",
    size_bytes: 624951296,
    status: "active",
    tags: [],
    timeouts: null,
    updated_at: MADE,
    verify_checksum: null,
    visibility: "private",
    web_download: null,
    ...args,
    properties: { os_hash_algo: "sha512", os_hash_value: hex("sha512", name), ...(args.properties as Attributes) },
  };
}

function storedMember(args: Attributes): Attributes {
  return {
    created_at: MADE,
    id: `${args.image_id}/${args.member_id}`,
    region: "RegionOne",
    schema: "/v2/schemas/member",
    status: "accepted",
    updated_at: MADE,
    ...args,
  };
}

/** The images that cases boot from, for the name that Nova reports beside an id. */
const IMAGES = ["golden", "other", "jammy", "noble"];

/** What Nova says of a server that boots from a volume. */
const NO_IMAGE = "Attempt to boot from volume - no image supplied";

function storedServer(name: string, args: Attributes): Attributes {
  const isOnVolume = args.block_device !== undefined;
  const { network, block_device: device, user_data: userData, personality, ...rest } = args;
  return {
    access_ip_v4: "192.0.2.10",
    access_ip_v6: "",
    admin_pass: null,
    all_metadata: args.metadata ?? {},
    all_tags: [],
    availability_zone: "nova",
    availability_zone_hints: null,
    config_drive: null,
    created: MADE_FOR_NOVA,
    flavor_id: uuid("flavor"),
    force_delete: false,
    hypervisor_hostname: "",
    id: uuid(name),
    image_id: isOnVolume ? NO_IMAGE : uuid("golden"),
    image_name: isOnVolume ? null : (IMAGES.find((image) => uuid(image) === args.image_id) ?? null),
    key_pair: "",
    metadata: null,
    network_mode: null,
    power_state: "active",
    region: "RegionOne",
    scheduler_hints: [],
    security_groups: ["default"],
    stop_before_destroy: false,
    tags: null,
    timeouts: null,
    updated: MADE_FOR_NOVA,
    vendor_options: [],
    ...rest,
    // the provider keeps its SHA-1 alone
    user_data: userData === undefined ? null : hex("sha1", userData as string),
    block_device: list(device).map((one) => ({ ...DEVICE, ...one })),
    network: list(network).map((one) => ({ ...NETWORK, ...one })),
    personality: list(personality),
  };
}

const list = (value: unknown) => (value === undefined ? [] : [value].flat()) as Attributes[];

const DEVICE = {
  boot_index: null,
  delete_on_termination: false,
  destination_type: null,
  device_type: null,
  disk_bus: null,
  guest_format: null,
  multiattach: false,
  uuid: null,
  volume_size: null,
  volume_type: null,
};

const NETWORK = {
  access_network: false,
  fixed_ip_v4: "192.0.2.10",
  fixed_ip_v6: "",
  mac: "fa:16:3e:00:00:01",
  name: "private",
  port: "",
};

function storedVolume(name: string, args: Attributes): Attributes {
  return {
    attachment: [],
    availability_zone: "nova",
    backup_id: "",
    consistency_group_id: null,
    description: "",
    enable_online_resize: null,
    id: uuid(name),
    image_id: null,
    metadata: {},
    region: "RegionOne",
    scheduler_hints: [],
    snapshot_id: "",
    source_replica: null,
    source_vol_id: "",
    timeouts: null,
    volume_retype_policy: "never",
    volume_type: "ssd",
    ...args,
  };
}

function storedAttachment(args: Attributes): Attributes {
  return {
    device: "/dev/vdb",
    id: `${args.instance_id}/${args.volume_id}`,
    multiattach: null,
    region: "RegionOne",
    tag: null,
    timeouts: null,
    vendor_options: [],
    ...args,
  };
}

/** What an attribute of any type holds stands in a state beside its type. */
function storedData(name: string, args: Attributes): Attributes {
  const typed = (value: unknown) => (value === undefined ? null : { value, type: typeOf(value) });
  return {
    id: uuid(name),
    input: typed(args.input),
    output: typed(args.input),
    triggers_replace: typed(args.triggers_replace),
  };
}

function typeOf(value: unknown): unknown {
  if (Array.isArray(value)) return ["tuple", value.map(typeOf)];
  if (typeof value !== "object" || value === null) return value === null ? "dynamic" : typeof value;
  return ["object", Object.fromEntries(Object.entries(value).map(([key, one]) => [key, typeOf(one)]))];
}
