import { addressOf, isPrivateAddress } from "../../../lib/cli/http/address";

test.each([
  ...[
    "127.0.0.1",
    "127.9.9.9",
    "10.1.2.3",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
  ],
  ...["::1", "::", "fe80::1", "fd00::1", "::ffff:127.0.0.1", "::ffff:a9fe:a9fe"],
])("takes %s for an address of this network", (address) => {
  expect(isPrivateAddress(address)).toBe(true);
});

test.each(["8.8.8.8", "172.32.0.1", "192.169.0.1", "100.128.0.1", "2001:db8::1", "::ffff:8.8.8.8", "::ffff:808:808"])(
  "takes %s for one of the Internet",
  (address) => {
    expect(isPrivateAddress(address)).toBe(false);
  },
);

test("tells addresses from names in a URL, in all the ways to write one", () => {
  const seen = ["http://2130706433/", "http://0x7f.1/", "http://[::ffff:127.0.0.1]/", "http://example.org/"].map(
    (url) => addressOf(new URL(url)),
  );
  expect(seen).toStrictEqual(["127.0.0.1", "127.0.0.1", "::ffff:7f00:1", undefined]);
});
