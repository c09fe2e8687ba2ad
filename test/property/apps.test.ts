import * as fc from "fast-check";
import { inAppFolder } from "../image/given";
import { type Synthesis, synthApp } from "../support/synth";
import { describeWithTerraform, type TerraformKit } from "../support/terraform";
import { publicApi } from "./api";
import { anyApp } from "./apps";
import { Batch, type Rejection } from "./batch";
import { type AppDescription, build } from "./build";
import { RUNS, SEED, TIMEOUT_MS } from "./runs";
import { FILES } from "./sources";
import { Usage } from "./usage";

const STACKS_PER_BATCH = 100;

/** A plan takes longer, and what it alone finds is in how the provider reads its arguments. */
const PLANNED_RUNS = Math.ceil(RUNS / 4);

type Command = ConstructorParameters<typeof Batch>[1];

const usage = new Usage(publicApi());

function synthesized(description: AppDescription): Record<string, Synthesis> {
  return synthApp((app) => build(app, description, usage));
}

/** What Terraform says of the first batch that it rejects. A synthesis that fails is fast-check's to report. */
function firstRejections(kit: TerraformKit, command: Command, numRuns: number): Rejection[] {
  let rejections: Rejection[] = [];
  let batch = new Batch(kit, command);
  let app = 0;
  fc.assert(
    fc.property(anyApp, (description) => {
      if (rejections.length > 0) return;
      batch.add(app++, synthesized(description));
      if (batch.size < STACKS_PER_BATCH) return;
      rejections = batch.run();
      batch = new Batch(kit, command);
    }),
    { seed: SEED, numRuns },
  );
  return rejections.length > 0 ? rejections : batch.run();
}

/** Fails with the smallest app that is rejected in the place of this one, each tried alone. */
function tryAlone(kit: TerraformKit, command: Command, app: number): void {
  fc.assert(
    fc.property(anyApp, (description) => {
      const alone = new Batch(kit, command);
      alone.add(app, synthesized(description));
      const [rejection] = alone.run();
      if (rejection) throw new Error(rejection.message);
    }),
    { seed: SEED, path: String(app), numRuns: 1, interruptAfterTimeLimit: 120_000 },
  );
}

function expectNoRejection(kit: TerraformKit, command: Command, numRuns: number): void {
  const rejections = firstRejections(kit, command, numRuns);
  // a provider that crashed leaves others without an answer, which are fine alone
  for (const app of new Set(rejections.map((rejection) => rejection.app))) tryAlone(kit, command, app);
  expect(rejections).toStrictEqual([]);
}

describeWithTerraform(`the random apps of seed ${SEED}`, (kit) => {
  test(
    `synthesize, and Terraform accepts every stack of ${RUNS}`,
    () => inAppFolder(FILES, () => expectNoRejection(kit, "validate", RUNS)),
    TIMEOUT_MS,
  );

  test(
    `are planned, where nothing is read: the stacks of ${PLANNED_RUNS}`,
    () => inAppFolder(FILES, () => expectNoRejection(kit, "plan", PLANNED_RUNS)),
    TIMEOUT_MS,
  );
});
