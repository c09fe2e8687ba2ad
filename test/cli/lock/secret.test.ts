import { secretIn, withoutSecrets } from "../../../lib/cli/lock/secret";

const SECRETS = [
  ...["X-Amz-Signature", "X-Amz-Credential", "X-Amz-Security-Token", "X-Goog-Signature", "Signature", "sig"],
  ...["temp_url_sig", "token", "access_token", "access-token", "accessToken", "job_token", "JOB-TOKEN"],
  ...["private_token", "X-Auth-Token", "x_auth_token", "auth-token", "refresh_token", "id-token"],
  ...["secret", "client_secret", "Client-Secret", "api-key", "apikey", "api_key", "API-Key", "x-api-key"],
  ...["secret_key", "access-key", "password", "PASSWORD", "passwd"],
];

test.each(SECRETS)("the parameter %s must not be written down", (name) => {
  const url = `https://mirror.example.org/a.img?x=1&${name}=abc`;
  expect(secretIn(url)).toBe(`the parameter ${name}`);
  expect(withoutSecrets(url)).toBe("https://mirror.example.org/a.img?x=1");
});

test.each(["key", "name", "signed", "tokens", "secretary", "passworded", "sigma", "path", "raw", "X-Amz-Date"])(
  "the parameter %s may be written down",
  (name) => {
    const url = `https://mirror.example.org/a.img?${name}=abc`;
    expect(secretIn(url)).toBeUndefined();
    expect(withoutSecrets(url)).toBe(url);
  },
);

test("a user name and a password must not be written down", () => {
  for (const user of ["me", "me:secret", ":secret"]) {
    const url = `https://${user}@mirror.example.org/a.img`;
    expect(secretIn(url)).toBe("a user name or password");
    expect(withoutSecrets(url)).toBe("https://mirror.example.org/a.img");
  }
});

test("a path is no URL and stays as it is", () => {
  expect(secretIn("images/a.img?token=1")).toBeUndefined();
  expect(withoutSecrets("images/a.img?token=1")).toBe("images/a.img?token=1");
});
