import type { Attributes } from "../attributes";
import { blockDevicesOf } from "../block-devices";
import { changedNames } from "../changed";
import { listed, say } from "../message";
import type { Rule } from "../rule";
import { IMAGE, SERVER, type Subject, VOLUME } from "../subject";

/** What says from which image something is made. */
const OF_IMAGE = ["image_id", "image_name", "block_device"];

export const LOOKUP_MOVED: Rule = {
  id: "OSI-IMG-024",
  name: "LookupMoved",
  level: "warn",
  why: "A lookup takes whatever fits at the time of the plan: somebody else's new image rebuilds a server or replaces a volume, and nobody changed the code.",
  example: "`data.openstack_images_image_v2` with `most_recent = true` finds the build of today.",
  fix: "pin the id (Image.fromImageId here), or leave what is there on its image (lifecycle ignore_changes; onImageChange: ImageChange.IGNORE here)",
  types: [SERVER, VOLUME],
  of: "change",
  check(user, world) {
    if (user.action !== "update" && user.action !== "replace") return [];
    return OF_IMAGE.flatMap((attribute) => {
      const lookups = lookupsOf(user, attribute);
      const isOurs = world
        .usedBy(user, attribute)
        .some(({ type, action }) => type === IMAGE && ["create", "update", "replace"].includes(action));
      if (lookups.length === 0 || isOurs || !isMoved(user, attribute)) return [];
      const found = listed(lookups.map((lookup) => say`${lookup}`));
      return [
        {
          message: isKnown(user.after, attribute)
            ? say`another image because of ${found}, which finds another one now: no image of this plan changes`
            : say`maybe another image because of ${found}, which is read in the apply: nobody can say now what it finds`,
        },
      ];
    });
  },
};

/** The lookups of images that an attribute's code refers to. */
function lookupsOf({ references = [] }: Subject, attribute: string): string[] {
  return references
    .filter((one) => one.attribute === attribute && /(^|\.)data\.openstack_images_image(_ids)?_v2\./.test(one.to))
    .map(({ to }) => to);
}

function isMoved(user: Subject, attribute: string): boolean {
  if (!changedNames(user).includes(attribute)) return false;
  return attribute !== "block_device" || imagesOf(user.before) !== imagesOf(user.after);
}

function isKnown(after: Attributes | undefined, attribute: string): boolean {
  if (attribute !== "block_device") return after?.isUnknown(attribute) === false;
  return blockDevicesOf(after).every(({ sourceType, uuid }) => sourceType !== "image" || uuid !== undefined);
}

/** The images of disks, one after another. */
function imagesOf(server: Attributes | undefined): string {
  return JSON.stringify(
    blockDevicesOf(server).map(({ sourceType, uuid }) => (sourceType === "image" ? (uuid ?? null) : "")),
  );
}
