import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "../..");

/** What says how something is done; each of its values is shown. Other values reach the cloud as they are: one shows all. */
const BEHAVIOURS = [
  "ContainerFormat",
  "DigestPin",
  "DiskFormat",
  "FamilyNaming",
  "ImageChange",
  "ImageMemberStatus",
  "ImageOwner",
  "ImageStage",
  "ImageVisibility",
  "NetworkMode",
  "OsPropertyChange",
  "PowerState",
  "RetirementPolicy",
  "VolumeRetypePolicy",
];

/** The verbs of `openstack-images` that ask a cloud; the others are shown without one. */
const VERBS = ["list", "save"];

/** All that the library offers, by the names of the API report: props and options, static methods, values of the enums above; the verbs above, and the examples. */
export function surface(): string[] {
  const report = readFileSync(join(ROOT, "docs/api/cdktf-openstack-images.api.md"), "utf8");
  const names: string[] = [];
  let type = "";
  // what images and families have in common goes by the name of the first
  const owner = () => (type === "ImageSettings" ? "ImageProps" : type);
  for (const line of report.split("\n")) {
    type = /^export (?:abstract )?(?:class|interface|enum) (\w+)/.exec(line)?.[1] ?? type;
    const [, option] = /^ {4}readonly (\w+)\??:/.exec(line) ?? [];
    const [, method] = /^ {4}static (\w+)\(/.exec(line) ?? [];
    const [, value] = /^ {4}(?:static readonly )?([A-Z][A-Z0-9_]*)(?: =|:)/.exec(line) ?? [];
    if (option && /(Props|Options|Attributes|Hints)$/.test(owner())) names.push(`${owner()}.${option}`);
    if (method && !method.startsWith("is")) names.push(`${type}.${method}`);
    if (value && BEHAVIOURS.includes(type)) names.push(`${type}.${value}`);
  }
  const examples = readdirSync(join(ROOT, "examples"), { withFileTypes: true }).filter((one) => one.isDirectory());
  const run = readFileSync(join(ROOT, "lib/cli/run.ts"), "utf8");
  const verbs = [...run.matchAll(/^ {2}\["(\w+)", async/gm)].map(([, verb]) => verb);
  return [
    ...names,
    ...verbs.filter((verb) => VERBS.includes(verb)).map((verb) => `command ${verb}`),
    ...examples.map(({ name }) => `example ${name}`),
  ];
}
