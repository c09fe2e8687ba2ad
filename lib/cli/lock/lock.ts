import { interruptible } from "../interruptible";
import type { Verb } from "../verb";
import { OPTIONS, USAGE } from "./options";
import { lock } from "./run";
import { processSettings } from "./settings";

/** Writes into the lock file what the sources of the images hold. */
export const LOCK: Verb = {
  usage: USAGE,
  summary: "writes images.lock.json: what the images' sources hold; or says what has moved since",
  options: OPTIONS,
  async run(words, output) {
    return interruptible(async (signal) => {
      try {
        return await lock(words, output, processSettings(signal));
      } catch (error) {
        if (signal.aborted) output.error("interrupted: images.lock.json is as it was");
        throw error;
      }
    });
  },
};
