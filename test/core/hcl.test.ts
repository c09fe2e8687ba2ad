import { type IResolvable, TerraformOutput, TerraformVariable, Token } from "cdktf";
import { hcl, quoted, source } from "../../lib/core/hcl";
import { message } from "../../lib/core/message";
import { synth } from "../support/synth";

function written(value: (v: TerraformVariable) => unknown): unknown {
  const { json } = synth((stack) => {
    const v = new TerraformVariable(stack, "v", {});
    new TerraformOutput(stack, "Out", { value: value(v) });
  });
  return json.output.Out.value;
}

describe("an expression", () => {
  test.each<[string, (v: TerraformVariable) => IResolvable, string]>([
    ["without values", () => hcl`self.id != ""`, '${self.id != ""}'],
    ["with a string", () => hcl`self.name == ${"a"}`, '${self.name == "a"}'],
    ["with an empty string", () => hcl`self.name == ${""}`, '${self.name == ""}'],
    ["with numbers", () => hcl`${1} < ${-2.5}`, "${1 < -2.5}"],
    ["with booleans and null", () => hcl`${true} == ${null}`, "${true == null}"],
    ["with a list", () => hcl`contains(${["a", 1]}, x)`, '${contains(["a", 1], x)}'],
    ["with a map", () => hcl`keys(${{ "a b": "c", d: [1] }})`, '${keys({ "a b" = "c", "d" = [1] })}'],
    ["with an empty list and map", () => hcl`[${[]}, ${{}}]`, "${[[], {  }]}"],
    ["with an expression", () => hcl`!(${hcl`a || ${"b"}`})`, '${!(a || "b")}'],
    ["with source", () => hcl`${source("self")}.id`, "${self.id}"],
    ["with source that is asked for late", () => hcl`${source(() => "x.y")}.id`, "${x.y.id}"],
    ["with a string token", (v) => hcl`self.id == ${v.stringValue}`, "${self.id == var.v}"],
    ["with a number token", (v) => hcl`self.n <= ${v.numberValue}`, "${self.n <= var.v}"],
    ["with a list token", (v) => hcl`length(${v.listValue})`, "${length(var.v)}"],
    ["with a map token", (v) => hcl`keys(${Token.asStringMap(v.value)})`, "${keys(var.v)}"],
    ["with a resolvable", (v) => hcl`${v.booleanValue} == true`, "${var.v == true}"],
    ["with text around a token", (v) => hcl`${`a"${v.stringValue}\${b}`}`, '${join("", ["a\\"", var.v, "$${b}"])}'],
    ["with text around a number token", (v) => hcl`${`a ${v.numberValue}`}`, '${join("", ["a ", var.v])}'],
    ["with a number token beside digits", (v) => hcl`${`1${v.numberValue}2`}`, '${join("", ["1", var.v, "2"])}'],
    [
      "with a map, by the order of its keys",
      () => hcl`${{ b: 1, "a b": 2, a: { d: 3, c: 4 } }}`,
      '${{ "a" = { "c" = 4, "d" = 3 }, "a b" = 2, "b" = 1 }}',
    ],
    ["with a token as a key", (v) => hcl`${{ k: 1, [v.stringValue]: 2 }}`, '${{ (var.v) = 2, "k" = 1 }}'],
    [
      "with a key with a token in it",
      (v) => hcl`${{ [`a"${v.stringValue}`]: 1 }}`,
      '${{ (join("", ["a\\"", var.v])) = 1 }}',
    ],
    [
      "with a token in a list and in a map",
      (v) => hcl`f(${[v.stringValue]}, ${{ k: v.stringValue }})`,
      '${f([var.v], { "k" = var.v })}',
    ],
  ])("%s", (_, value, expected) => {
    expect(written(value)).toBe(expected);
  });

  test("can stand in text as a token", () => {
    expect(written(() => `a ${hcl`f(${"b"})`} c`)).toBe('a ${f("b")} c');
  });

  test("does not pretend to have a value in JSON", () => {
    expect(JSON.stringify(hcl`a`)).toBe('"<expression>"');
  });
});

test.each([
  ["plain", '"plain"'],
  ['say "a\\b"', '"say \\"a\\\\b\\""'],
  ["line\r\n\ttab", '"line\\r\\n\\ttab"'],
  ["bell \u0007 and \u0085", '"bell \\u0007 and \\u0085"'],
  ["${a} %{b} $c", '"$${a} %%{b} $c"'],
  ["\u{1f600} é", '"\u{1f600} é"'],
])("a string literal of %j", (text, expected) => {
  expect(quoted(text)).toBe(expected);
});

describe("a message", () => {
  test.each<[string, (v: TerraformVariable) => string, string]>([
    ["without values", () => message`all is well`, "all is well"],
    ["with literals", () => message`${"a ${b}"} and ${3}`, "a $${b} and 3"],
    ["with what is asked for late", () => message`at ${() => "x.%{y}"}`, "at x.%%{y}"],
    ["with an expression", () => message`is ${hcl`self.id`}.`, "is ${self.id}."],
    ["with a string token", (v) => message`is ${v.stringValue}`, "is ${var.v}"],
    ["with a number token", (v) => message`is ${v.numberValue} GiB`, "is ${var.v} GiB"],
    ["with text around a token", (v) => message`is ${`a${v.stringValue}`}`, 'is ${join("", ["a", var.v])}'],
    ["with a template in its own text", () => message`echo \${HOME}`, "echo $${HOME}"],
  ])("%s", (_, value, expected) => {
    expect(written(value)).toBe(expected);
  });
});
