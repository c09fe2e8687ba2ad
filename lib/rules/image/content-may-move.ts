import { movingWord } from "../../content/moving";
import { isPinned, isUploaded, shownSource } from "../image-source";
import { say } from "../message";
import type { Rule } from "../rule";
import { IMAGE } from "../subject";

export const CONTENT_MAY_MOVE: Rule = {
  id: "OSI-IMG-011",
  name: "ContentMayMove",
  level: "warn",
  why: "What lies at such a URL is another build tomorrow. Terraform looks at the URL alone and says that nothing changes, so that two clouds, or the image before and after a replacement, hold different bytes under one name.",
  example: "`image_source_url` has `/latest/` or `/current/` in its path, and no digest.",
  fix: "take the URL of one build, or pin its digest (npx openstack-images lock, or digest: Digest.sha512(...) here)",
  types: [IMAGE],
  of: "change",
  check(image) {
    const { action, after } = image;
    const url = after?.text("image_source_url");
    const word = url === undefined ? undefined : movingWord(url);
    if (!after || word === undefined || isPinned(image)) return [];
    if (isUploaded(image))
      return [
        {
          message: say`"${word}" in ${shownSource(after)} is another build tomorrow, and no digest says which one is meant`,
        },
      ];
    if (action !== "none" && action !== "update") return [];
    return [
      {
        level: "info",
        message: say`"${word}" in ${shownSource(after)} may be another build by now: the image keeps what was there when it was made`,
      },
    ];
  },
};
