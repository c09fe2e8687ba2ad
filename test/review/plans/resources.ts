import { type Attributes, BUILTIN, type Declared, type Held } from "./case";
import { ATTACHMENT, hex, IMAGE, MEMBER, project, SERVER, uuid, VOLUME } from "./ids";
import { stored } from "./stored";

/** Where the bytes of a build lie; pinned as this library pins them, by the fragment. */
export const pinned = (build: string) => `${unpinned(build)}#sha512=${hex("sha512", build)}`;
export const unpinned = (build: string) => `https://images.example.org/noble/${build}/noble-amd64.img`;

export const OLD = "20260119";
export const NEW = "20260302";

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
