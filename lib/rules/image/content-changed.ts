import type { Attributes } from "../attributes";
import { digestIn, shownDigest, shownSource, storedDigest } from "../image-source";
import { type Message, namesOf, plain, say } from "../message";
import type { Rule } from "../rule";
import { IMAGE } from "../subject";

/** What says what the bytes of an image are. */
const CONTENT = ["image_source_url", "local_file_path", "decompress", "disk_format", "container_format"];

export const CONTENT_CHANGED: Rule = {
  id: "OSI-IMG-010",
  name: "ContentChanged",
  level: "warn",
  why: "Glance never changes the bytes of an image, so that a new image with a new id takes its place and the old one is deleted. What refers to the old one is rebuilt or replaced, or runs from an image that is gone.",
  example: "`image_source_url` goes from one build to the next.",
  fix: "look at what becomes of the servers, volumes and members of the image in this plan; to keep the old build for them, declare the new one beside it (ImageFamily here)",
  types: [IMAGE],
  of: "change",
  check({ action, before, after, replacedBy, reason }) {
    if (action !== "replace" || !before || !after) return [];
    const names = [...new Set(replacedBy)].filter((name) => CONTENT.includes(name));
    const isTriggered = reason === "replace_by_triggers";
    if (names.length === 0 && !isTriggered) return [];
    const because = names.length > 0 ? namesOf(names) : say`what its code says to replace it by (replace_triggered_by)`;
    return [
      {
        message: say`a new image with a new id takes its place because of ${because}${urls(before, after)}${digests(before, after)}`,
      },
    ];
  },
};

function urls(before: Attributes, after: Attributes): Message {
  if (before.text("image_source_url") === undefined || after.text("image_source_url") === undefined) return [];
  const [from, to] = [shownSource(before), shownSource(after)];
  return plain(from) === plain(to) ? [] : say`, from ${from} to ${to}`;
}

function digests(before: Attributes, after: Attributes): Message {
  const stored = storedDigest(before);
  const declared = digestIn(after.text("image_source_url"));
  if (stored && declared && stored.algorithm === declared.algorithm && stored.hex === declared.hex)
    return say`; it holds the bytes that are declared already (${shownDigest(stored)})`;
  return say`${stored ? say`; it holds ${shownDigest(stored)}` : []}${declared ? say`; declared is ${shownDigest(declared)}` : []}`;
}
