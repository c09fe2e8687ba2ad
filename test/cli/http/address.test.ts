import { addressOf, isPrivateAddress } from "../../../lib/cli/http/address";

/** By IANA's registries: https://www.iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry. */
const NOT_INTERNET = {
  "this host": ["0.0.0.0", "0.255.255.255", "::"],
  loopback: ["127.0.0.1", "127.9.9.9", "::1"],
  "a site": ["10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "fc00::1", "fd00::1", "fec0::1"],
  "a carrier": ["100.64.0.1", "100.127.255.255"],
  "a link": ["169.254.169.254", "fe80::1", "febf::1", "fe80::1%eth0"],
  protocols: ["192.0.0.1", "192.0.0.192", "192.88.99.1", "2001::1", "2001:2::1", "2001:1ff:ffff::1"],
  examples: ["192.0.2.7", "198.51.100.7", "203.0.113.7", "2001:db8::1", "3fff::1"],
  "a benchmark": ["198.18.0.1", "198.19.255.255"],
  "many receivers": ["224.0.0.1", "239.255.255.255", "ff02::1", "ff0e::1"],
  nobody: ["240.0.0.1", "255.255.255.255", "100::1", "5f00::1", "4000::1"],
  "version 4, mapped": ["::ffff:127.0.0.1", "::ffff:a9fe:a9fe", "::FFFF:10.0.0.1", "0:0:0:0:0:ffff:7f00:1"],
  "version 4, compatible": ["::127.0.0.1", "::169.254.169.254", "::8.8.8.8"],
  "version 4, translated": ["::ffff:0:169.254.169.254"],
  "NAT64 of an address of this network": ["64:ff9b::169.254.169.254", "64:ff9b::a00:1", "64:ff9b::192.0.0.192"],
  "NAT64 of a site": ["64:ff9b:1::1", "64:ff9b:1:ffff::808:808"],
  "6to4 of an address of this network": ["2002:7f00:1::", "2002:a9fe:a9fe::1", "2002:c0a8:101:1::1"],
};

test.each(Object.entries(NOT_INTERNET).flatMap(([kind, addresses]) => addresses.map((address) => [address, kind])))(
  "takes %s for no address of the Internet but one of %s",
  (address) => {
    expect(isPrivateAddress(address)).toBe(true);
  },
);

test.each([
  ...["1.1.1.1", "8.8.8.8", "9.255.255.255", "100.63.255.255", "100.128.0.1", "172.15.0.1", "172.32.0.1"],
  ...["191.255.255.255", "192.0.1.1", "192.169.0.1", "198.17.0.1", "198.20.0.1", "223.255.255.255"],
  ...["2000::1", "2001:200::1", "2001:4860:4860::8888", "2a00:1450::1", "3ffe::1"],
  ...["::ffff:8.8.8.8", "::ffff:808:808", "64:ff9b::8.8.8.8", "2002:808:808::1"],
])("takes %s for one of the Internet", (address) => {
  expect(isPrivateAddress(address)).toBe(false);
});

test("tells addresses from names in a URL, in all the ways to write one", () => {
  const seen = ["http://2130706433/", "http://0x7f.1/", "http://[::ffff:127.0.0.1]/", "http://example.org/"].map(
    (url) => addressOf(new URL(url)),
  );
  expect(seen).toStrictEqual(["127.0.0.1", "127.0.0.1", "::ffff:7f00:1", undefined]);
});
