import { finding } from "./finding";
import type { Format, Probe } from "./inspection";

const LOOKED_AT_BYTES = 4096;
// biome-ignore lint/suspicious/noControlCharactersInRegex: that it has none makes it text
const BINARY = /[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]/;

/** No disk begins with text. */
export const TEXT: Format = {
  name: "text",
  matches: (probe) => textOf(probe) !== undefined,
  inspect(probe) {
    const text = textOf(probe)?.trimStart() ?? "";
    const isHtml = text.startsWith("<") && /<(!doctype html|html)\b/i.test(text);
    return {
      format: "text",
      details: { kind: isHtml ? "html" : "other" },
      findings: [
        finding(
          "NotAnImage",
          isHtml
            ? "is a web page and no image: what a server shows instead of it, such as a login or an error"
            : "is text and no image",
        ),
      ],
    };
  },
};

/** The beginning when it is text. */
function textOf({ head, headLength }: Probe): string | undefined {
  const bytes = head.subarray(0, Math.min(headLength, LOOKED_AT_BYTES));
  if (bytes.length === 0 || BINARY.test(bytes.toString("latin1"))) return undefined;
  try {
    // stream: the last letter may be cut
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return undefined;
  }
}

/** Nothing at all. */
export const EMPTY: Format = {
  name: "empty",
  matches: ({ headLength, sizeBytes = 0 }) => headLength === 0 && sizeBytes === 0,
  inspect() {
    return { format: "empty", details: {}, findings: [finding("NotAnImage", "is empty")] };
  },
};
