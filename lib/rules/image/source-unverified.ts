import { isPinned, isUploaded, shownSource } from "../image-source";
import { say } from "../message";
import type { Rule } from "../rule";
import { IMAGE } from "../subject";
import { isForOthers, visibilityIn } from "../visibility";

export const SOURCE_UNVERIFIED: Rule = {
  id: "OSI-IMG-012",
  name: "SourceUnverified",
  level: "block",
  why: "Whatever the server behind the URL sends becomes the image: a build that was tampered with, or half of one. verify_checksum compares what was downloaded with what was uploaded, and says nothing of the source.",
  example: "A shared image from `https://example.org/build-7.qcow2`, without a digest.",
  fix: "pin the digest that the publisher gives (npx openstack-images lock, or digest: Digest.sha512(...) here; by hand, a postcondition on properties.os_hash_value)",
  types: [IMAGE],
  of: "change",
  check(image) {
    const { after } = image;
    if (!after || !isUploaded(image) || after.text("image_source_url") === undefined || isPinned(image)) return [];
    const taken = say`whatever lies at ${shownSource(after)} becomes the image, and no digest says what should`;
    if (!isForOthers(after)) return [{ level: "warn", message: taken }];
    const visibility = visibilityIn(after);
    return [
      {
        message:
          visibility === undefined
            ? say`${taken}; who may boot from it is known after the apply alone`
            : say`${taken}; it is ${visibility}, so that other projects boot from it`,
      },
    ];
  },
};
