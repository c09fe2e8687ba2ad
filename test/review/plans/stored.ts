import type { Attributes } from "./case";
import { ATTACHMENT, hex, IMAGE, MEMBER, project, SERVER, uuid, VOLUME } from "./ids";

const OWNER = project("images");
const MADE = "2026-01-20T09:30:00Z";
/** As the provider prints an hour of Nova. */
const MADE_FOR_NOVA = "2026-01-20 09:30:00 +0000 UTC";

/** What the provider keeps of a resource besides its arguments. */
export function stored(type: string, name: string, args: Attributes): Attributes {
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
    properties: {
      os_hash_algo: "sha512",
      os_hash_value: hex("sha512", name),
      stores: "local",
      ...(args.properties as Attributes),
    },
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
    tags: [],
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
  boot_index: 0,
  delete_on_termination: false,
  destination_type: "",
  device_type: "",
  disk_bus: "",
  guest_format: "",
  multiattach: false,
  uuid: "",
  volume_size: 0,
  volume_type: "",
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
