import type { PlanCase } from "../case";
import { DRIFT } from "./drift";
import { HARMLESS_IMAGES } from "./harmless-images";
import { HARMLESS_MEMBERS } from "./harmless-members";
import { HARMLESS_SERVERS } from "./harmless-servers";
import { HARMLESS_STACKS } from "./harmless-stacks";
import { IMAGES } from "./images";
import { LOOKUPS } from "./lookups";
import { MEMBERS } from "./members";
import { NEW_IMAGES } from "./new-images";
import { PROPERTIES } from "./properties";
import { SECRETS } from "./secrets";
import { SERVERS } from "./servers";
import { SHAPES } from "./shapes";
import { SOURCES } from "./sources";
import { TAKEOVERS } from "./takeovers";
import { VOLUMES } from "./volumes";

export const CASES: readonly PlanCase[] = [
  ...SERVERS,
  ...SECRETS,
  ...VOLUMES,
  ...IMAGES,
  ...PROPERTIES,
  ...MEMBERS,
  ...SOURCES,
  ...DRIFT,
  ...LOOKUPS,
  ...TAKEOVERS,
  ...SHAPES,
  ...HARMLESS_IMAGES,
  ...NEW_IMAGES,
  ...HARMLESS_MEMBERS,
  ...HARMLESS_SERVERS,
  ...HARMLESS_STACKS,
];
