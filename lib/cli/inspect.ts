import { parseArgs } from "node:util";
import type { Inspection } from "../content/inspection/inspection";
import { inspectLocalFile } from "../content/inspection/local";
import { isUrl, lastName, nameFindings, shownLocation } from "./file-name";
import { printableJson } from "./printable";
import { minDiskGb, textOf } from "./report";
import { ExitCode, type Verb } from "./verb";

const USAGE = "inspect FILE|URL... [--json]";

/** The version of what `--json` prints. Keys may be added to it; one that goes or changes its meaning raises it. */
const SCHEMA_VERSION = 1;

/** Says what the bytes of images are. */
export const INSPECT: Verb = {
  usage: USAGE,
  summary:
    "says what the bytes of images are, what to declare, and what a cloud would refuse; ends with 2 for what is unsafe",
  options: { "--json": "as JSON" },
  async run(words, output) {
    const { values, positionals: locations } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: { json: { type: "boolean" } },
    });
    if (locations.length === 0) throw new Error(`inspect needs a file or a URL: openstack-images ${USAGE}`);

    const results: object[] = [];
    let code: ExitCode = ExitCode.FINE;
    for (const location of locations) {
      const shown = shownLocation(location);
      try {
        const inspection = await inspectAt(location);
        if (code === ExitCode.FINE && isUnsafe(inspection)) code = ExitCode.UNSAFE;
        results.push({ location: shown, ...withMinDisk(inspection) });
        if (!values.json) for (const line of textOf(shown, nameHere(location), inspection)) output.line(line);
      } catch (error) {
        code = ExitCode.FAILED;
        const { message } = error as Error;
        results.push({ location: shown, error: message });
        if (!values.json) output.error(`${shown}: ${message}`);
      }
    }
    if (values.json) {
      const document = { schemaVersion: SCHEMA_VERSION, inspections: results };
      for (const line of printableJson(document).split("\n")) output.line(line);
    }
    return code;
  },
};

async function inspectAt(location: string): Promise<Inspection> {
  const inspection = isUrl(location) ? await inspectRemote(location) : inspectLocalFile(location);
  return { ...inspection, findings: [...inspection.findings, ...nameFindings(lastName(location), inspection)] };
}

/** What it is called on this machine, or would be once it is downloaded. */
function nameHere(location: string): string {
  return isUrl(location) ? lastName(location) : location;
}

/** The network's modules are loaded only for a URL: a file needs no more than the start of Node. */
async function inspectRemote(location: string): Promise<Inspection> {
  if (!/^https?:/i.test(location)) throw new Error("is no URL of http or https; for a file give its path");
  return (await import("./http/remote-file")).inspectUrl(location);
}

function isUnsafe({ findings, inside }: Inspection): boolean {
  return findings.some(({ severity }) => severity === "unsafe") || (inside !== undefined && isUnsafe(inside));
}

function withMinDisk({ inside, ...inspection }: Inspection): object {
  return { ...inspection, minDiskGb: minDiskGb(inspection), inside: inside && withMinDisk(inside) };
}
