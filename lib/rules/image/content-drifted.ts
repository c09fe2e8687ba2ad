import { movedContent } from "../drifted";
import { namesOf, say } from "../message";
import type { Rule } from "../rule";
import { IMAGE } from "../subject";

export const CONTENT_DRIFTED: Rule = {
  id: "OSI-IMG-021",
  name: "ContentDrifted",
  level: "block",
  why: "Glance never changes the bytes of an image that is active. When the digest or the size moves under one id, somebody got at the storage or the database, or the image was filled anew by an administrator.",
  example: "`properties.os_hash_value` of an image is another than in the state, and its id is the same.",
  fix: "boot nothing from it; find out who changed it, then replace it from a source that is verified (terraform apply -replace)",
  types: [IMAGE],
  of: "drift",
  check(image) {
    const moved = movedContent(image);
    if (moved.length === 0) return [];
    return [{ message: say`it holds other bytes under the same id: ${namesOf(moved)} changed outside Terraform` }];
  },
};
