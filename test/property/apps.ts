import * as fc from "fast-check";
import { AppDescription, StackDescription } from "./build";
import { MakeRaw } from "./described";
import { anyFamily } from "./families";
import { anyImage } from "./images";
import { anyLaunch } from "./launches";
import { dependsOn } from "./values";

const make = fc.oneof(
  { weight: 5, arbitrary: anyImage },
  { weight: 2, arbitrary: anyFamily },
  { weight: 5, arbitrary: anyLaunch },
  { weight: 1, arbitrary: dependsOn.map((refs) => new MakeRaw(refs)) },
);

const stack = fc
  .record({
    makes: fc.array(make, { minLength: 1, maxLength: 6 }),
    hasPlainProvider: fc.oneof(
      { weight: 4, arbitrary: fc.constant(true) },
      { weight: 1, arbitrary: fc.constant(false) },
    ),
    isNested: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  })
  .map(({ makes, hasPlainProvider, isNested }) => new StackDescription(makes, hasPlainProvider, isNested));

/** A valid app: it synthesizes without an error, and Terraform accepts each of its stacks. */
export const anyApp: fc.Arbitrary<AppDescription> = fc
  .oneof(
    { weight: 3, arbitrary: fc.tuple(stack) },
    { weight: 1, arbitrary: fc.array(stack, { minLength: 2, maxLength: 3 }) },
  )
  .map((stacks) => new AppDescription(stacks));
