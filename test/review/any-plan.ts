import * as fc from "fast-check";

/** Any JSON, where a plan has something else. */
const any = fc.jsonValue({ maxDepth: 3 });
const NAMES = [
  ...["id", "name", "visibility", "protected", "hidden", "image_source_url", "local_file_path", "disk_format", "tags"],
  ...[
    "properties",
    "min_disk_gb",
    "min_ram_mb",
    "image_id",
    "image_name",
    "member_id",
    "block_device",
    "size",
    "status",
  ],
  ...["user_data", "admin_pass", "personality", "checksum", "size_bytes", "owner", "__proto__", "constructor"],
];
const value = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom("private", "shared", "community", "public", "a", "b", true, false, 1, 2, null),
  },
  { weight: 1, arbitrary: any },
);
const attributes = fc.dictionary(fc.constantFrom(...NAMES), value, { maxKeys: 10 });
const TYPES = [
  "openstack_images_image_v2",
  "openstack_images_image_access_v2",
  "openstack_compute_instance_v2",
  "openstack_blockstorage_volume_v3",
  "terraform_data",
];
const actions = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      ...[
        ["no-op"],
        ["create"],
        ["read"],
        ["update"],
        ["delete"],
        ["delete", "create"],
        ["create", "delete"],
        ["forget"],
      ],
    ),
  },
  { weight: 1, arbitrary: any },
);
const expressions = fc.dictionary(
  fc.constantFrom(...NAMES),
  fc.oneof(
    fc.record({ constant_value: value }),
    fc.record({
      references: fc.array(fc.constantFrom(...TYPES.map((type) => `${type}.r0.id`), "var.x", "module.a.b", "local.y")),
    }),
    any,
  ),
  { maxKeys: 6 },
);

const resource = fc
  .record({
    type: fc.constantFrom(...TYPES),
    mode: fc.constantFrom("managed", "data"),
    actions,
    before: fc.option(attributes),
    after: fc.option(attributes),
    after_unknown: fc.oneof(fc.dictionary(fc.constantFrom(...NAMES), fc.boolean()), any),
    before_sensitive: fc.oneof(fc.dictionary(fc.constantFrom(...NAMES), fc.boolean()), any),
    replace_paths: fc.oneof(fc.array(fc.array(fc.constantFrom(...NAMES))), any),
    expressions,
  })
  .map(({ type, mode, expressions: code, ...change }) => ({ type, mode, code, change }));

/** What has the form of a plan, with anything in its places. */
export const anyPlan = fc
  .record({ resources: fc.array(resource, { maxLength: 8 }), drift: fc.array(resource, { maxLength: 3 }), more: any })
  .map(({ resources, drift, more }) => {
    const change = ({ type, mode, change: inner }: (typeof resources)[number], i: number) => ({
      ...{ address: `${mode === "data" ? "data." : ""}${type}.r${i}`, mode, type, name: `r${i}` },
      change: { ...inner, after_sensitive: inner.before_sensitive },
    });
    return {
      format_version: "1.2",
      resource_changes: resources.map(change),
      resource_drift: drift.map(change),
      configuration: {
        root_module: {
          resources: resources.map(({ type, code }, i) => ({ address: `${type}.r${i}`, expressions: code })),
          module_calls: more,
        },
      },
      checks: more,
      output_changes: more,
    };
  });

/** The same JSON with the keys of its objects in another order. */
export function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, each]) => [key, turned(each)]),
  );
}
