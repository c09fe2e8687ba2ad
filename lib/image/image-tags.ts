import { warn } from "../core/checks";
import { InvalidInput, shown } from "../core/errors";
import { isKnown } from "../core/known";
import type { IConstruct } from "../framework";
import { USUAL_QUOTA } from "./image-properties";

/** What Glance takes as tags. */
export function checkImageTags(scope: IConstruct, tags: string[] | undefined): void {
  if (!isKnown(tags)) return;
  for (const tag of tags) {
    if (!isKnown(tag) || (tag.trim() !== "" && tag.length <= 255)) continue;
    throw new InvalidInput(
      "TagMalformed",
      scope,
      `a tag must have 1 to 255 characters, got ${shown(tag)}; shorten or drop it`,
    );
  }
  if (tags.length > USUAL_QUOTA) {
    warn(scope, "ManyTags", `it has ${tags.length} tags, but clouds take ${USUAL_QUOTA} unless set otherwise`);
  }
}
