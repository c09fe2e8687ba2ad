import { BOOT_PROPERTY_CHANGED } from "./image/boot-property-changed";
import { CHANGE_WITHOUT_EFFECT } from "./image/change-without-effect";
import { CONTENT_DRIFTED } from "./image/content-drifted";
import { DRIFT_OTHER } from "./image/drift-other";
import { FORGOTTEN } from "./image/forgotten";
import { FORMAT_RISKY } from "./image/format-risky";
import { HIDDEN } from "./image/hidden";
import { IMAGE_DESTROYED } from "./image/image-destroyed";
import { LOOKUP_MOVED } from "./image/lookup-moved";
import { MEMBER_OF_UNSHARED } from "./image/member-of-unshared";
import { MINIMUM_RAISED } from "./image/minimum-raised";
import { OWNER_DRIFTED } from "./image/owner-drifted";
import { PERPETUAL_CHANGE } from "./image/perpetual-change";
import { SIGNATURE_MISMATCH } from "./image/signature-mismatch";
import { UNKNOWN_NOT_SAFE } from "./image/unknown-not-safe";
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
  MEMBER_OF_UNSHARED,
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
  SERVER_REBUILT,
  SERVER_REPLACED,
  SERVER_DESTROYED,
  SERVER_FOLLOWS_NAME,
  SERVER_SECRET_IN_PLAN,
  VOLUME_REPLACED,
  VOLUME_DESTROYED,
  VOLUME_ON_TERMINATION_LOST,
];
