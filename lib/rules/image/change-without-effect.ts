import { type JsonObject, own } from "../json";
import { type Message, namesOf, say } from "../message";
import { isGlances, mayDropOsProperties } from "../properties";
import type { Rule } from "../rule";
import { IMAGE, type Subject } from "../subject";

export const CHANGE_WITHOUT_EFFECT: Rule = {
  id: "OSI-IMG-018",
  name: "ChangeWithoutEffect",
  level: "warn",
  why: "The provider does not send everything that the code says: Terraform shows no change, or one that changes nothing, and the cloud stays as it was.",
  example: "The property `os_distro` of an image goes from ubuntu to debian: provider 3.4.0 drops that without a word.",
  fix: "run openstack image set, or replace the image (osPropertyChange: OsPropertyChange.REPLACE here)",
  types: [IMAGE],
  of: "change",
  check(image) {
    const { action, before, after } = image;
    if ((action !== "none" && action !== "update") || !before || !after) return [];
    return [...properties(image), ...checksum(image)].map((message) => ({ message }));
  },
};

/** Of `os_*` properties the plan keeps what is in Glance, whatever the code says. */
function properties(image: Subject): Message[] {
  if (image.configured?.get("properties") === undefined || !mayDropOsProperties(image)) return [];
  const code = image.configured.map("properties");
  const was = image.before?.map("properties") ?? {};
  const becomes = image.after?.map("properties") ?? {};
  const isKept = (key: string) => isSame(was, becomes, key) && !isSame(was, code, key);
  const keys = [...new Set([...Object.keys(was), ...Object.keys(code)])].filter(isKept).sort();
  const told = keys.filter((key) => !isGlances(key));
  // the provider plans all others, and those that are new: where it does not, the code says ignore_changes
  if (told.some((key) => !key.startsWith("os_") || own(was, key) === undefined)) return [];
  const isInCode = (key: string) => own(code, key) !== undefined;
  const [stale, surplus] = [told.filter(isInCode), told.filter((key) => !isInCode(key))];
  return [
    ...(stale.length > 0
      ? [
          say`the code says otherwise of ${namesOf(stale)}, and provider 3.4.0 does not send it: it stays as it is in Glance`,
        ]
      : []),
    ...(surplus.length > 0
      ? [say`the code no longer has ${namesOf(surplus)}, and provider 3.4.0 does not remove it: it stays in Glance`]
      : []),
  ];
}

function isSame(one: JsonObject, other: JsonObject, key: string): boolean {
  return word(own(one, key)) === word(own(other, key));
}

/** A value as the provider has it in a map of texts. */
function word(value: unknown): string | undefined {
  return value === undefined || value === null ? undefined : String(value);
}

function checksum({ before, after }: Subject): Message[] {
  const [was, becomes] = [before?.flag("verify_checksum") ?? true, after?.flag("verify_checksum") ?? true];
  if (was === becomes || after?.isUnknown("verify_checksum")) return [];
  return [say`verify_checksum is looked at in an upload alone, and this image is there: nothing is verified anew`];
}
