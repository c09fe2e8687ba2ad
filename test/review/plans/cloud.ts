import type { Attributes, CannedCloud, Held } from "./case";
import { IMAGE, MEMBER, SERVER, uuid, VOLUME } from "./ids";

/** The images of a state as Glance has them, changed by name; `null` is one that is gone. */
type Changes = Readonly<Record<string, Attributes | null>>;

/**
 * The cloud that a state describes, but for what was changed behind Terraform's back, in the words of the API: what is read again differs
 * from the state in just that.
 */
export function cloudOf(state: readonly Held[], changes: Changes = {}): CannedCloud {
  const there = state.filter(({ name, mode }) => mode !== "data" && changes[name] !== null);
  const images = there.filter(({ type }) => type === IMAGE);
  const answers = there.filter(({ type }) => type !== IMAGE).map((one) => answerOf(one, changes[one.name] ?? {}));
  return {
    images: images.map(({ name, attributes }) => ({ ...glanceImage(attributes), ...changes[name] })),
    answers: Object.fromEntries([...answers.flat(), ...NETWORK_AND_FLAVOR]),
    refresh: true,
  };
}

/** A cloud that data sources look at while the state is not read again. */
export const cloudWith = (...images: Attributes[]): CannedCloud => ({ images, refresh: false });

export function glanceImage(attributes: Attributes): Attributes {
  const { properties, metadata, size_bytes, min_disk_gb, min_ram_mb, hidden, region, ...rest } = attributes;
  const own = ["id", "name", "status", "visibility", "protected", "owner", "tags", "checksum", "file", "schema"];
  const kept = [...own, "container_format", "disk_format", "created_at", "updated_at"];
  return {
    ...Object.fromEntries(kept.map((key) => [key, rest[key]])),
    ...(properties as Attributes),
    size: size_bytes,
    min_disk: min_disk_gb,
    min_ram: min_ram_mb,
    os_hidden: hidden,
  };
}

function answerOf({ type, attributes }: Held, changes: Attributes): [string, unknown][] {
  const { id } = attributes;
  switch (type) {
    case MEMBER:
      return [[`/image/v2/images/${String(id).replace("/", "/members/")}`, { ...attributes, ...changes }]];
    case VOLUME:
      return [[`/volume/v3/volumes/${id}`, { volume: { ...novaless(attributes), attachments: [], ...changes } }]];
    case SERVER:
      return [
        [`/compute/v2.1/servers/${id}`, { server: { ...novaServer(attributes), ...changes } }],
        [`/compute/v2.1/servers/${id}/metadata`, { metadata: attributes.all_metadata }],
        [`/compute/v2.1/servers/${id}/tags`, { tags: attributes.all_tags }],
      ];
    default:
      return [];
  }
}

const novaless = ({ attachment, timeouts, region, ...volume }: Attributes) => volume;

function novaServer({ id, name, image_id, flavor_id, all_metadata }: Attributes): Attributes {
  const hours = "2026-01-20T09:30:00Z";
  const address = { addr: "192.0.2.10", version: 4, "OS-EXT-IPS-MAC:mac_addr": "fa:16:3e:00:00:01" };
  return {
    id,
    name,
    status: "ACTIVE",
    created: hours,
    updated: hours,
    metadata: all_metadata,
    image: String(image_id).includes(" ") ? "" : { id: image_id },
    flavor: { id: flavor_id },
    addresses: { private: [address] },
    security_groups: [{ name: "default" }],
    "OS-EXT-AZ:availability_zone": "nova",
  };
}

const NETWORK_AND_FLAVOR: [string, unknown][] = [
  [`/compute/v2.1/flavors/${uuid("flavor")}`, { flavor: { id: uuid("flavor"), name: "m1.small" } }],
  ["/network/v2.0/networks", { networks: [{ id: uuid("network"), name: "private" }] }],
  [`/network/v2.0/networks/${uuid("network")}`, { network: { id: uuid("network"), name: "private" } }],
];
