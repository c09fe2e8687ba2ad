import { namesOf, say } from "../message";
import type { Rule } from "../rule";
import { VOLUME } from "../subject";

export const VOLUME_REPLACED: Rule = {
  id: "OSI-VOL-001",
  name: "VolumeReplaced",
  level: "block",
  why: "Replacing a volume destroys it with its data, and makes another one from the image or blank.",
  example: "`image_id` of a volume goes from one build to the next.",
  fix: "leave the volume on its image (lifecycle ignore_changes = [image_id]; onImageChange: ImageChange.IGNORE here), or take a snapshot before",
  types: [VOLUME],
  of: "change",
  check(volume) {
    if (volume.action !== "replace") return [];
    const { replacedBy } = volume;
    return [
      {
        message: say`it is destroyed and made anew${replacedBy.length > 0 ? say` because of ${namesOf([...new Set(replacedBy)])}` : []}: its data is lost`,
      },
    ];
  },
};
