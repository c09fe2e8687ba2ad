import { type JsonObject, listIn, objectIn, own, textIn } from "../rules/json";
import { LEVELS, type Level, type Rule } from "../rules/rule";
import type { Policy } from "../rules/subject";

/** What a house says for itself: how much each rule weighs, and what it knows. */
export interface House {
  readonly policy: Policy;
  /** By the rules' ids; `off` leaves a rule out. */
  readonly levels: ReadonlyMap<string, Level | "off">;
}

export const NO_HOUSE: House = { policy: { allowedHosts: [], flavors: {}, projectNames: {} }, levels: new Map() };

/** Says what is wrong with a file of the house, and the way out. */
export class HouseUnusable extends Error {}

const KEYS = ["levels", "allowedHosts", "flavors", "projectNames"];

/** Reads a policy file: JSON. */
export function houseIn(text: string, file: string, rules: readonly Rule[]): House {
  const content = parsed(text, file);
  const strange = Object.keys(content).find((key) => !KEYS.includes(key));
  if (strange !== undefined)
    throw wrong(file, `has ${JSON.stringify(strange)}, which means nothing; there are ${KEYS.join(", ")}`);
  const hosts = listIn(own(content, "allowedHosts"));
  if (!hosts.every((host) => typeof host === "string")) throw wrong(file, "must list names of hosts in allowedHosts");
  return {
    policy: {
      allowedHosts: hosts as string[],
      flavors: flavorsIn(objectIn(own(content, "flavors"))),
      projectNames: Object.fromEntries(
        Object.entries(objectIn(own(content, "projectNames"))).flatMap(([id, name]) =>
          typeof name === "string" ? [[id, name]] : [],
        ),
      ),
    },
    levels: levelsIn(objectIn(own(content, "levels")), file, rules),
  };
}

function parsed(text: string, file: string): JsonObject {
  try {
    const content: unknown = JSON.parse(text);
    if (typeof content === "object" && content !== null && !Array.isArray(content)) return content as JsonObject;
  } catch (error) {
    throw wrong(file, `is no JSON: ${(error as Error).message}`);
  }
  throw wrong(file, "must be an object");
}

function flavorsIn(flavors: JsonObject): Policy["flavors"] {
  const number = (value: unknown) => (typeof value === "number" ? value : undefined);
  return Object.fromEntries(
    Object.entries(flavors).map(([name, flavor]) => [
      name,
      { diskGb: number(own(objectIn(flavor), "diskGb")), ramMb: number(own(objectIn(flavor), "ramMb")) },
    ]),
  );
}

function levelsIn(levels: JsonObject, file: string, rules: readonly Rule[]): House["levels"] {
  return new Map(
    Object.entries(levels).map(([id, value]) => {
      const level = textIn(value);
      if (!rules.some((rule) => rule.id === id))
        throw wrong(file, `sets a level for ${JSON.stringify(id)}, and there is no such rule`);
      if (level !== "off" && !LEVELS.some((one) => one === level))
        throw wrong(file, `must set ${id} to ${LEVELS.join(", ")} or off, got ${JSON.stringify(value)}`);
      return [id, level as Level | "off"];
    }),
  );
}

function wrong(file: string, problem: string): HouseUnusable {
  return new HouseUnusable(`${file} ${problem}`);
}
