import type { StoredImage } from "./stored-image";

/** The longest name that file systems have, in bytes. */
const NAME_BYTES = 255;
/** What turns the direction of text, steers a terminal or is no character. */
const UNWANTED = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** The file in the working directory that an image is saved to, whoever named it and how. */
export function defaultFile({ name = "", id, diskFormat = "" }: StoredImage): string {
  const format = safe(diskFormat);
  const ending = format === "" ? "" : `.${format}`;
  const stem = safe(name) || id;
  return cut(stem.endsWith(ending) ? stem.slice(0, stem.length - ending.length) : stem, ending);
}

/** Neither a path, nor hidden, nor an option of the next command. */
function safe(text: string): string {
  return text
    .replace(UNWANTED, "")
    .replace(/[/\\]/g, "-")
    .replace(/^[\s.-]+|\s+$/g, "");
}

function cut(stem: string, ending: string): string {
  const characters = [...stem];
  while (Buffer.byteLength(`${characters.join("")}${ending}`) > NAME_BYTES) characters.pop();
  return `${characters.join("")}${ending}`;
}
