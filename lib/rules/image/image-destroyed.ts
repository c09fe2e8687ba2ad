import { say } from "../message";
import type { Rule } from "../rule";
import { IMAGE } from "../subject";
import { isWider } from "../visibility";

export const IMAGE_DESTROYED: Rule = {
  id: "OSI-IMG-027",
  name: "ImageDestroyed",
  level: "block",
  why: "An image that is deleted cannot be had back under its id. Servers that were made from it can no longer be rebuilt, and other projects may count on it where no plan shows it.",
  example: "The block of a public image is taken out of the code.",
  fix: "hide it instead (hidden = true) until nothing uses it, or let Terraform forget it (removed block; RemovalPolicy here)",
  types: [IMAGE],
  of: "change",
  check(image) {
    if (image.action !== "delete") return [];
    const visibility = image.before?.text("visibility") ?? "private";
    return isWider("private", visibility)
      ? [{ message: say`it is deleted, and it is ${visibility}: other projects may boot and rebuild servers from it` }]
      : [{ level: "warn", message: say`it is deleted: no server can be made or rebuilt from it any more` }];
  },
};
