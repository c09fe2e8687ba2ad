import { secretIn, withoutSecrets } from "../../../lib/cli/lock/secret";

const IMAGE = "https://mirror.example.org/a.img";

test.each(["auth", "jwt", "pwd", "pass", "passphrase", "hdnea", "hdnts", "hmac", "HMAC", "Auth"])(
  "the parameter %s must not be written down",
  (name) => {
    expect(secretIn(`${IMAGE}?x=1&${name}=abc`)).toBe(`the parameter ${name}`);
    expect(withoutSecrets(`${IMAGE}?x=1&${name}=abc`)).toBe(`${IMAGE}?x=1`);
  },
);

const ENDS = ["expires", "e", "exp", "Expires"];
describe.each(["md5", "key", "st", "hash", "MD5"])("the parameter %s", (name) => {
  test.each(ENDS)("must not be written down beside %s, which makes it a signature", (end) => {
    expect(secretIn(`${IMAGE}?${name}=abc&${end}=1800000000`)).toBe(`the parameter ${name}`);
    expect(withoutSecrets(`${IMAGE}?${name}=abc&${end}=1800000000`)).toBe(`${IMAGE}?${end}=1800000000`);
  });

  test("may be written down alone", () => {
    expect(secretIn(`${IMAGE}?${name}=abc&x=1`)).toBeUndefined();
    expect(withoutSecrets(`${IMAGE}?${name}=abc&x=1`)).toBe(`${IMAGE}?${name}=abc&x=1`);
  });
});

test.each([...ENDS, "author", "passive", "bypass", "compass", "hashes", "hdn"])(
  "the parameter %s may be written down",
  (name) => {
    expect(secretIn(`${IMAGE}?${name}=abc`)).toBeUndefined();
    expect(withoutSecrets(`${IMAGE}?${name}=abc`)).toBe(`${IMAGE}?${name}=abc`);
  },
);
