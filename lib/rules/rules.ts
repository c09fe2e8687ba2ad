import { CONTENT_CHANGED } from "./image/content-changed";
import { CONTENT_MAY_MOVE } from "./image/content-may-move";
import { IMAGE_DELETED_IN_USE } from "./image/image-deleted-in-use";
import { IMAGE_RENAMED } from "./image/image-renamed";
import { MEMBER_ADDED } from "./image/member-added";
import { MEMBER_OF_UNSHARED } from "./image/member-of-unshared";
import { MEMBER_REMOVED } from "./image/member-removed";
import { MEMBERS_STRANDED } from "./image/members-stranded";
import { PROTECTED_DESTROYED } from "./image/protected-destroyed";
import { PROTECTION_LIFTED } from "./image/protection-lifted";
import { SOURCE_INSECURE } from "./image/source-insecure";
import { SOURCE_UNVERIFIED } from "./image/source-unverified";
import { VISIBILITY_WIDENED } from "./image/visibility-widened";
import { WEB_DOWNLOAD_UNVERIFIED } from "./image/web-download-unverified";
import type { Rule } from "./rule";
import { SERVER_REBUILT } from "./server/server-rebuilt";
import { VOLUME_REPLACED } from "./volume/volume-replaced";

/** All rules, in the order of their ids. */
export const RULES: readonly Rule[] = [
  IMAGE_RENAMED,
  PROTECTED_DESTROYED,
  IMAGE_DELETED_IN_USE,
  VISIBILITY_WIDENED,
  MEMBERS_STRANDED,
  MEMBER_OF_UNSHARED,
  MEMBER_ADDED,
  MEMBER_REMOVED,
  PROTECTION_LIFTED,
  CONTENT_CHANGED,
  CONTENT_MAY_MOVE,
  SOURCE_UNVERIFIED,
  SOURCE_INSECURE,
  WEB_DOWNLOAD_UNVERIFIED,
  SERVER_REBUILT,
  VOLUME_REPLACED,
];
