import { IMAGE } from "./rows/image";
import { FLAVOR, IMAGE_LIST, IMAGE_LOOKUP } from "./rows/lookup";
import { ACCEPTANCE, MEMBER } from "./rows/member";
import { SERVER } from "./rows/server";
import { ATTACHMENT, VOLUME } from "./rows/volume";
import type { Change, Table } from "./table";

/** The coverage of the provider's arguments, in the order of the document. */
export const TABLES: readonly Table[] = [
  IMAGE,
  MEMBER,
  ACCEPTANCE,
  SERVER,
  VOLUME,
  ATTACHMENT,
  IMAGE_LOOKUP,
  IMAGE_LIST,
  FLAVOR,
];

export function changesIn({ rows }: Table): readonly { readonly argument: string; readonly change: Change }[] {
  return rows.flatMap((row) =>
    "changes" in row ? row.changes.map((change) => ({ argument: row.argument, change })) : [],
  );
}
