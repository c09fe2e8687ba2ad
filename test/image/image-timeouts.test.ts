import { mkdirSync, truncateSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { TerraformVariable } from "cdktf";
import { Digest, Image, type ImageProps, ImageSource } from "cdktf-openstack-images";
import { failure, only, synth } from "../support/synth";
import { BASE, inAppFolder, SHA512, source } from "./given";

// a file of many GiB takes no room here, but its digest would take minutes
jest.mock("../../lib/content/local-file", () => ({
  ...jest.requireActual("../../lib/content/local-file"),
  fileDigest: () => "f".repeat(128),
}));

const TYPE = "openstack_images_image_v2";
const GIB = 1024 ** 3;

function imageWith(props: Partial<ImageProps>) {
  return only(
    synth((stack) => new Image(stack, "Base", { source, ...props })),
    TYPE,
  );
}

function fileOf(sizeBytes: number, props: Partial<ImageProps> = {}) {
  return inAppFolder({}, () => {
    mkdirSync(dirname("images/disk.raw"), { recursive: true });
    writeFileSync("images/disk.raw", "");
    truncateSync("images/disk.raw", sizeBytes);
    return imageWith({ source: ImageSource.fromFile("images/disk.raw"), ...props });
  });
}

test.each([1, 90])("%d minutes come out", (createTimeoutMinutes) => {
  expect(imageWith({ createTimeoutMinutes })).toStrictEqual({
    ...BASE,
    timeouts: { create: `${createTimeoutMinutes}m` },
  });
});

test("minutes that are undefined are the provider's", () => {
  expect(imageWith({ createTimeoutMinutes: undefined })).toStrictEqual(BASE);
});

test("minutes that only Terraform knows come out as a reference", () => {
  const result = synth((stack) => {
    const createTimeoutMinutes = new TerraformVariable(stack, "v", {}).numberValue;
    new Image(stack, "Base", { source, createTimeoutMinutes });
  });
  expect(only(result, TYPE)).toStrictEqual({ ...BASE, timeouts: { create: "${var.v}m" } });
});

test.each([0, -1, 0.5, NaN])("fails when there are %d minutes", (createTimeoutMinutes) => {
  expect(failure((stack) => new Image(stack, "Base", { source, createTimeoutMinutes }))).toBe(
    `'createTimeoutMinutes' must be a whole number, 1 or more, got ${createTimeoutMinutes}; write it as a number, rounded up ` +
      "[AmountNotWhole at test/Base]",
  );
});

describe("a file", () => {
  test.each([
    ["of 4 GiB", 4 * GIB, undefined],
    ["one byte over 4 GiB", 4 * GIB + 1, { create: "31m" }],
    ["of 5 GiB", 5 * GIB, { create: "34m" }],
    ["of 40 GiB", 40 * GIB, { create: "174m" }],
  ])("%s has the time that it takes", (_, sizeBytes, timeouts) => {
    expect(fileOf(sizeBytes).timeouts).toStrictEqual(timeouts);
  });

  test("has the minutes that are given, also when they are fewer", () => {
    expect(fileOf(40 * GIB, { createTimeoutMinutes: 20 }).timeouts).toStrictEqual({ create: "20m" });
  });

  test("that is not here has the provider's", () => {
    const digest = Digest.sha512(SHA512);
    const block = inAppFolder({}, () => imageWith({ source: ImageSource.fromFile("disk.raw", { digest }) }));
    expect(block).not.toHaveProperty("timeouts");
  });
});
