import { App } from "cdktf";
import * as fc from "fast-check";
import { inAppFolder } from "../image/given";
import { temporaryDirectory } from "../support/terraform";
import { publicApi } from "./api";
import { anyApp } from "./apps";
import { build } from "./build";
import { SEED, TIMEOUT_MS } from "./runs";
import { FILES } from "./sources";
import { Usage } from "./usage";

const API = publicApi();

/** What is an error wherever it is given, and inherited from `Image`. */
const REFUSED = ["RegionalImageProps.region"];

/** Makes nothing that Terraform could refuse: test/policy has it on random apps, and each of its options. */
const AT_SYNTH = /^(ImagePolicy|ImagePolicyProps|PolicyLevel)(\.|$)/;

const missing = (usage: Usage) => usage.missing().filter((name) => !REFUSED.includes(name) && !AT_SYNTH.test(name));

/** Far more than it takes: what is used seldom is used by one in a hundred. */
const APPS = 2000;

test(
  "the random apps use every prop, option, choice, factory and method of the public API",
  () =>
    inAppFolder(FILES, () => {
      const usage = new Usage(API);
      const outdir = temporaryDirectory("unused");
      for (const app of fc.sample(anyApp, { seed: SEED, numRuns: APPS })) {
        build(new App({ outdir }), app, usage);
        if (missing(usage).length === 0) break;
      }
      expect(missing(usage)).toStrictEqual([]);
    }),
  TIMEOUT_MS,
);

test("fails when a prop, an option, a choice, a factory or a method is used by none", () => {
  const usage = new Usage(API);
  usage.note("ImageSource.fromUrl", ["https://images.test/a.raw", { username: "reader" }]);
  const missing = usage.missing();
  expect(missing).not.toContain("ImageSource.fromUrl");
  expect(missing).not.toContain("UrlSourceOptions.username");
  expect(missing).toEqual(
    expect.arrayContaining([
      "Architecture.X86_64",
      "DiskFormat.RAW",
      "Image",
      "Image.addMember",
      "ImageProps.region",
      "SchedulerHints.group",
      "UrlSourceOptions.password",
    ]),
  );
});

test("fails when a call is noted that the API has not", () => {
  expect(() => new Usage(API).note("Image.fromNowhere", [])).toThrow("the API has no Image.fromNowhere");
});
