import type { Attributes } from "../attributes";
import { own } from "../json";
import { namesOf, say } from "../message";
import { propertyChanges } from "../properties";
import type { Rule, Violation } from "../rule";
import { IMAGE, type Subject } from "../subject";

/** Glance and Nova verify an image that has all of these. */
const SIGNATURE = [
  "img_signature",
  "img_signature_certificate_uuid",
  "img_signature_hash_method",
  "img_signature_key_type",
];

/** What another of means other bytes, as far as anybody can say. */
const CONTENT = ["image_source_url", "local_file_path", "decompress"];

export const SIGNATURE_MISMATCH: Rule = {
  id: "OSI-IMG-015",
  name: "SignatureMismatch",
  level: "block",
  why: "A signature is of certain bytes. Glance refuses others when the image has all four properties of one, and verifies nothing when it has only some; a Nova that verifies boots no server from either.",
  example: "`image_source_url` goes to the next build, and the property `img_signature` stays.",
  fix: "sign the new bytes, and give all four: img_signature, img_signature_certificate_uuid, img_signature_hash_method, img_signature_key_type",
  types: [IMAGE],
  of: "change",
  check(image) {
    return [...incomplete(image), ...outdated(image)];
  },
};

function incomplete(image: Subject): Violation[] {
  const isNew = image.action === "create" || image.action === "replace";
  const isTouched = image.action === "update" && propertyChanges(image).some(({ key }) => SIGNATURE.includes(key));
  if (!image.after || !(isNew || isTouched)) return [];
  const keys = keysOf(image.after);
  const missing = SIGNATURE.filter((key) => !keys.includes(key));
  if (missing.length === 0 || missing.length === SIGNATURE.length) return [];
  return [
    {
      message: say`its signature lacks ${namesOf(missing)}: Glance verifies nothing, and a Nova that does boots no server from it`,
    },
  ];
}

function keysOf(attributes: Attributes): string[] {
  return [...Object.keys(attributes.map("properties")), ...attributes.unknownKeys("properties")];
}

function outdated({ action, before, after, replacedBy, reason }: Subject): Violation[] {
  if (action !== "replace" || !before || !after) return [];
  const isOther = reason === "replace_by_triggers" || replacedBy.some((name) => CONTENT.includes(name));
  const signature = own(after.map("properties"), "img_signature");
  if (!isOther || signature === undefined || signature !== own(before.map("properties"), "img_signature")) return [];
  const [from, to] = [digestOf(before), digestOf(after)];
  if (from !== undefined && from === to) return [];
  return [
    {
      message: say`the content becomes another and img_signature stays: Glance refuses bytes that it does not fit, and the old image may be gone by then`,
    },
  ];
}

/** The digest in the URL, which the same bytes keep wherever they come from. */
function digestOf(image: Attributes): string | undefined {
  return /#(sha\d+=[\da-f]+)$/i.exec(image.text("image_source_url") ?? "")?.[1]?.toLowerCase();
}
