import { listIn, objectIn, own, textIn } from "../rules/json";
import { HouseUnusable } from "./house";

/** That somebody has seen a finding, and why it may be. */
export interface Acknowledgement {
  readonly rule: string;
  readonly address: string;
  /** The finding's; another change of the same resource is another finding. */
  readonly fingerprint: string;
  readonly reason: string;
  /** The last day on which it counts, as 2027-01-31. */
  readonly expires: string;
}

const KEYS = ["rule", "address", "fingerprint", "reason", "expires"] as const;

/** Reads a file of acknowledgements: a JSON list. */
export function acknowledgementsIn(text: string, file: string): readonly Acknowledgement[] {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new HouseUnusable(`${file} is no JSON: ${(error as Error).message}`);
  }
  if (!Array.isArray(content)) throw new HouseUnusable(`${file} must be a list of ${KEYS.join(", ")}`);
  return listIn(content).map((each, i) => {
    const object = objectIn(each);
    for (const key of KEYS) {
      if ((textIn(own(object, key)) ?? "").trim() === "")
        throw new HouseUnusable(`${file}[${i}] must have a text for ${key}; it takes ${KEYS.join(", ")}`);
    }
    const expires = String(own(object, "expires"));
    if (!/^\d{4}-\d\d-\d\d$/.test(expires) || Number.isNaN(Date.parse(expires)))
      throw new HouseUnusable(`${file}[${i}].expires must be a day like 2027-01-31, got ${JSON.stringify(expires)}`);
    return Object.fromEntries(KEYS.map((key) => [key, String(own(object, key))])) as unknown as Acknowledgement;
  });
}
