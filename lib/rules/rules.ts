import { BOOT_PROPERTY_CHANGED } from "./image/boot-property-changed";
import { CHANGE_WITHOUT_EFFECT } from "./image/change-without-effect";
import { CONTENT_CHANGED } from "./image/content-changed";
import { CONTENT_DRIFTED } from "./image/content-drifted";
import { CONTENT_MAY_MOVE } from "./image/content-may-move";
import { DRIFT_OTHER } from "./image/drift-other";
import { FORGOTTEN } from "./image/forgotten";
import { FORMAT_RISKY } from "./image/format-risky";
import { HIDDEN } from "./image/hidden";
import { IMAGE_DELETED_IN_USE } from "./image/image-deleted-in-use";
import { IMAGE_DESTROYED } from "./image/image-destroyed";
import { IMAGE_RENAMED } from "./image/image-renamed";
import { LOOKUP_MOVED } from "./image/lookup-moved";
import { MEMBER_ADDED } from "./image/member-added";
import { MEMBER_OF_UNSHARED } from "./image/member-of-unshared";
import { MEMBER_REMOVED } from "./image/member-removed";
import { MEMBERS_STRANDED } from "./image/members-stranded";
import { MINIMUM_RAISED } from "./image/minimum-raised";
import { OWNER_DRIFTED } from "./image/owner-drifted";
import { PERPETUAL_CHANGE } from "./image/perpetual-change";
import { PROTECTED_DESTROYED } from "./image/protected-destroyed";
import { PROTECTION_LIFTED } from "./image/protection-lifted";
import { RETIREMENT_PAST } from "./image/retirement-past";
import { SIGNATURE_MISMATCH } from "./image/signature-mismatch";
import { SOURCE_INSECURE } from "./image/source-insecure";
import { SOURCE_UNVERIFIED } from "./image/source-unverified";
import { UNKNOWN_NOT_SAFE } from "./image/unknown-not-safe";
import { VISIBILITY_WIDENED } from "./image/visibility-widened";
import { WEB_DOWNLOAD_UNVERIFIED } from "./image/web-download-unverified";
import type { Rule } from "./rule";
import { SERVER_DESTROYED } from "./server/server-destroyed";
import { SERVER_FOLLOWS_NAME } from "./server/server-follows-name";
import { SERVER_REBUILT } from "./server/server-rebuilt";
import { SERVER_REPLACED } from "./server/server-replaced";
import { SERVER_SECRET_IN_PLAN } from "./server/server-secret-in-plan";
import { VOLUME_DESTROYED } from "./volume/volume-destroyed";
import { VOLUME_ON_TERMINATION_LOST } from "./volume/volume-on-termination-lost";
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
  SIGNATURE_MISMATCH,
  FORMAT_RISKY,
  MINIMUM_RAISED,
  CHANGE_WITHOUT_EFFECT,
  PERPETUAL_CHANGE,
  HIDDEN,
  CONTENT_DRIFTED,
  OWNER_DRIFTED,
  FORGOTTEN,
  LOOKUP_MOVED,
  BOOT_PROPERTY_CHANGED,
  UNKNOWN_NOT_SAFE,
  IMAGE_DESTROYED,
  DRIFT_OTHER,
  RETIREMENT_PAST,
  SERVER_REBUILT,
  SERVER_REPLACED,
  SERVER_DESTROYED,
  SERVER_FOLLOWS_NAME,
  SERVER_SECRET_IN_PLAN,
  VOLUME_REPLACED,
  VOLUME_DESTROYED,
  VOLUME_ON_TERMINATION_LOST,
];
