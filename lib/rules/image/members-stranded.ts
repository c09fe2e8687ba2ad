import { few } from "../few";
import { say } from "../message";
import type { Rule } from "../rule";
import { IMAGE, MEMBER } from "../subject";
import { visibilityIn } from "../visibility";

/** Of members: those that the code has on after the apply, and that were there before. */
const STAYING = ["none", "update"];

export const MEMBERS_STRANDED: Rule = {
  id: "OSI-IMG-005",
  name: "MembersStranded",
  level: "block",
  why: "Glance hides the members of an image that is not shared, and refuses to add or remove any (403). This apply succeeds; the next plan takes the members for lost, and each apply fails when it adds them again, after whatever comes before. In Glance they live on, and come back accepted when the image is shared again.",
  example:
    "`visibility` goes from shared to private, and an `openstack_images_image_access_v2` of the image stays in the code.",
  fix: "remove the members in the same pull request: Terraform destroys them before it changes the image. Where it has happened: one pull request that shares the image again and imports the members, then one that removes both",
  types: [IMAGE],
  of: "change",
  check(image, world) {
    const { before, after } = image;
    const to = after && visibilityIn(after);
    if (before?.text("visibility") !== "shared" || to === undefined || to === "shared") return [];
    const members = world
      .usesOf(image)
      .map(({ by }) => by)
      .filter(({ type, action }) => type === MEMBER && STAYING.includes(action));
    if (members.length === 0) return [];
    return [
      {
        message: say`shared becomes ${to} while the code keeps ${few(members)}: this apply takes the image from its members, and every later one fails (403) when it adds them again`,
      },
    ];
  },
};
