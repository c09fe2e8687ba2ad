/** A plan of so many changes: an image for every ten, with a member, and servers and volumes from it. */
function plan(n) {
  const kinds = [image, member, server, server, server, volume, volume, other, other, other];
  const made = Array.from({ length: n }, (_, i) =>
    kinds[i % kinds.length](i, Math.floor(i / kinds.length) * kinds.length),
  );
  return {
    format_version: "1.2",
    terraform_version: "1.11.4",
    resource_changes: made.map(({ change }) => change),
    configuration: { root_module: { resources: made.map(({ code }) => code) } },
    complete: true,
    errored: false,
  };
}

function resource(type, i, actions, before, after, unknown, expressions) {
  const name = `r${i}`;
  const address = `${type}.${name}`;
  return {
    change: {
      ...{
        address,
        mode: "managed",
        type,
        name,
        provider_name: "registry.terraform.io/terraform-provider-openstack/openstack",
      },
      change: { actions, before, after, after_unknown: unknown, before_sensitive: {}, after_sensitive: {} },
    },
    code: { address, mode: "managed", type, name, expressions },
  };
}

const idOf = (i) => `${String(i).padStart(8, "0")}-0000-4000-8000-000000000000`;
const to = (i) => ({ references: [`openstack_images_image_v2.r${i}.id`, `openstack_images_image_v2.r${i}`] });

function image(i) {
  const before = {
    ...{
      id: idOf(i),
      name: `image-${i}`,
      visibility: "shared",
      protected: false,
      disk_format: "qcow2",
      container_format: "bare",
    },
    ...{
      tags: ["a", "b"],
      properties: { os_distro: "ubuntu", hw_disk_bus: "virtio" },
      size_bytes: i,
      checksum: "0".repeat(32),
    },
  };
  return resource(
    "openstack_images_image_v2",
    i,
    ["delete", "create"],
    before,
    { ...before, id: undefined, image_source_url: "https://images.test/new.qcow2" },
    { id: true },
    {
      image_source_url: { constant_value: "https://images.test/new.qcow2" },
    },
  );
}

function member(i, ofImage) {
  return resource(
    "openstack_images_image_access_v2",
    i,
    ["create"],
    null,
    { member_id: "p".repeat(32) },
    { image_id: true },
    { image_id: to(ofImage) },
  );
}

function server(i, ofImage) {
  const before = {
    id: idOf(i),
    name: `web-${i}`,
    image_id: idOf(ofImage),
    flavor_name: "m1.small",
    metadata: {},
    tags: [],
  };
  return resource(
    "openstack_compute_instance_v2",
    i,
    ["update"],
    before,
    { ...before, image_id: undefined },
    { image_id: true },
    { image_id: to(ofImage) },
  );
}

function volume(i, ofImage) {
  const before = { id: idOf(i), name: `data-${i}`, size: 10, image_id: idOf(ofImage) };
  return resource("openstack_blockstorage_volume_v3", i, ["no-op"], before, before, {}, { image_id: to(ofImage) });
}

function other(i) {
  return resource(
    "terraform_data",
    i,
    ["create"],
    null,
    { triggers_replace: String(i) },
    { id: true },
    { triggers_replace: { constant_value: String(i) } },
  );
}

module.exports = { plan };
