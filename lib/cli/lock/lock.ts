import { ExitCode, type Verb } from "../verb";
import { USAGE } from "./options";
import { lock } from "./run";
import { processSettings } from "./settings";

/** What asks a program to end, and what it then ends with. */
const STOPS = { SIGINT: ExitCode.INTERRUPTED, SIGTERM: ExitCode.TERMINATED } as const;

/** Writes into the lock file what the sources of the images hold. */
export const LOCK: Verb = {
  usage: USAGE,
  summary: "writes images.lock.json: what the images' sources hold; or says what has moved since",
  async run(words, output) {
    const controller = new AbortController();
    let code: ExitCode | undefined;
    // also when it comes twice: npx hands on what a terminal sends to all
    const listeners = Object.entries(STOPS).map(([name, ends]) => {
      const stop = () => {
        code ??= ends;
        controller.abort(new Error("it was interrupted"));
      };
      process.on(name, stop);
      return () => process.off(name, stop);
    });
    try {
      return await lock(words, output, processSettings(controller.signal));
    } catch (error) {
      if (code === undefined) throw error;
      output.error("interrupted: images.lock.json is as it was");
      return code;
    } finally {
      for (const remove of listeners) remove();
    }
  },
};
