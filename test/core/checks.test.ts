import { TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import {
  checkAmount,
  checkChoice,
  checkIpV4,
  checkKeys,
  checkName,
  checkProjectId,
  checkSecret,
  checkUuid,
  warn,
} from "../../lib/core/checks";
import { InvalidInput, shown } from "../../lib/core/errors";
import { ifKnown, isKnown } from "../../lib/core/known";
import { failure, synth } from "../support/synth";

type Check = (scope: Construct, variable: TerraformVariable) => void;

function warningsOf(check: Check) {
  return synth((stack) => check(new Construct(stack, "Here"), new TerraformVariable(stack, "v", {}))).warnings;
}

function failureOf(check: Check): string {
  return failure((stack) => check(new Construct(stack, "Here"), new TerraformVariable(stack, "v", {})));
}

test.each(["6b1f4f7c-2d3a-4c5b-8e9f-0a1b2c3d4e5f", "6B1F4F7C-2D3A-4C5B-8E9F-0A1B2C3D4E5F"])("%s is a UUID", (id) => {
  expect(warningsOf((scope) => checkUuid(scope, "'id'", id))).toStrictEqual([]);
});

test.each(["", "ubuntu", "6b1f4f7c2d3a4c5b8e9f0a1b2c3d4e5f", "6b1f4f7c-2d3a-4c5b-8e9f-0a1b2c3d4e5f\n", " "])(
  "fails when %j is given for a UUID",
  (id) => {
    expect(failureOf((scope) => checkUuid(scope, "'id'", id))).toBe(
      `'id' must be a UUID, got ${JSON.stringify(id)}; if this is a name, look it up [NotAUuid at test/Here]`,
    );
  },
);

test.each(["0123456789abcdef0123456789ABCDEF", "6b1f4f7c-2d3a-4c5b-8e9f-0a1b2c3d4e5f"])("%s is a project", (id) => {
  expect(warningsOf((scope) => checkProjectId(scope, "'projectId'", id))).toStrictEqual([]);
});

test("an unusual project id is asked about", () => {
  expect(warningsOf((scope) => checkProjectId(scope, "'projectId'", "staging"))).toStrictEqual([
    {
      path: "test/Here",
      message: `ProjectIdUnusual: 'projectId' is "staging": is this a name? Glance takes ids only (openstack project show NAME)`,
    },
  ]);
});

test("fails when a project id is empty", () => {
  const message = failureOf((scope) => checkProjectId(scope, "'projectId'", ""));
  expect(message).toBe(
    `'projectId' must be a project's id, got ""; openstack project show NAME tells it [ProjectIdEmpty at test/Here]`,
  );
});

test.each([0, 1, 2 ** 40, undefined])("%d is an amount", (amount) => {
  expect(warningsOf((scope) => checkAmount(scope, "'n'", amount, 0))).toStrictEqual([]);
});

test.each([0, -1, 1.5, NaN, Infinity])("fails when an amount of at least one is %d", (amount) => {
  expect(failureOf((scope) => checkAmount(scope, "'n'", amount, 1))).toBe(
    `'n' must be a whole number, 1 or more, got ${amount}; write it as a number, rounded up [AmountNotWhole at test/Here]`,
  );
});

test("fails when an amount is text, and shows that it is", () => {
  expect(failureOf((scope) => checkAmount(scope, "'n'", "4" as unknown as number, 1))).toBe(
    `'n' must be a whole number, 1 or more, got "4"; write it as a number, rounded up [AmountNotWhole at test/Here]`,
  );
});

test.each(["", " ", "\n\t"])("fails when a name is %j", (name) => {
  expect(failureOf((scope) => checkName(scope, "'name'", name))).toBe(
    `'name' must have a character that is no space, got ${JSON.stringify(name)}; give it one, or leave it out ` +
      "[NameEmpty at test/Here]",
  );
});

test.each(["192.0.2.7", "0.0.0.0", "255.255.255.255", undefined])("%s is an address of IPv4", (address) => {
  expect(warningsOf((scope) => checkIpV4(scope, "'ip'", address))).toStrictEqual([]);
});

test.each(["", " ", "192.0.2", "192.0.2.256", "192.0.2.7/24", "192.0.2.7\n", "2001:db8::7", "::ffff:192.0.2.7", "web"])(
  "fails when %j is given for an address of IPv4",
  (address) => {
    expect(failureOf((scope) => checkIpV4(scope, "'ip'", address))).toBe(
      `'ip' must be an IPv4 address, got ${JSON.stringify(address)}; four numbers with dots between [NotAnIpV4 at test/Here]`,
    );
  },
);

enum Size {
  SMALL = "small",
  LARGE = "large",
}

test.each(["small", "large", undefined])("%s is a choice", (size) => {
  expect(warningsOf((scope) => checkChoice(scope, "'size'", size, Size))).toStrictEqual([]);
});

test.each<[string, (v: TerraformVariable) => unknown, string]>([
  ["no choice", () => "medium", '"medium"'],
  ["the name of a choice", () => "SMALL", '"SMALL"'],
  ["what every object has", () => "constructor", '"constructor"'],
  ["empty", () => "", '""'],
  ["null", () => null, "null"],
  ["a token", (v) => v.stringValue, "a value that only Terraform knows"],
  ["text around a token", (v) => `small${v.stringValue}`, "a value that only Terraform knows"],
])("fails when a choice is %s", (_, size, got) => {
  expect(failureOf((scope, v) => checkChoice(scope, "'size'", size(v) as string, Size))).toBe(
    `'size' must be known at synth and one of small, large, got ${got}; use one of these [ChoiceUnknown at test/Here]`,
  );
});

test("a secret is a sensitive variable, or is not given", () => {
  const warnings = warningsOf((scope) => {
    checkSecret(scope, "'password'", new TerraformVariable(scope, "p", { sensitive: true }));
    checkSecret(scope, "'password'", undefined);
  });
  expect(warnings).toStrictEqual([]);
});

test.each<[string, (v: TerraformVariable) => unknown, string]>([
  ["a variable that is not sensitive", (v) => v, "got one without"],
  ["text", () => "hunter2", "got something else"],
  ["a reference to a variable", (v) => v.stringValue, "got something else"],
  ["null", () => null, "got something else"],
  ["an object", () => ({ sensitive: true }), "got something else"],
])("fails when a secret is %s, and does not show it", (_, secret, found) => {
  const message = failureOf((scope, v) => checkSecret(scope, "'password'", secret(v) as TerraformVariable));
  expect(message).toBe(
    `'password' must be a TerraformVariable with sensitive: true, ${found}; pass the variable itself: ` +
      `new TerraformVariable(stack, "Password", { type: "string", sensitive: true }) [SecretNotSensitive at test/Here]`,
  );
});

test("what Terraform computes later passes every check", () => {
  const warnings = warningsOf((scope, v) => {
    checkUuid(scope, "'id'", v.stringValue);
    checkUuid(scope, "'id'", `${v.stringValue}-x`);
    checkProjectId(scope, "'id'", v.stringValue);
    checkAmount(scope, "'n'", v.numberValue, 1);
    checkName(scope, "'name'", v.stringValue);
    checkIpV4(scope, "'ip'", v.stringValue);
    checkIpV4(scope, "'ip'", `192.0.2.${v.numberValue}`);
  });
  expect(warnings).toStrictEqual([]);
});

test("what is known at synth", () => {
  synth((stack) => {
    const v = new TerraformVariable(stack, "v", {});
    const known = [0, "", false, [], {}, "a", null];
    expect(known.map((value) => isKnown(value))).toStrictEqual(known.map(() => true));
    const unknown = [undefined, v.stringValue, `a${v.stringValue}`, v.numberValue, v.listValue, v.value];
    expect(unknown.map((value) => isKnown(value))).toStrictEqual(unknown.map(() => false));
    const seen: unknown[] = [];
    for (const value of [1, undefined, v.numberValue]) ifKnown(value, (n) => seen.push(n));
    expect(seen).toStrictEqual([1]);
  });
});

test("a number in text is not known", () => {
  synth((stack) => {
    const v = new TerraformVariable(stack, "v", {});
    expect(isKnown(`${v.numberValue}`)).toBe(false);
    expect(isKnown(`a ${v.numberValue}`)).toBe(false);
  });
});

test("a warning does not stop the synth", () => {
  expect(warningsOf((scope) => warn(scope, "Odd", "look here"))).toStrictEqual([
    { path: "test/Here", message: "Odd: look here" },
  ]);
});

test("an error has its code, and long values are cut", () => {
  synth((stack) => {
    const error = new InvalidInput("Wrong", stack, "it is wrong");
    expect([error.code, error.name, error.message]).toStrictEqual([
      "Wrong",
      "InvalidInput",
      "it is wrong [Wrong at test]",
    ]);
  });
  expect(shown("a".repeat(300))).toBe(`"${"a".repeat(199)}...`);
  expect([shown(null), shown(3), shown(["a"])]).toStrictEqual(["null", "3", '["a"]']);
});

test("what was not given is not shown as what Terraform knows", () => {
  expect(shown(undefined)).toBe("undefined");
});

test("what only Terraform knows is shown as that, never as cdktf encodes it", () => {
  synth((stack) => {
    const v = new TerraformVariable(stack, "v", {});
    const values = [v.stringValue, `a${v.stringValue}`, v.numberValue, `${v.numberValue} GiB`, v.listValue, v.value];
    expect(values.map(shown)).toStrictEqual(values.map(() => "a value that only Terraform knows"));
  });
});

test.each(["%", "__proto__"])("fails when a map has the key %j, which would be lost", (key) => {
  const map = Object.fromEntries([[key, "x"]]);
  expect(failureOf((scope) => checkKeys(scope, "'metadata'", map))).toBe(
    `'metadata' must not have the key ${JSON.stringify(key)}, which is lost on its way; give it another [KeyLost at test/Here]`,
  );
});

test("any other key of a map stays, and a map that only Terraform knows is not looked at", () => {
  const metadata: Check = (scope, variable) => {
    checkKeys(scope, "'metadata'", { "%%": "a", "": "b" });
    checkKeys(scope, "'metadata'", variable.value);
    checkKeys(scope, "'metadata'", undefined);
  };
  expect(warningsOf(metadata)).toStrictEqual([]);
});

test("fails when a secret has a default, which would stand in the synthesized file", () => {
  const message = failureOf((scope) => {
    checkSecret(scope, "'password'", new TerraformVariable(scope, "p", { sensitive: true, default: "hunter2" }));
  });
  expect(message).toBe(
    "'password' must be a TerraformVariable without a default, which would stand in the synthesized file, got test/Here/p with one; " +
      "leave 'default' out, and give the value by the environment (TF_VAR_...) [SecretWithDefault at test/Here]",
  );
});
