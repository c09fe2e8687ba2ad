import { numbered, printable, printableJson } from "../../content/inspection/printable";
import type { Message } from "../../rules/message";

/** What a text says, when other people's is empty. */
export const NOTHING = "(empty)";

/**
 * Other people's text on one line, in which nothing steers what shows it: no control character, none that turns the
 * direction of text, no half of a pair. `##` begins a command in the logs of Azure Pipelines (`##vso[`) and GitHub (`##[`).
 */
export function visible(text: string): string {
  return printable(text)
    .replace(/\p{Cs}/gu, numbered)
    .replace(/##/g, "#\\u{23}");
}

/** What stands for itself: addresses, ids, names without spaces. It cannot begin as `::`, a command of GitHub's logs. */
const PLAIN = /^\w[\w.:/@=+[\]"-]*$/;

/** Far more than any address has: what is longer is made to be. */
const LONGEST = 1000;

/** Other people's text among ours: in quotes, unless nobody could take it for our words. */
export function quoted(foreign: string): string {
  if (foreign === "") return NOTHING;
  const text = shortened(foreign, LONGEST);
  return PLAIN.test(text) && !text.includes("##") ? text : `'${visible(text).replace(/'/g, numbered)}'`;
}

/** A message on one line for people. */
export function line(message: Message): string {
  return message.map((part) => (typeof part === "string" ? ours(part) : quoted(part.foreign))).join("");
}

/** A document that steers no log that it is printed to. */
export function document(content: unknown): string {
  return `${printableJson(content).replace(/##/g, "#\\u0023")}\n`;
}

/** Our words on one line. */
export function ours(text: string): string {
  return text.replace(/\s+/g, " ");
}

/** The beginning and the end of a text that is longer than so many characters. */
export function shortened(text: string, length: number): string {
  if (text.length <= length) return text;
  // most of a text of megabytes is not looked at
  const ends = text.length > 8 * length ? text.slice(0, 4 * length) + text.slice(-4 * length) : text;
  const characters = [...ends];
  if (characters.length <= length) return ends;
  const tail = Math.floor((length - 1) / 3);
  return `${characters.slice(0, length - 1 - tail).join("")}…${characters.slice(-tail).join("")}`;
}
