import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "../..");

/** What says how something is done; each of its values is shown. Other values reach the cloud as they are: one shows all. */
const BEHAVIOURS = [
  "ContainerFormat",
  "DigestPin",
  "DiskFormat",
  "ImageChange",
  "ImageMemberStatus",
  "ImageOwner",
  "ImageVisibility",
  "NetworkMode",
  "OsPropertyChange",
  "PowerState",
  "VolumeRetypePolicy",
];

/** All that the library offers, by the names of the API report: props and options, static methods, values of the enums above; and the examples. */
export function surface(): string[] {
  const report = readFileSync(join(ROOT, "docs/api/cdktf-openstack-images.api.md"), "utf8");
  const names: string[] = [];
  let type = "";
  for (const line of report.split("\n")) {
    type = /^export (?:abstract )?(?:class|interface|enum) (\w+)/.exec(line)?.[1] ?? type;
    const [, option] = /^ {4}readonly (\w+)\??:/.exec(line) ?? [];
    const [, method] = /^ {4}static (\w+)\(/.exec(line) ?? [];
    const [, value] = /^ {4}(?:static readonly )?([A-Z][A-Z0-9_]*)(?: =|:)/.exec(line) ?? [];
    if (option && /(Props|Options|Attributes|Hints)$/.test(type)) names.push(`${type}.${option}`);
    if (method && !method.startsWith("is")) names.push(`${type}.${method}`);
    if (value && BEHAVIOURS.includes(type)) names.push(`${type}.${value}`);
  }
  const examples = readdirSync(join(ROOT, "examples"), { withFileTypes: true }).filter((one) => one.isDirectory());
  return [...names, ...examples.map(({ name }) => `example ${name}`)];
}
