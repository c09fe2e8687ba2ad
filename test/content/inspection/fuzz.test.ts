import { CONTENTS } from "./contents";
import { fuzz } from "./fuzz/fuzz";

/** The long run is `npm run fuzz:inspection`. */
test("survives mutated files: no crash, no second without an answer, no memory kept", () => {
  const report = fuzz(Object.values(CONTENTS), 3000, 20_251_121);
  expect(report.failure).toBeUndefined();
  expect(report.inputs).toBe(3000);
  expect(report.growthMb).toBeLessThan(64);
}, 60_000);
