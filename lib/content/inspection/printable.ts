/** What moves the cursor, changes colours, breaks the line or turns the direction of text. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** One line of text in which such characters are written as their numbers. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, numbered);
}

/** A character as its number, in ASCII. */
export function numbered(character: string): string {
  return `\\u{${character.codePointAt(0)?.toString(16)}}`;
}

/** JSON of ASCII alone, which says the same and steers no terminal. */
export function printableJson(value: unknown): string {
  const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(value, null, 2).replace(/[\x7f-\uffff]/g, escaped);
}
