import type { Inspection } from "../../content/inspection/inspection";
import type { Source } from "./source";
import type { Work } from "./work";

/** What no image is. */
const NO_IMAGE = ["text", "empty"];

/** Glance's word for what an image's bytes are, and the size of the disk in them. */
export function imageFormat(
  { shown }: Source,
  inspection: Inspection,
  { note }: Pick<Work, "note">,
): { readonly diskFormat: string; readonly virtualSizeBytes?: number } {
  const { format, findings } = inspection;
  const broken = findings.find(
    ({ code }) => code === "Truncated" || (code === "NotAnImage" && NO_IMAGE.includes(format)),
  );
  if (broken) throw new Error(broken.message);
  // what is meant to stay packed is the disk inside
  const disk = inspection.diskFormat === undefined ? (inspection.inside ?? inspection) : inspection;
  for (const { severity, code, message } of [...findings, ...(inspection.inside?.findings ?? [])])
    if (severity === "unsafe") note(`${shown}: UNSAFE ${code}: ${message}`);
  return {
    diskFormat: inspection.diskFormat ?? disk.diskFormat ?? format,
    ...(disk.virtualSizeBytes === undefined ? {} : { virtualSizeBytes: disk.virtualSizeBytes }),
  };
}
