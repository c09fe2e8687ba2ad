import { insideHost, isDisguised } from "../../lib/rules/source-host";

const METADATA = "a metadata service, which gives out credentials";
const INNER = "an address of an inner network";
const ADDRESS = "an address, and no host with a name";
const NAMED = "a host of an inner network";

test.each([
  ...["169.254.169.254", "100.100.100.200", "[fd00:ec2::254]", "metadata.google.internal", "instance-data"].map(
    (host) => [host, METADATA],
  ),
  ["metadata.google.internal.", METADATA],
  ["[::ffff:a9fe:a9fe]", METADATA],
  ...["0.0.0.0", "10.0.0.1", "127.0.0.1", "169.254.0.1", "192.168.0.1"].map((host) => [host, INNER]),
  ...["172.16.0.1", "172.19.0.1", "172.20.0.1", "172.29.0.1", "172.30.0.1", "172.31.255.255"].map((host) => [
    host,
    INNER,
  ]),
  ...["100.64.0.1", "100.69.0.1", "100.70.0.1", "100.99.0.1", "100.100.0.1", "100.119.0.1", "100.127.0.1"].map(
    (host) => [host, INNER],
  ),
  ...["[::]", "[::1]", "[fe80::1]", "[fe90::1]", "[fea0::1]", "[febf::1]", "[fc00::1]", "[fd12::1]"].map((host) => [
    host,
    INNER,
  ]),
  ["[::ffff:a00:1]", INNER],
  ["[::ffff:7f00:1]", INNER],
  ...["1.1.1.1", "11.0.0.1", "8.10.0.1", "128.0.0.1", "169.253.0.1", "169.255.0.1", "192.167.0.1"].map((host) => [
    host,
    ADDRESS,
  ]),
  ...[
    "172.15.0.1",
    "172.32.0.1",
    "172.2.0.1",
    "172.3.0.1",
    "100.63.0.1",
    "100.128.0.1",
    "100.130.0.1",
    "100.6.0.1",
    "8.169.254.1",
    "8.192.168.1",
    "8.172.16.1",
    "8.100.64.1",
  ].map((host) => [host, ADDRESS]),
  ...["[2001:db8::1]", "[::2]", "[::11]", "[fec0::1]", "[fe70::1]", "[2001:fe80::1]", "[::ffff:101:203]"].map(
    (host) => [host, ADDRESS],
  ),
  ...["localhost", "web.localhost", "a.localdomain", "a.local", "a.b.internal", "a.intranet", "nas.lan"].map((host) => [
    host,
    NAMED,
  ]),
  ...["router.home.arpa", "mirror", "", "a.local."].map((host) => [host, NAMED]),
])("knows %s for %s", (host, expected) => {
  expect(insideHost(host)).toBe(expected);
});

test.each([
  ...["example.org", "example.org.", "local.example.org", "notlocal.org", "my-local.example", "thelocal.se"],
  ...["10.0.0.1.example.org", "a10.0.0.1.org", "lan.org", "a.1.1.1.1", "homexarpa.org", "a.xlocal", "x.homexarpa"],
])("does not mind %s", (host) => {
  expect(insideHost(host)).toBeUndefined();
});

test.each([
  ["http://2130706433/", "127.0.0.1"],
  ["http://0x7f000001/", "127.0.0.1"],
  ["http://0177.0.0.1/", "127.0.0.1"],
  ["http://127.1/", "127.0.0.1"],
  ["http://user@2130706433:80/", "127.0.0.1"],
  ["http:\\\\2130706433", "127.0.0.1"],
])("knows that %s hides an address", (url, hostname) => {
  expect(new URL(url).hostname).toBe(hostname);
  expect(isDisguised(url, hostname)).toBe(true);
});

test.each([
  "http://127.0.0.1/",
  "http://127.0.0.1",
  "http://127.0.0.1:8080/",
  "http://127.0.0.1 ",
  "http://127.0.0.1?q",
  "http://127.0.0.1#f",
  "http:\\\\127.0.0.1\\a",
  "  http://127.0.0.1/ ",
  "http://user:pass@127.0.0.1/",
  "http://EXAMPLE.org/",
  "http://EXAMPLE.x1/",
  "http://1A.example/",
  "http://a1.example.org./",
  "http://[::1]/",
])("knows that %s hides none", (url) => {
  expect(isDisguised(url, new URL(url).hostname)).toBe(false);
});

test("takes what has no host for no disguise of a name", () => {
  expect(isDisguised("", "example.org")).toBe(false);
  expect(isDisguised("", "127.0.0.1")).toBe(true);
});
