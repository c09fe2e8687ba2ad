import { few } from "../few";
import { objectIn, own } from "../json";
import { say } from "../message";
import type { Rule } from "../rule";
import { IMAGE, SERVER, type Subject, VOLUME } from "../subject";

export const IMAGE_DELETED_IN_USE: Rule = {
  id: "OSI-IMG-003",
  name: "ImageDeletedInUse",
  level: "block",
  why: "A server whose image is gone can no longer be rebuilt, and often not be moved or resized, and nothing can be made anew from it. Where the store has clones of the image (Ceph), Glance refuses the delete with 409, after whatever the apply did before.",
  example: "An image is removed from the code while a server stays that has its id in `image_id`.",
  fix: "make two pull requests of it: first move what uses the image to another one, or destroy it, and apply; then remove the image. For a new build, declare it beside the old one and remove that last (ImageFamily here)",
  types: [IMAGE],
  of: "change",
  check(image, world) {
    const { action, isMadeFirst } = image;
    const id = image.before?.text("id");
    if (id === undefined || (action !== "delete" && action !== "replace")) return [];
    const users = [...new Set(world.usesOf(image).map(({ by }) => by))].filter((user) => stillUses(user, id));
    if (users.length === 0) return [];
    const first =
      action === "replace"
        ? isMadeFirst
          ? "a new one is uploaded, then it is deleted"
          : "it is deleted first"
        : "it is deleted";
    return [
      {
        message: say`${[first]}, with ${few(users)} still on its id: no rebuild finds it, and a store with clones of it refuses (409)`,
      },
    ];
  },
};

/** Whether a server or volume is in the cloud after the apply, and of that image. */
function stillUses({ type, action, before, after }: Subject, id: string): boolean {
  if ((type !== SERVER && type !== VOLUME) || action === "read") return false;
  // what Terraform forgets goes on running
  const left = action === "forget" ? (after ?? before) : after;
  if (!left) return false;
  return left.text("image_id") === id || left.list("block_device").some((block) => own(objectIn(block), "uuid") === id);
}
