import { few } from "../few";
import { type Message, say } from "../message";
import type { Rule } from "../rule";
import { ACCEPTANCE, IMAGE, MEMBER, SERVER, type Subject, VOLUME, type World } from "../subject";

/** What is lost when it is destroyed. */
const DEPENDANTS = [MEMBER, ACCEPTANCE, SERVER, VOLUME];

export const PROTECTED_DESTROYED: Rule = {
  id: "OSI-IMG-002",
  name: "ProtectedDestroyed",
  level: "block",
  why: "Glance refuses to delete a protected image (403), and the provider never takes the protection off before it deletes. The apply fails there, after everything that depends on the image has been destroyed: members lose access, and volumes their data.",
  example: "`image_source_url` and `protected = false` of a protected image change together.",
  fix: "make two pull requests of it, each applied before the next: first protected = false and nothing else, then the replacement or the removal",
  types: [IMAGE],
  of: "change",
  check(image, world) {
    const { action, before, after, isMadeFirst, deposed } = image;
    if (before?.flag("protected") !== true || (action !== "delete" && action !== "replace")) return [];
    if (deposed !== undefined)
      return [
        {
          message: say`Glance refuses to delete what an apply left of it (403), since that is protected, and so fails every apply`,
          fix: say`take the protection off by hand (openstack image set --unprotect ${before.text("id") ?? "ID"}), then apply`,
        },
      ];
    const late =
      after?.flag("protected") === false
        ? say`; protected = false comes too late, since the old one is never told`
        : [];
    return [{ message: say`${orderOf(action, isMadeFirst === true, destroyedBefore(image, world))}${late}` }];
  },
};

/** What is done before the apply fails, and what after. */
function orderOf(action: Subject["action"], isMadeFirst: boolean, destroyed: readonly Subject[]): Message {
  const refused = "Glance refuses to delete the old one (403), since it is protected, and so fails every later apply";
  const lost = destroyed.length > 0 ? say`; by then ${few(destroyed)} will have been destroyed` : [];
  if (isMadeFirst) return say`the new one is uploaded, then ${[refused]}${lost}`;
  const nothing = action === "replace" ? say`, and no new one is made` : [];
  return say`Glance refuses to delete it (403), since it is protected${nothing}${lost}`;
}

function destroyedBefore(image: Subject, world: World): readonly Subject[] {
  const users = world.usesOf(image).map(({ by }) => by);
  return [...new Set(users)].filter(
    ({ type, action }) => DEPENDANTS.includes(type) && (action === "delete" || action === "replace"),
  );
}
