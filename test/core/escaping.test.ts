import { TerraformOutput, type TerraformStack, TerraformVariable } from "cdktf";
import { hcl } from "../../lib/core/hcl";
import { literal } from "../../lib/core/literal";
import { synth } from "../support/synth";
import { applyPlain, testWithPlainTerraform } from "../support/terraform";

const ALPHABET = [
  "$",
  "{",
  "}",
  "%",
  '"',
  "\\",
  "\n",
  "~",
  "if",
  " ",
  "a",
  "1",
  "e5",
  "-",
  "${",
  "%{",
  "$${",
  "%%{",
  "é",
];
const COUNT = 300;

/** Mulberry32: the same texts in every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Texts of up to twelve pieces of the alphabet; each of the tokens stands in some of them. */
function texts(seed: number, token = ""): string[] {
  const next = random(seed);
  const pieces = token === "" ? ALPHABET : [...ALPHABET, token, token, token];
  return Array.from({ length: COUNT }, () =>
    Array.from({ length: 1 + Math.floor(next() * 12) }, () => pieces[Math.floor(next() * pieces.length)]).join(""),
  );
}

/** Gives the texts to Terraform in one output, each made of the token, and returns what it read. */
function read(write: (token: string, stack: TerraformStack) => unknown, variable: object): unknown {
  const { stackFolder } = synth((stack) => {
    const v = new TerraformVariable(stack, "v", variable);
    const token = variable && "type" in variable && variable.type === "number" ? `${v.numberValue}` : v.stringValue;
    new TerraformOutput(stack, "Out", { value: write(token, stack) });
  });
  return applyPlain(stackFolder).Out;
}

const AS_TEXT = { type: "string", default: "<v>" };

testWithPlainTerraform("Terraform reads plain text byte for byte", () => {
  expect(read(() => literal(texts(1)), AS_TEXT)).toStrictEqual(texts(1));
});

testWithPlainTerraform("Terraform reads the keys of a map byte for byte", () => {
  const map = (of: string[]) => Object.fromEntries(of.map((text, i) => [text, String(i)]));
  expect(read(() => literal(map(texts(2))), AS_TEXT)).toStrictEqual(map(texts(2)));
});

testWithPlainTerraform("Terraform reads text around a string token byte for byte", () => {
  expect(read((token) => literal(texts(3, token)), AS_TEXT)).toStrictEqual(texts(3, "<v>"));
});

testWithPlainTerraform("Terraform reads text around a number token byte for byte", () => {
  // alone it is no text
  const expected = texts(4, "7").map((text) => (text === "7" ? 7 : text));
  expect(read((token) => literal(texts(4, token)), { type: "number", default: 7 })).toStrictEqual(expected);
});

testWithPlainTerraform("Terraform reads text in an expression byte for byte", () => {
  expect(read((token) => hcl`tolist(${texts(5, token)})`, AS_TEXT)).toStrictEqual(texts(5, "<v>"));
});

testWithPlainTerraform("Terraform reads keys with tokens in them byte for byte, also in an expression", () => {
  const map = (of: string[]) => Object.fromEntries(of.map((text, i) => [`${i} ${text}`, text]));
  expect(read((token) => literal(map(texts(6, token))), AS_TEXT)).toStrictEqual(map(texts(6, "<v>")));
  expect(read((token) => hcl`tomap(${map(texts(7, token))})`, AS_TEXT)).toStrictEqual(map(texts(7, "<v>")));
});
