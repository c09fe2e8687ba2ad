import { Attributes } from "../../../lib/rules/attributes";
import { plain } from "../../../lib/rules/message";
import type { Rule } from "../../../lib/rules/rule";
import { IMAGE } from "../../../lib/rules/subject";
import { found, type Given, NO_POLICY } from "../subjects";

export const IMG = "openstack_images_image_v2.img";
export const SHA512 = "a1".repeat(64);
/** All that Glance needs to compare an image with its signature. */
export const SIGNED = {
  img_signature: "s",
  img_signature_hash_method: "SHA-256",
  img_signature_key_type: "RSA-PSS",
  img_signature_certificate_uuid: "u",
};

/** What a rule finds of an image that is made. */
export const made = (rule: Rule, after: object, more: Partial<Given> = {}, policy: { allowedHosts?: string[] } = {}) =>
  found(rule, [{ address: IMG, actions: ["create"], after, ...more }], { policy });

/** What a rule finds of the code of an image. */
export const declared = (rule: Rule, after: { [name: string]: string | boolean }) =>
  rule
    .check(
      { address: IMG, type: IMAGE, action: "declared", after: new Attributes(after), replacedBy: [], isChecked: false },
      { subjects: [], drift: [], policy: NO_POLICY, usesOf: () => [], usedBy: () => [] },
    )
    .map(({ level = rule.level, message }) => `${IMG}: ${level}: ${plain(message)}`);
