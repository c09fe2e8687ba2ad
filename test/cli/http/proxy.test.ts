import { proxyFor } from "../../../lib/cli/http/proxy";

const PROXY = "http://proxy.example.org:3128";

function chosen(url: string, env: Record<string, string>): string | undefined {
  return proxyFor(new URL(url), env)?.origin;
}

test.each<[string, string, Record<string, string>]>([
  ["https", "https://mirror.example.com/", { HTTPS_PROXY: PROXY }],
  ["https in small letters", "https://mirror.example.com/", { https_proxy: PROXY }],
  ["http", "http://mirror.example.com/", { HTTP_PROXY: PROXY }],
  ["all", "https://mirror.example.com/", { ALL_PROXY: PROXY }],
  ["no scheme", "https://mirror.example.com/", { HTTPS_PROXY: "proxy.example.org:3128" }],
  [
    "others exempt",
    "https://mirror.example.com/",
    { HTTPS_PROXY: PROXY, NO_PROXY: "example.org, ple.com,mirror.example.com:8443" },
  ],
])("takes the proxy for %s", (_, url, env) => {
  expect(chosen(url, env)).toBe(PROXY);
});

test.each<[string, string, Record<string, string>]>([
  ["there is none", "https://mirror.example.com/", { HTTP_PROXY: PROXY }],
  ["the host is exempt", "https://mirror.example.com/", { HTTPS_PROXY: PROXY, NO_PROXY: "mirror.example.com" }],
  ["its domain is exempt", "https://mirror.example.com/", { HTTPS_PROXY: PROXY, NO_PROXY: "other, .example.com" }],
  [
    "its domain is exempt with a star",
    "https://mirror.example.com/",
    { HTTPS_PROXY: PROXY, no_proxy: "*.EXAMPLE.com" },
  ],
  [
    "its port is exempt",
    "https://mirror.example.com:8443/",
    { HTTPS_PROXY: PROXY, NO_PROXY: "mirror.example.com:8443" },
  ],
  ["all are exempt", "https://mirror.example.com/", { HTTPS_PROXY: PROXY, NO_PROXY: "*" }],
])("goes straight when %s", (_, url, env) => {
  expect(chosen(url, env)).toBeUndefined();
});

test("fails when a proxy speaks something else", () => {
  expect(() => chosen("https://mirror.example.com/", { HTTPS_PROXY: "socks5://proxy:1080" })).toThrow(
    /^a proxy must be of http or https, got socks5:/,
  );
});
