import { Fn, TerraformOutput, type TerraformStack, TerraformVariable, Token, Tokenization } from "cdktf";
import { deferred, deferredList, escapedText, literal } from "../../lib/core/literal";
import { message } from "../../lib/core/message";
import { synth } from "../support/synth";

/** What a value comes out as in `cdk.tf.json`, with a variable `v` at hand. */
function written(value: (v: TerraformVariable, stack: TerraformStack) => unknown): unknown {
  const { json } = synth((stack) => {
    const v = new TerraformVariable(stack, "v", {});
    new TerraformOutput(stack, "Out", { value: literal(value(v, stack)) });
  });
  return json.output.Out.value;
}

describe("plain values", () => {
  test.each([
    ["text without templates", "a $b %c {d} 100 %", "a $b %c {d} 100 %"],
    ["an interpolation", "echo ${HOME}", "echo $${HOME}"],
    ["a directive", "%{ if x }", "%%{ if x }"],
    ["several", "${a}${b}%{c}", "$${a}$${b}%%{c}"],
    ["a carriage return alone, after which Terraform would read no template", "$\r${b}", '${"$\\r"}$${b}'],
    ["one before a line feed", "\r\n${b}", "\r\n$${b}"],
    ["a byte order mark at the start, which Terraform would drop", "\ufeffa\ufeff", '${"\\ufeff"}a\ufeff'],
    ["quotes and backslashes", '"\\n"', '"\\n"'],
    ["lines", "a\n${b}\n", "a\n$${b}\n"],
    ["a list", ["${a}", "b"], ["$${a}", "b"]],
    ["a map, keys too", { "${k}": "%{v}" }, { "$${k}": "%%{v}" }],
    ["nesting", { a: [{ b: "${c}" }] }, { a: [{ b: "$${c}" }] }],
    ["numbers and booleans", { n: 0, t: true, f: false }, { n: 0, t: true, f: false }],
    ["nothing at all", "", ""],
  ])("%s", (_, value, expected) => {
    expect(written(() => value)).toStrictEqual(expected);
  });

  test("leave out what is undefined, and keep null", () => {
    expect(literal({ n: null })).toStrictEqual({ n: null });
    expect(literal({ a: undefined, b: 1 })).toStrictEqual({ b: 1 });
    expect(literal(undefined)).toBeUndefined();
  });

  test("are copied, so that the caller may go on with theirs", () => {
    const given = { list: ["a"] };
    const copy = literal(given);
    expect(copy).toStrictEqual(given);
    expect(copy.list).not.toBe(given.list);
  });

  test("that are instances of a class pass unchanged", () => {
    class Box {
      readonly text = "${a}";
    }
    const box = new Box();
    expect(literal(box)).toBe(box);
  });

  test("in a map without a prototype are escaped like any other", () => {
    const map = Object.assign(Object.create(null), { "${key}": "${a}", inner: Object.create(null) });
    expect(literal(map)).toStrictEqual({ "$${key}": "$${a}", inner: {} });
  });
});

describe("tokens", () => {
  test.each<[string, (v: TerraformVariable) => unknown, unknown]>([
    ["a string", (v) => v.stringValue, "${var.v}"],
    ["a number", (v) => v.numberValue, "${var.v}"],
    ["a list", (v) => v.listValue, "${var.v}"],
    ["a map", (v) => Token.asStringMap(v.value), "${var.v}"],
    ["an object", (v) => v.value, "${var.v}"],
    ["as an entry of a list", (v) => ["${a}", v.stringValue], ["$${a}", "${var.v}"]],
    [
      "as an entry of a map",
      (v) => ({ "${k}": v.stringValue, n: v.numberValue }),
      { "$${k}": "${var.v}", n: "${var.v}" },
    ],
    ["as a key of a map", (v) => ({ [v.stringValue]: "${a}" }), { "${var.v}": "$${a}" }],
    ["in a key of a map", (v) => ({ [`\${k}$${v.stringValue}`]: 1 }), { '$${k}${"$"}${var.v}': 1 }],
    ["two side by side", (v) => `${v.stringValue}${v.stringValue}`, "${var.v}${var.v}"],
    ["a function call", (v) => Fn.upper(v.stringValue), "${upper(var.v)}"],
  ])("%s", (_, value, expected) => {
    expect(written(value)).toStrictEqual(expected);
  });
});

describe("text around tokens", () => {
  test.each<[string, (v: TerraformVariable) => string, string]>([
    ["that needs no escape", (v) => `a-${v.stringValue}-b`, "a-${var.v}-b"],
    ["with an interpolation", (v) => `\${a} ${v.stringValue} \${b}`, "$${a} ${var.v} $${b}"],
    ["with a directive", (v) => `%{if}${v.stringValue}%{endif}`, "%%{if}${var.v}%%{endif}"],
    ["with a dollar before the token", (v) => `$${v.stringValue}`, '${"$"}${var.v}'],
    ["with two dollars before the token", (v) => `a$$${v.stringValue}`, 'a${"$$"}${var.v}'],
    ["with a percent sign before the token", (v) => `%${v.stringValue}`, "%${var.v}"],
    ["with a dollar between tokens", (v) => `${v.stringValue}$${v.stringValue}`, '${var.v}${"$"}${var.v}'],
    ["with a dollar at the end", (v) => `${v.stringValue}$`, "${var.v}$"],
    ["with a brace after the token", (v) => `${v.stringValue}{a}`, "${var.v}{a}"],
    ["with a number among it", (v) => `\${a} ${v.numberValue} ${v.stringValue}`, "$${a} ${var.v} ${var.v}"],
    ["with nothing but a number among it", (v) => `\${a} ${v.numberValue}`, "$${a} ${var.v}"],
    ["with a dollar before a number", (v) => `$${v.numberValue}`, '${"$"}${var.v}'],
    ["with digits beside a number", (v) => `1${v.numberValue}2`, "1${var.v}2"],
    ["with two numbers side by side", (v) => `${v.numberValue}${v.numberValue}`, "${var.v}${var.v}"],
    [
      "with a run of dollars before an escape and a token",
      (v) => `$$\${a}$$$${v.stringValue}`,
      '$$$${a}${"$$$"}${var.v}',
    ],
  ])("%s", (_, value, expected) => {
    expect(written(value)).toBe(expected);
  });

  test("can be handed on and compared without being rendered", () => {
    synth((stack) => {
      const v = new TerraformVariable(stack, "v", {});
      expect(literal(`$${v.stringValue}`)).toMatch(/^\$\{TfToken\[.+\]\}$/);
    });
  });
});

test("plain text is escaped for a template", () => {
  expect(escapedText("${a} %{b} $c $${d}")).toBe("$${a} %%{b} $c $$${d}");
});

test("a deferred string and list are asked for when the stack is rendered", () => {
  let text = "early";
  const { json } = synth((stack) => {
    new TerraformOutput(stack, "Text", { value: deferred(() => text) });
    new TerraformOutput(stack, "List", { value: deferredList(() => [text, text]) });
    text = "late";
  });
  expect(json.output).toStrictEqual({ Text: { value: "late" }, List: { value: ["late", "late"] } });
});

test("what is worked out at synth has no value in JSON before", () => {
  synth((stack) => {
    const v = new TerraformVariable(stack, "v", {});
    const values = [literal(`\${a}${v.stringValue}`), deferred(() => "a"), message`a`];
    const tokens = values.map((value) => Tokenization.reverse(value)[0]);
    expect(tokens.map((token) => JSON.stringify(token))).toStrictEqual([
      '"<text with tokens>"',
      '"<worked out at synth>"',
      '"<message>"',
    ]);
    expect(tokens.map((token) => Token.isUnresolved(`${token}`))).toStrictEqual(tokens.map(() => true));
  });
});
