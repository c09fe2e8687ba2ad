import { numbered } from "../../content/inspection/printable";
import type { Message } from "../../rules/message";
import { NOTHING, ours, shortened, visible } from "./foreign";

/** What of Markdown stands in one place: code, or words that are escaped already. */
interface Piece {
  readonly isCode: boolean;
  readonly text: string;
}

/** Bytes that other people's text takes at most. */
const LONGEST_NAME = 160;

/** What stands for the rest of a message. */
const MORE = "…";

/**
 * Other people's text as code, in which no host looks for Markdown, HTML, mentions or references. It holds no backtick,
 * so that it cannot end before its end, and no `<`, since some look for comments and tags in the source.
 */
export function code(foreign: string, longest = LONGEST_NAME): string {
  return piecesIn([foreignPiece(foreign, longest)]).join("");
}

/** A message as Markdown on one line, of so many bytes at most: what is longer ends in `…`, between two pieces. */
export function markdown(message: Message, maxBytes: number): string {
  const pieces = piecesIn(
    message.flatMap((part) =>
      typeof part === "string" ? ownPieces(part) : [foreignPiece(part.foreign, LONGEST_NAME)],
    ),
  );
  if (bytesOf(pieces.join("")) <= maxBytes) return pieces.join("");
  let room = maxBytes - bytesOf(MORE);
  const kept = pieces.slice(
    0,
    pieces.findIndex((piece) => {
      room -= bytesOf(piece);
      return room < 0;
    }),
  );
  return kept.join("") + MORE;
}

export function bytesOf(text: string): number {
  return Buffer.byteLength(text);
}

function foreignPiece(foreign: string, longest: number): Piece {
  if (foreign === "") return { isCode: false, text: NOTHING };
  const whole = visible(shortened(foreign, longest)).replace(/[`<]/g, numbered);
  let text = whole;
  for (let length = longest; bytesOf(text) > longest; text = shortened(whole, length))
    length = Math.min(length - 1, Math.floor((length * longest) / bytesOf(text)));
  return { isCode: true, text };
}

/** Our words: of Markdown they have code alone. */
function ownPieces(text: string): Piece[] {
  return ours(text)
    .split(/(`[^`]+`)/)
    .flatMap((piece): Piece[] => {
      if (piece === "") return [];
      if (/^`[^`]+`$/.test(piece)) return [{ isCode: true, text: piece.slice(1, -1) }];
      // words, so that a message can end between them
      return piece.split(/(?<= )/).map((word) => ({ isCode: false, text: escaped(word) }));
    });
}

/** Text in which nothing is Markdown or HTML; an underscore within a word is none. */
function escaped(text: string): string {
  return text
    .replace(/[\\*[\]~|#$]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, "\\$&")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/`/g, "&#96;");
}

/** Two codes side by side would be one with other ends. */
function piecesIn(pieces: readonly Piece[]): readonly string[] {
  const merged: Piece[] = [];
  for (const piece of pieces) {
    const last = merged[merged.length - 1];
    if (last?.isCode && piece.isCode) merged[merged.length - 1] = { isCode: true, text: last.text + piece.text };
    else merged.push(piece);
  }
  return merged.map(({ isCode, text }) => (isCode ? spanOf(text) : text));
}

/** Of a space at both ends one is not shown. */
function spanOf(text: string): string {
  const space = /^ .*[^ ].* $/.test(text) ? " " : "";
  return `\`${space}${text}${space}\``;
}
