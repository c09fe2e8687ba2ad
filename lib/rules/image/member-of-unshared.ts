import { say } from "../message";
import type { Rule } from "../rule";
import { IMAGE, MEMBER } from "../subject";

export const MEMBER_OF_UNSHARED: Rule = {
  id: "OSI-IMG-006",
  name: "MemberOfUnshared",
  level: "block",
  why: "Glance refuses members of an image that is not shared (403), so that the apply fails after whatever comes before it.",
  example: "A member of an image with `visibility` private, which is the provider's default.",
  fix: "share the image first (visibility = shared; ImageVisibility.SHARED here), in the same plan or before",
  types: [MEMBER],
  of: "change",
  check(member, world) {
    if (member.action !== "create" && member.action !== "replace") return [];
    return world.usedBy(member, "image_id").flatMap((image) => {
      if (image.type !== IMAGE || !image.after || image.after.isUnknown("visibility")) return [];
      const visibility = image.after.text("visibility") ?? "private";
      return visibility === "shared"
        ? []
        : { message: say`Glance will refuse it (403): ${image.address} is ${visibility}, not shared` };
    });
  },
};
