import type { PlanCase } from "../case";
import { IMAGES } from "./images";
import { MEMBERS } from "./members";
import { PROPERTIES } from "./properties";
import { SECRETS } from "./secrets";
import { SERVERS } from "./servers";
import { SOURCES } from "./sources";
import { VOLUMES } from "./volumes";

export const CASES: readonly PlanCase[] = [
  ...SERVERS,
  ...SECRETS,
  ...VOLUMES,
  ...IMAGES,
  ...PROPERTIES,
  ...MEMBERS,
  ...SOURCES,
];
