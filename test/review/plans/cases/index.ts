import type { PlanCase } from "../case";
import { SECRETS } from "./secrets";
import { SERVERS } from "./servers";
import { VOLUMES } from "./volumes";

export const CASES: readonly PlanCase[] = [...SERVERS, ...SECRETS, ...VOLUMES];
