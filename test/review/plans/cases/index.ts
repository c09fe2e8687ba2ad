import type { PlanCase } from "../case";
import { DRIFT } from "./drift";
import { IMAGES } from "./images";
import { LOOKUPS } from "./lookups";
import { MEMBERS } from "./members";
import { PROPERTIES } from "./properties";
import { SECRETS } from "./secrets";
import { SERVERS } from "./servers";
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
];
