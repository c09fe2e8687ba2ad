import type { TerraformStack } from "cdktf";
import { Image, ImageVisibility } from "cdktf-openstack-images";
import { failure } from "../support/synth";
import { newImage, newServer, newVolume } from "./samples";

const lost = { "%": "x" };

const cases: [string, string, (stack: TerraformStack) => unknown][] = [
  ["'properties'", "Golden", (stack) => newImage(stack, { properties: lost })],
  [
    "'properties'",
    "Rocky",
    (stack) => Image.fromLookup(stack, "Rocky", { visibility: ImageVisibility.PUBLIC, properties: lost }),
  ],
  ["'metadata'", "Web", (stack) => newServer(stack, { metadata: lost })],
  ["'metadata'", "Data", (stack) => newVolume(stack, { metadata: lost })],
  [
    "'additionalProperties' of 'schedulerHints'",
    "Web",
    (stack) => newServer(stack, { schedulerHints: { additionalProperties: lost } }),
  ],
  [
    "'additionalProperties' of 'schedulerHints'",
    "Data",
    (stack) => newVolume(stack, { schedulerHints: { additionalProperties: lost } }),
  ],
];

test.each(cases)("fails when %s of %s have a key that is lost", (what, id, build) => {
  expect(failure(build)).toBe(
    `${what} must not have the key "%", which is lost on its way; give it another [KeyLost at test/${id}]`,
  );
});
