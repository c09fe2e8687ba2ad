import { parseArgs } from "node:util";
import { bytesShown } from "./bytes-shown";
import { type ProjectImage, projectImages } from "./cloud/project-images";
import { OpenstackCommand } from "./openstack-command";
import { printable, printableJson } from "./printable";
import { ExitCode, type Verb } from "./verb";

const USAGE = "list [--cloud NAME] [--hidden] [--json]";

/** The version of what `--json` prints. Keys may be added to it; one that goes or changes its meaning raises it. */
const SCHEMA_VERSION = 1;

const COLUMNS: Readonly<Record<string, (image: ProjectImage) => string>> = {
  NAME: ({ name }) => name ?? "-",
  ID: ({ id }) => id,
  ACCESS: ({ access, hidden }) => (hidden ? `${access}, hidden` : access),
  FORMAT: ({ diskFormat }) => diskFormat ?? "-",
  SIZE: ({ sizeBytes }) => (sizeBytes === null ? "-" : bytesShown(sizeBytes)),
  "MIN DISK": ({ minDiskGb }) => (minDiskGb === 0 ? "-" : `${minDiskGb} GiB`),
  CREATED: ({ createdAt }) => createdAt,
};

/** Says what images a project can boot. */
export const LIST: Verb = {
  usage: USAGE,
  summary: "says what images the project can boot: its own, shared ones, public ones, the community's",
  options: {
    "--cloud NAME": "the one of clouds.yaml; else that of OS_CLOUD",
    "--hidden": "those too that are hidden from lists",
    "--json": "as JSON",
  },
  async run(words, output) {
    const { values } = parseArgs({
      args: [...words],
      options: { cloud: { type: "string" }, hidden: { type: "boolean" }, json: { type: "boolean" } },
    });
    const found = await projectImages(new OpenstackCommand(values.cloud), values.hidden === true);
    const lines = values.json
      ? printableJson({ schemaVersion: SCHEMA_VERSION, ...found }).split("\n")
      : tableOf(found.images);
    for (const line of lines) output.line(line);
    return ExitCode.FINE;
  },
};

function tableOf(images: readonly ProjectImage[]): string[] {
  if (images.length === 0) return ["no image that the project can boot"];
  const rows = [Object.keys(COLUMNS), ...images.map((image) => Object.values(COLUMNS).map((cell) => cell(image)))];
  const cells = rows.map((row) => row.map(printable));
  const widths = Object.keys(COLUMNS).map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  return cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join("  ")
      .trimEnd(),
  );
}
