import { imageAfter, imagesOf, isSameMembership } from "../membership";
import { say } from "../message";
import { projectName } from "../project-name";
import type { Rule } from "../rule";
import { MEMBER } from "../subject";

export const MEMBER_ADDED: Rule = {
  id: "OSI-IMG-007",
  name: "MemberAdded",
  level: "info",
  why: "A member may download the image and boot from it at once, by its id; that it accepts only puts the image into its lists. What it made from the image stays when the member is removed.",
  example: "An `openstack_images_image_access_v2` with a new `member_id`.",
  fix: "nothing, if that project is meant: see that the id is its own (openstack project show ID)",
  types: [MEMBER],
  of: "change",
  check(member, world) {
    const images = imagesOf(member, world);
    const isGained = member.action === "create" || (member.action === "replace" && !isSameMembership(member, images));
    if (!isGained) return [];
    const project = projectName(member.after?.text("member_id"), world);
    return [{ message: say`project ${project} gains access to ${imageAfter(member, images)}` }];
  },
};
