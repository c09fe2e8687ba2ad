import { changedNames } from "../changed";
import { listed, say } from "../message";
import type { Rule } from "../rule";
import { IMAGE, SERVER, type Subject, type World } from "../subject";

export const SERVER_FOLLOWS_NAME: Rule = {
  id: "OSI-SRV-004",
  name: "ServerFollowsName",
  level: "block",
  why: "A server that names its image by `image_name` is rebuilt when the image gets another name: its root disk is overwritten, though the image is the same.",
  example:
    "An image is renamed from `debian` to `debian-old`, and a server says `image_name = openstack_images_image_v2.debian.name`.",
  fix: "refer to the image by its id (image_id) and apply that first, or leave the name as it is",
  types: [IMAGE],
  of: "change",
  check(image, world) {
    const from = image.before?.text("name");
    if (image.action !== "update" || from === undefined || !changedNames(image).includes("name")) return [];
    const now = world
      .usesOf(image)
      .filter(({ by, attribute }) => attribute === "image_name" && isRebuilt(by))
      .map(({ by }) => by);
    const next = serversBy(from, world);
    return [
      ...(now.length > 0
        ? [{ message: say`the new name makes Nova rebuild ${addresses(now)}: what is on the root disk is lost` }]
        : []),
      ...(next.length > 0
        ? [
            {
              message: say`${addresses(next)} asks for the old name: the next plan rebuilds it from whatever is called that, or fails`,
            },
          ]
        : []),
    ];
  },
};

function isRebuilt(server: Subject): boolean {
  return server.type === SERVER && server.action === "update" && changedNames(server).includes("image_name");
}

/** Servers that stay, and whose code has the name as a literal. */
function serversBy(name: string, { subjects }: World): Subject[] {
  return subjects.filter(
    ({ type, action, configured, before }) =>
      type === SERVER &&
      (action === "none" || action === "update") &&
      configured?.text("image_name") === name &&
      before?.text("image_name") === name,
  );
}

function addresses(servers: readonly Subject[]) {
  return listed(servers.map(({ address }) => say`${address}`));
}
