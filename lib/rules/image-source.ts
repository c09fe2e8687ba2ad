import type { Attributes } from "./attributes";
import { textIn } from "./json";
import { type Message, say } from "./message";
import { shownUrl } from "./shown-url";
import type { Subject } from "./subject";

const HEX_DIGITS: Readonly<Record<string, number>> = { sha512: 128, sha256: 64, md5: 32 };
const SIGNATURE = [
  "img_signature",
  "img_signature_hash_method",
  "img_signature_key_type",
  "img_signature_certificate_uuid",
];

/** What a digest is shown as. */
const SHOWN_DIGITS = 12;

/** A digest of an image's bytes. */
export interface ImageDigest {
  readonly algorithm: string;
  readonly hex: string;
}

/** Whether bytes go to Glance: not for an image that stays what it is. */
export function isUploaded({ action, after }: Subject): boolean {
  // what Terraform forgets may have a new one in its place
  return after !== undefined && ["declared", "create", "replace", "forget"].includes(action);
}

/** The digest that a URL ends with: `#sha512=` and its hex digits. */
export function digestIn(url: string | undefined): ImageDigest | undefined {
  const [, algorithm, hex] = /#(sha512|sha256|md5)=([0-9a-f]+)$/i.exec(url ?? "") ?? [];
  return digestOf(algorithm, hex);
}

/** The digest that Glance gave an image when it took its bytes. */
export function storedDigest(image: Attributes): ImageDigest | undefined {
  const { os_hash_algo: algorithm, os_hash_value: hex } = image.map("properties");
  return digestOf(textIn(algorithm), textIn(hex)) ?? digestOf("md5", image.text("checksum"));
}

function digestOf(algorithm: string | undefined, hex: string | undefined): ImageDigest | undefined {
  if (algorithm === undefined || hex === undefined) return undefined;
  const digest = { algorithm: algorithm.toLowerCase(), hex: hex.toLowerCase() };
  const digits = new Map(Object.entries(HEX_DIGITS)).get(digest.algorithm);
  return /^[0-9a-f]+$/.test(digest.hex) && digest.hex.length === digits ? digest : undefined;
}

/** A digest, as much of it as tells it from another. */
export function shownDigest({ algorithm, hex }: ImageDigest): Message {
  return say`${algorithm} ${hex.slice(0, SHOWN_DIGITS)}...`;
}

/** Whether anybody compares the bytes that Glance stored: Terraform by a condition, or Glance by a signature. */
export function isCompared({ isChecked, after }: Subject): boolean {
  const properties = after?.map("properties") ?? {};
  return isChecked || SIGNATURE.every((key) => typeof properties[key] === "string" && properties[key] !== "");
}

/** Whether the code says what the bytes are. */
export function isPinned(image: Subject): boolean {
  return isCompared(image) || digestIn(image.after?.text("image_source_url")) !== undefined;
}

/** The URL that an image is made from, as it may be shown. */
export function shownSource(image: Attributes): Message {
  const url = image.text("image_source_url");
  return url === undefined ? say`a URL that is not shown` : shownUrl(url);
}
