import * as fc from "fast-check";

/** What Terraform, JSON, a shell or cdktf could take for its own, and characters that are often lost. */
const PIECES = [
  ..."${}%~\"'\\`#/*?&=.:,;<>()[]^!-_@|1Aé漢😀",
  ...[
    "${",
    "%{",
    "$${",
    "%%{",
    "~}",
    "}",
    "\n",
    "\r",
    "\r\n",
    "\t",
    " ",
    "  ",
    "\0",
    "\u0001",
    "\u007f",
    "\u0085",
    "\u00a0",
  ],
  ...["\u2028", "\u200d", "\u202e", "\ufeff", "q\u0307", "👩‍👩‍👧", "𝒳", "\uffff", "\\n", "\\u0041", "\\${"],
  ...[
    "if",
    "endif",
    "var.a",
    "self",
    "path.module",
    "null",
    "true",
    "0",
    "1e5",
    "-8.1095",
    "e+298",
    "TfToken[",
    "<<EOT",
    "//",
  ],
];

/** Terraform normalizes every string to NFC. And cdktf knows its tokens by what they look like. */
function isCarried(text: string): boolean {
  return text === text.normalize("NFC") && !/[$#&]\{TfToken\[[\w.:-]+\]\}/.test(text);
}

/** Any text that Terraform can hold, and more often what it could misread. */
export function text({ minLength = 0, maxLength = 40 } = {}): fc.Arbitrary<string> {
  return fc
    .oneof(
      { weight: 6, arbitrary: fc.string({ unit: fc.constantFrom(...PIECES), minLength, maxLength }) },
      { weight: 2, arbitrary: fc.string({ unit: "grapheme", minLength, maxLength }) },
      { weight: 1, arbitrary: fc.string({ unit: "binary", minLength, maxLength }) },
      {
        weight: 1,
        arbitrary: fc.constantFrom(...PIECES).map((piece) => piece.repeat(maxLength)),
      },
    )
    .map((value) => value.normalize("NFC"))
    .filter(isCarried);
}

/** Text that holds more than spaces, as names must. */
export const name = text({ minLength: 1 }).filter((value) => value.trim() !== "");

/** What Nova takes as a zone, but for the form that names a host in any zone, which the provider drops. */
export const zone = name.filter((value) => !value.startsWith(":"));

/** What names a child of a construct: `constructs` holds what every object has, such as `valueOf`, for a child that is there already. */
export const childName = name.filter((value) => !(value in {}));

/** What a version of a family may be called. */
export const versionName = childName.filter((value) => !value.includes("/"));

/** Text of many kilobytes, such as user data. */
export const longText = fc.oneof(
  { weight: 9, arbitrary: text() },
  {
    weight: 1,
    arbitrary: fc.tuple(name, fc.integer({ min: 1, max: 500 })).map(([line, times]) => `${line}\n`.repeat(times)),
  },
);

/** What Glance takes as a tag. */
export const imageTag = name.filter((value) => value.length <= 255);

/** What Nova takes as a tag. */
export const serverTag = name.filter((value) => /^[^,/]{1,60}$/.test(value));
