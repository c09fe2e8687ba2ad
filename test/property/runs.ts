/**
 * How many cases the property tests take, and which: the same ones in every run, unless the environment says otherwise.
 * `OSI_TEST_SEED=7 OSI_TEST_RUNS=10000` takes others, and more of them; fast-check prints the seed of a failure.
 */
export const SEED = number("OSI_TEST_SEED", 20_251_121);
export const RUNS = number("OSI_TEST_RUNS", 2000);

/** For a run of many more; nothing is expected to be done in this time. */
export const TIMEOUT_MS = 60 * 60_000;

function number(variable: string, otherwise: number): number {
  const value = Number(process.env[variable] ?? otherwise);
  if (Number.isInteger(value) && value >= 0) return value;
  throw new Error(`${variable} must be a whole number, got '${process.env[variable]}'`);
}
