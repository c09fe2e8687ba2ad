import { stripVTControlCharacters } from "node:util";

/** What is said when it fails, which it must; in one line. */
export function failureOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return oneLine((error as Error).message);
  }
  throw new Error("it did not fail");
}

/** A command's text without colours, frames and line breaks. */
export function oneLine(text: string): string {
  return stripVTControlCharacters(text).replace(/[│╷╵]/g, " ").replace(/\s+/g, " ");
}
