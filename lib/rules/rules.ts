import { MEMBER_OF_UNSHARED } from "./image/member-of-unshared";
import type { Rule } from "./rule";
import { SERVER_REBUILT } from "./server/server-rebuilt";
import { VOLUME_REPLACED } from "./volume/volume-replaced";

/** All rules, in the order of their ids. */
export const RULES: readonly Rule[] = [MEMBER_OF_UNSHARED, SERVER_REBUILT, VOLUME_REPLACED];
