import { imageBefore, imagesOf, isSameMembership } from "../membership";
import { say } from "../message";
import { projectName } from "../project-name";
import type { Rule } from "../rule";
import { ACCEPTANCE, MEMBER, type Subject, type World } from "../subject";
import { isWider, visibilityIn } from "../visibility";

export const MEMBER_REMOVED: Rule = {
  id: "OSI-IMG-008",
  name: "MemberRemoved",
  level: "warn",
  why: "A project that loses access can no longer boot from the image, nor rebuild the servers that run from it. A member that is made anew keeps access, but starts as pending: the image leaves the lists of that project until somebody there accepts it again.",
  example: "An `openstack_images_image_access_v2` is removed, or replaced because its image is.",
  fix: "ask the project first; after a replacement, let it accept again (openstack image set --accept ID, or acceptance in addMember here)",
  types: [MEMBER],
  of: "change",
  check(member, world) {
    if (member.action !== "delete" && member.action !== "replace") return [];
    const images = imagesOf(member, world);
    const image = imageBefore(member, images);
    const project = projectName(member.before?.text("member_id"), world);
    if (isSameMembership(member, images)) {
      if (wasNotAccepted(member)) return [];
      return isAcceptedAgain(member, world)
        ? [{ level: "info", message: say`project ${project} has to accept ${image} again, which this plan does` }]
        : [{ message: say`project ${project} has to accept ${image} again: until then it is not in its lists` }];
    }
    if (images.some((one) => isOf(member, one) && isEverybodysAfter(one))) return [];
    return [{ message: say`project ${project} loses access to ${image}` }];
  },
};

/** Nothing falls back to pending that was so, or less. */
function wasNotAccepted({ before }: Subject): boolean {
  return ["pending", "rejected"].includes(before?.text("status") ?? "");
}

function isAcceptedAgain({ before }: Subject, { subjects }: World): boolean {
  const [image, project] = [before?.text("image_id"), before?.text("member_id")];
  return subjects.some(
    (one) =>
      one.type === ACCEPTANCE &&
      one.action === "replace" &&
      one.before?.text("image_id") === image &&
      one.before?.text("member_id") === project,
  );
}

function isOf({ before }: Subject, image: Subject): boolean {
  return image.before !== undefined && image.before.text("id") === before?.text("image_id");
}

/** Whether a project needs no membership any more. */
function isEverybodysAfter({ after }: Subject): boolean {
  const visibility = after && visibilityIn(after);
  return visibility !== undefined && isWider("shared", visibility);
}
