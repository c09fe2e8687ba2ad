import { Digest, DigestAlgorithm, DigestPin } from "cdktf-openstack-images";

test.each([
  [Digest.sha512("Ab"), "sha512"],
  [Digest.sha256("Ab"), "sha256"],
  [Digest.md5("Ab"), "md5"],
])("a digest has its algorithm and the digits as given", (digest, algorithm) => {
  expect({ ...digest }).toStrictEqual({ algorithm, hex: "Ab" });
});

test("the algorithms are those that Glance reports, the pins those documented", () => {
  expect(Object.values(DigestAlgorithm)).toStrictEqual(["sha512", "sha256", "md5"]);
  expect(Object.values(DigestPin)).toStrictEqual(["REPLACE", "CHECK"]);
});
