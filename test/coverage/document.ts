import { join } from "node:path";
import { pinned } from "../provider/schema";
import { type Change, OnChange, type Row, type Table } from "./table";

/** Where the document lies. */
export const DOCUMENT = join(__dirname, "..", "..", "docs", "coverage.md");

/** What writes it. */
export const COMMAND = "npm run coverage:docs";

const MEANINGS: Record<OnChange, string> = {
  [OnChange.IN_PLACE]: "an update: it keeps its id and what it holds",
  [OnChange.REPLACES]: "it is destroyed and made anew, with another id",
  [OnChange.REBUILDS]: "an update, no more; but Nova rebuilds the server, which keeps its id, ports and addresses",
  [OnChange.NOTHING]: "no change",
  [OnChange.READS_ANEW]: "no change: a data source is read at every plan, and finds what then matches",
};

/** The coverage of the provider's arguments as Markdown. */
export function document(tables: readonly Table[]): string {
  const overview = tables.map((table) => {
    const reached = table.rows.filter((row) => "changes" in row).length;
    const counts = [table.rows.length, reached, table.rows.length - reached].map(String);
    return [`[\`${table.type}\`](#${anchor(table)})`, table.madeBy, ...counts];
  });
  const meanings = Object.entries(MEANINGS).map(([onChange, meaning]) => [onChange, meaning]);
  const parts = [
    "# Coverage",
    `Every argument of these resources and data sources of the OpenStack provider ${pinned.version}: the prop that sets it, and what a plan does\n` +
      "when it changes. What the provider only reports (`checksum`) and Terraform's own `id` are no arguments. This page is written by\n" +
      `\`${COMMAND}\` from the rows in \`test/coverage/rows\`.`,
    markdownTable(["", "made by", "arguments", "reached", "not offered"], overview),
    markdownTable(["on change", "what the plan says"], meanings),
    "What stands after a verdict is what the plan does not say.\n\n" +
      "A test is run by its title, as a pattern: `npx jest test/coverage -t 'min_disk_gb: 4, then 8'` (a `[` wants a backslash). Those in `arguments.test.ts` hold that the prop sets\n" +
      "the argument and no other, and that no argument is without a row. `changes.test.ts` holds, one test for each resource, that the\n" +
      "provider plans what stands here.",
    ...tables.map(section),
  ];
  return `${parts.join("\n\n")}\n`;
}

function section(table: Table): string {
  const rows = table.rows.flatMap(lines);
  const reasons = table.rows.flatMap((row) => ("reason" in row ? [`- \`${row.argument}\`: ${row.reason}`] : []));
  return [
    heading(table),
    `Made by ${table.madeBy}.`,
    table.preface,
    markdownTable(["argument", "prop", "on change", "test"], rows),
    reasons.length > 0 ? `Not offered:\n\n${reasons.join("\n")}` : undefined,
  ]
    .filter((part) => part !== undefined)
    .join("\n\n");
}

/** A line for each change, under the argument's name once. */
function lines(row: Row): string[][] {
  if ("reason" in row) return [];
  return row.changes.map((change, i) => {
    return [i === 0 ? `\`${row.argument}\`` : "", `\`${change.prop}\``, verdict(change), `\`${change.title}\``];
  });
}

function verdict({ onChange, note }: Change): string {
  return note === undefined ? onChange : `${onChange}; ${note}`;
}

function heading({ type }: Table): string {
  return `## ${type}`;
}

/** As GitHub makes it of a heading. */
function anchor(table: Table): string {
  return heading(table).slice(3).replaceAll(".", "");
}

function markdownTable(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [columns, ...rows].map((row) => row.map((cell) => cell.replaceAll("|", "\\|")));
  const widths = columns.map((_, i) => Math.max(3, ...cells.map((row) => row[i].length)));
  const line = (row: readonly string[]) => `| ${row.map((cell, i) => cell.padEnd(widths[i])).join(" | ")} |`;
  const rule = widths.map((width) => "-".repeat(width));
  return [line(cells[0]), line(rule), ...cells.slice(1).map(line)].join("\n");
}
