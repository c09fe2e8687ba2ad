import { createHash } from "node:crypto";
import { join, relative } from "node:path";
import * as fc from "fast-check";
import { inAppFolder } from "../image/given";
import { synthApp } from "../support/synth";
import {
  describeWithSchemaServer,
  describeWithTerraform,
  type TerraformKit,
  temporaryDirectory,
} from "../support/terraform";
import { publicApi } from "./api";
import { NOWHERE } from "./batch";
import { AppDescription, build, StackDescription } from "./build";
import { lookups, NO_TEXT, type Placed, resources, upload, VARIABLE } from "./places";
import { SEED, TIMEOUT_MS } from "./runs";
import { FILES } from "./sources";
import { Usage } from "./usage";

const API = publicApi();

const SETS = 50;
/** Twice as many in a plan take Terraform far more than twice as long. */
const SETS_PER_PLAN = 5;

type Values = Record<string, unknown>;

/** The values in a plan, by address. */
function planned(kit: TerraformKit, all: Placed[], usage: Usage, outdir?: string): Map<string, Values> {
  const makes = all.map(({ make }) => make);
  const description = new AppDescription([new StackDescription(makes, true, false)]);
  const { stack0 } = synthApp((app) => build(app, description, usage, NOWHERE), { outdir });
  const variables = ["string", "secret"].filter((name) => stack0.json.variable?.[name]);
  const set = variables.flatMap((name) => ["-var", `${name}=${VARIABLE}`]);
  const plan = kit.plan(stack0.stackFolder, "-refresh=false", ...set);
  const prior = plan.prior_state as { values: { root_module: { resources: { address: string; values: Values }[] } } };
  return new Map([
    ...(prior?.values.root_module.resources ?? []).map(({ address, values }) => [address, values] as const),
    ...(plan.resource_changes ?? []).map(({ address, change }) => [address, change.after ?? {}] as const),
  ]);
}

/** What of the values was said, with an order where there is none. */
function asSaid(values: unknown, said: unknown): unknown {
  if (said instanceof Set) return [...(values as Iterable<string>)].sort();
  if (said instanceof Map) return [...(values instanceof Map ? values : Object.entries(values as Values))].sort();
  if (Array.isArray(said)) return (values as unknown[]).map((entry, i) => asSaid(entry, said[i]));
  if (typeof said !== "object" || said === null) return values;
  return Object.fromEntries(Object.entries(said).map(([key, entry]) => [key, asSaid((values as Values)[key], entry)]));
}

/** The provider keeps user data as its hash. */
function withHash(said: Values): Values {
  const { user_data: text } = said;
  return text === undefined ? said : { ...said, user_data: createHash("sha1").update(String(text)).digest("hex") };
}

/** The values of the one resource whose address begins so: that of an image in a family goes on with the version. */
function valuesOf(start: string, planned: Map<string, Values>): Values {
  return [...planned].find(([address]) => address.startsWith(start))?.[1] ?? {};
}

function expectInPlan(kit: TerraformKit, sets: Placed[][], usage = new Usage(API), outdir?: string): void {
  for (let start = 0; start < sets.length; start += SETS_PER_PLAN) {
    const all = sets.slice(start, start + SETS_PER_PLAN).flat();
    const values = planned(kit, all, usage, outdir);
    const said = all.map((placed) => (kit.kind === "real" ? withHash(placed.said) : placed.said));
    const found = all.map(({ type }, i) => asSaid(valuesOf(`${type}.C${i}_`, values), said[i]));
    expect(found).toStrictEqual(said.map((each) => asSaid(each, each)));
  }
}

/** The props that take text, and were given none. */
function textPropsWithout(usage: Usage): string[] {
  const isText = (type?: string) => type === "string" || type?.startsWith("{ [key: string]: string");
  return usage.missing().filter((part) => {
    const [type, prop] = part.split(".");
    return isText(API.interfaces.get(type)?.get(prop)) && !NO_TEXT.includes(part);
  });
}

/** Methods hand these on to constructors, whose props are among the others. */
function isHandedOn(prop: string): boolean {
  return /^(ImageMember|VolumeAttachment)Options\./.test(prop);
}

function isOfLookup(prop: string): boolean {
  return /^\w+(Lookup|List)Options\./.test(prop);
}

describeWithTerraform(`the random texts of seed ${SEED}`, (kit) => {
  test(
    "reach the plan byte for byte in all props that take text",
    () => {
      const usage = new Usage(API);
      expectInPlan(kit, fc.sample(resources, { seed: SEED, numRuns: SETS }), usage);
      expect(textPropsWithout(usage).filter((prop) => !isOfLookup(prop) && !isHandedOn(prop))).toStrictEqual([]);
    },
    TIMEOUT_MS,
  );

  test(
    "reach the plan byte for byte as the path of a file",
    () => {
      inAppFolder(FILES, (folder) => {
        const outdir = temporaryDirectory("uploads");
        const stack = join(outdir, "stacks", "stack0");
        const all = Object.keys(FILES).map((path) => upload(path, relative(stack, join(folder, path))));
        expectInPlan(kit, [all], new Usage(API), outdir);
      });
    },
    TIMEOUT_MS,
  );
});

describeWithSchemaServer(`the random texts of seed ${SEED}`, (kit) => {
  test(
    "reach the plan byte for byte in the props of lookups",
    () => {
      const usage = new Usage(API);
      expectInPlan(kit, fc.sample(lookups, { seed: SEED, numRuns: SETS }), usage);
      expect(textPropsWithout(usage).filter(isOfLookup)).toStrictEqual([]);
    },
    TIMEOUT_MS,
  );
});
