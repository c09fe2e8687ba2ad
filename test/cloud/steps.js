// Runs steps that need one another, each as soon as what it needs is done, and prints how long each took.

const seconds = (from) => ((Date.now() - from) / 1000).toFixed(1);

let interruption;

/** Lets no step begin any more. */
function interrupt(error) {
  interruption ??= error;
}

/**
 * A step is `{ needs, run }` by its name; `run` may say why there was nothing to do. The first failure stops what has not begun, and is thrown
 * once all that runs has ended: nothing goes on behind the prompt.
 */
async function runSteps(steps, print = console.log) {
  const begun = Date.now();
  const done = new Map();
  let failure;
  const step = (name) => {
    if (!steps[name]) throw new Error(`no step ${name}`);
    if (!done.has(name)) done.set(name, perform(name, steps[name]));
    return done.get(name);
  };
  const perform = async (name, { needs = [], run }) => {
    await Promise.all(needs.map(step));
    failure ??= interruption;
    if (failure) return;
    const from = Date.now();
    try {
      const note = await run();
      print(
        `[${seconds(begun).padStart(6)} s] ${name.padEnd(22)} ${seconds(from).padStart(6)} s${note ? `  ${note}` : ""}`,
      );
    } catch (error) {
      print(`[${seconds(begun).padStart(6)} s] ${name.padEnd(22)} failed`);
      failure ??= Object.assign(error, { step: name });
    }
  };
  await Promise.all(Object.keys(steps).map(step));
  if (failure) throw failure;
  return Number(seconds(begun));
}

module.exports = { interrupt, runSteps };
