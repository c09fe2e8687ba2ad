import { type Json, type JsonObject, listIn, objectIn, own, textIn } from "../rules/json";
import { IMAGE, MEMBER, SERVER, VOLUME } from "../rules/subject";
import { planIn } from "./plan";

/** What of each type may be shown to others. Whatever is not named here is left out. */
const SHOWN: Readonly<Record<string, readonly string[]>> = {
  [IMAGE]: [
    ...[
      "id",
      "name",
      "visibility",
      "protected",
      "hidden",
      "container_format",
      "disk_format",
      "min_disk_gb",
      "min_ram_mb",
    ],
    ...["image_source_url", "local_file_path", "web_download", "decompress", "verify_checksum", "image_id", "tags"],
    ...["properties", "owner", "status", "size_bytes", "checksum", "created_at", "region"],
  ],
  [MEMBER]: ["id", "image_id", "member_id", "status", "region"],
  [SERVER]: [
    ...["id", "name", "image_id", "image_name", "flavor_id", "flavor_name", "block_device", "power_state"],
    ...["availability_zone", "region", "personality"],
  ],
  [VOLUME]: [
    ...["id", "name", "size", "image_id", "source_vol_id", "snapshot_id", "backup_id", "volume_type"],
    ...["availability_zone", "region"],
  ],
};
/** Of blocks in lists: what of them may be shown. */
const IN_BLOCKS: Readonly<Record<string, readonly string[]>> = {
  block_device: ["uuid", "source_type", "destination_type", "volume_size", "boot_index", "delete_on_termination"],
  personality: [],
};

/**
 * A plan that can be shown to others: the same changes of images, servers and volumes, without variables, provider settings, state,
 * user data, passwords and whatever else is not known to be harmless. What Terraform calls sensitive is left out too.
 */
export function sanitized(text: string, name: string): string {
  // what cannot be reviewed is not passed on
  planIn(text, name);
  const plan = objectIn(JSON.parse(text.replace(/^\uFEFF/, "")));
  return `${JSON.stringify({
    ...only(plan, ["format_version", "terraform_version", "applyable", "complete", "errored", "timestamp"]),
    resource_changes: listIn(own(plan, "resource_changes")).map(change),
    resource_drift: listIn(own(plan, "resource_drift")).map(change),
    output_changes: mapped(own(plan, "output_changes"), (output) => only(objectIn(output), ["actions"])),
    configuration: { root_module: moduleOf(own(objectIn(own(plan, "configuration")), "root_module")) },
    checks: listIn(own(plan, "checks")).map((check) => ({
      address: only(objectIn(own(objectIn(check), "address")), [
        "kind",
        "to_display",
        "mode",
        "type",
        "name",
        "module",
      ]),
      ...only(objectIn(check), ["status"]),
    })),
  })}\n`;
}

function change(value: Json): JsonObject {
  const resource = objectIn(value);
  const inner = objectIn(own(resource, "change"));
  const shown = SHOWN[textIn(own(resource, "type")) ?? ""] ?? [];
  const side = (name: "before" | "after") => {
    const content = own(inner, name);
    return content === null || content === undefined
      ? null
      : attributes(objectIn(content), shown, own(inner, `${name}_sensitive`));
  };
  return {
    ...only(resource, [
      "address",
      "previous_address",
      "module_address",
      "mode",
      "type",
      "name",
      "index",
      "provider_name",
    ]),
    ...only(resource, ["deposed", "action_reason"]),
    change: {
      ...only(inner, ["actions", "replace_paths"]),
      before: side("before"),
      after: side("after"),
      after_unknown: only(objectIn(own(inner, "after_unknown")), shown),
      before_sensitive: sensitiveNames(own(inner, "before_sensitive"), shown),
      after_sensitive: sensitiveNames(own(inner, "after_sensitive"), shown),
      ...(own(inner, "importing") === undefined ? {} : { importing: {} }),
    },
  };
}

function attributes(content: JsonObject, shown: readonly string[], sensitive: Json | undefined): JsonObject {
  if (sensitive === true) return {};
  const marks = objectIn(sensitive);
  return Object.fromEntries(
    Object.entries(only(content, shown)).flatMap(([name, value]) =>
      hasMark(own(marks, name)) ? [] : [[name, harmless(name, value)]],
    ),
  );
}

function harmless(name: string, value: Json): Json {
  const inBlock = IN_BLOCKS[name];
  if (inBlock) return listIn(value).map((block) => only(objectIn(block), inBlock));
  return name === "image_source_url" && typeof value === "string" ? withoutSecrets(value) : value;
}

/** A URL without user, password, and parameters, which may sign it; a digest in its fragment stays. */
function withoutSecrets(url: string): string {
  if (!URL.canParse(url)) return "";
  const { protocol, host, pathname, hash } = new URL(url);
  return `${protocol}//${host}${pathname}${/^#(sha512|sha256|md5)=[0-9a-f]+$/i.test(hash) ? hash : ""}`;
}

function hasMark(mask: Json | undefined): boolean {
  return mask === true || (typeof mask === "object" && mask !== null && Object.values(mask).some(hasMark));
}

/** Where something was left out, for it was sensitive. */
function sensitiveNames(mask: Json | undefined, shown: readonly string[]): Json {
  if (mask === true) return true;
  return Object.fromEntries(
    Object.entries(only(objectIn(mask), shown)).flatMap(([name, each]) => (hasMark(each) ? [[name, true]] : [])),
  );
}

/** The code without values: what refers to what. */
function moduleOf(module: Json | undefined): JsonObject {
  const content = objectIn(module);
  return {
    resources: listIn(own(content, "resources")).map((resource) => ({
      ...only(objectIn(resource), ["address", "mode", "type", "name"]),
      expressions: mapped(own(objectIn(resource), "expressions"), referencesOf),
    })),
    outputs: mapped(own(content, "outputs"), (output) => ({
      expression: referencesOf(own(objectIn(output), "expression") ?? null),
    })),
    module_calls: mapped(own(content, "module_calls"), (call) => ({
      expressions: mapped(own(objectIn(call), "expressions"), referencesOf),
      module: moduleOf(own(objectIn(call), "module")),
    })),
  };
}

/** An expression's references, with those of the blocks in it. */
function referencesOf(expression: Json): Json {
  if (Array.isArray(expression)) return expression.map(referencesOf);
  const object = objectIn(expression);
  const references = own(object, "references");
  if (Array.isArray(references)) return { references: references.filter((name) => typeof name === "string") };
  return mapped(
    Object.fromEntries(Object.entries(object).filter(([, each]) => typeof each === "object" && each !== null)),
    referencesOf,
  );
}

function mapped(value: Json | undefined, map: (each: Json) => Json): JsonObject {
  return Object.fromEntries(Object.entries(objectIn(value)).map(([name, each]) => [name, map(each)]));
}

function only(object: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = own(object, name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
