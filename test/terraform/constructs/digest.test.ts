import { TerraformVariable } from "cdktf";
import { Digest, DigestPin, ImageSource } from "cdktf-openstack-images";
import { testWithMocks } from "../../support/terraform";
import { BAD, folder, GOLDEN, GOOD, golden, outcome, pinned, URL } from "./samples";

const MD5 = "0123456789abcdef0123456789abcdef";

const glance = (properties: Record<string, string>, status = "active") => ({ [GOLDEN]: { status, properties } });
const hash = (os_hash_algo: string, os_hash_value: string) => ({ os_hash_algo, os_hash_value });

const mismatch = (
  declared: string,
  found: string,
  command = "rm -r .terraform/image_cache && terraform apply",
  more = "",
) =>
  `DigestMismatch: ${GOLDEN} must hold ${declared}, but Glance holds ${found}. If Glance holds the right bytes: declare the ` +
  `digest that it holds.${more} If the source has the right ones now, in the stack's folder: ${command} -replace=${GOLDEN}`;
const IMPORTED = " If this cloud converts what it imports: storedAs: DiskFormat.RAW.";
const notVerified = (declared: string, reported: string) =>
  `DigestNotVerified: the bytes of ${GOLDEN} were not compared with the ${declared} digest declared, since Glance reports ` +
  `${reported}. Declare storedDigest in that algorithm.`;

testWithMocks("a SHA-512 digest is compared with what Glance holds, once the image is active", (kit) => {
  const directory = folder((stack) => golden(stack, { source: pinned() }));
  const results = kit.mockTest(directory, [
    { name: "right", resources: glance(hash("sha512", GOOD)) },
    { name: "wrong", resources: glance(hash("sha512", BAD)) },
    { name: "another algorithm", resources: glance(hash("sha256", BAD.slice(64))) },
    { name: "no hash", resources: glance({}) },
    { name: "no value", resources: glance({ os_hash_algo: "sha512" }) },
    { name: "not active yet", resources: glance({}, "queued") },
  ]);
  expect(results.map(outcome)).toStrictEqual([
    ["right", "pass"],
    ["wrong", "error", mismatch(`sha512 ${GOOD}`, `sha512 ${BAD}`)],
    ["another algorithm", "error", notVerified("sha512", "sha256")],
    ["no hash", "error", mismatch(`sha512 ${GOOD}`, "no digest")],
    ["no value", "error", mismatch(`sha512 ${GOOD}`, "no digest")],
    ["not active yet", "pass"],
  ]);
});

testWithMocks("a digest in a variable is compared whatever its case", (kit) => {
  const directory = folder((stack) => {
    const { stringValue: hex } = new TerraformVariable(stack, "Hex", { type: "string" });
    golden(stack, { source: ImageSource.fromUrl(URL, { digest: Digest.sha512(hex) }) });
  });
  const variables = { Hex: GOOD.toUpperCase() };
  const results = kit.mockTest(directory, [
    { name: "right", variables, resources: glance(hash("sha512", GOOD)) },
    { name: "wrong", variables, resources: glance(hash("sha512", BAD)) },
  ]);
  expect(results.map(outcome)).toStrictEqual([
    ["right", "pass"],
    ["wrong", "error", mismatch(`sha512 ${GOOD}`, `sha512 ${BAD}`)],
  ]);
});

testWithMocks("a SHA-256 digest is compared where Glance reports SHA-256", (kit) => {
  const [good, bad] = [GOOD, BAD].map((hex) => hex.slice(64));
  const source = ImageSource.fromUrl(URL, { digest: Digest.sha256(good) });
  const results = kit.mockTest(
    folder((stack) => golden(stack, { source })),
    [
      { name: "right", resources: glance(hash("sha256", good)) },
      { name: "wrong", resources: glance(hash("sha256", bad)) },
      { name: "another algorithm", resources: glance(hash("sha512", BAD)) },
    ],
  );
  expect(results.map(outcome)).toStrictEqual([
    ["right", "pass"],
    ["wrong", "error", mismatch(`sha256 ${good}`, `sha256 ${bad}`)],
    ["another algorithm", "error", notVerified("sha256", "sha512")],
  ]);
});

testWithMocks("an MD5 digest is compared with the checksum where Glance has one", (kit) => {
  const directory = folder((stack) => {
    golden(stack, { source: ImageSource.fromUrl(URL, { digest: Digest.md5(MD5) }) });
  });
  const other = MD5.replace("0", "f");
  const results = kit.mockTest(directory, [
    { name: "right", resources: { [GOLDEN]: { status: "active", checksum: MD5 } } },
    { name: "wrong", resources: { [GOLDEN]: { status: "active", checksum: other } } },
    { name: "none", resources: { [GOLDEN]: { status: "active", checksum: "", properties: hash("sha512", GOOD) } } },
  ]);
  expect(results.map(outcome)).toStrictEqual([
    ["right", "pass"],
    ["wrong", "error", mismatch(`md5 ${MD5}`, `md5 ${other}`)],
    ["none", "error", notVerified("md5", "sha512")],
  ]);
});

testWithMocks("what is stored is compared with the stored digest, where the source has another one", (kit) => {
  const source = ImageSource.fromWebDownload(URL, {
    digest: Digest.sha256("12".repeat(32)),
    storedDigest: Digest.sha512(GOOD),
  });
  const results = kit.mockTest(
    folder((stack) => golden(stack, { source })),
    [
      { name: "right", resources: glance(hash("sha512", GOOD)) },
      { name: "wrong", resources: glance(hash("sha512", BAD)) },
    ],
  );
  expect(results.map(outcome)).toStrictEqual([
    ["right", "pass"],
    ["wrong", "error", mismatch(`sha512 ${GOOD}`, `sha512 ${BAD}`, "terraform apply", IMPORTED)],
  ]);
});

testWithMocks("a digest that is only checked is compared too", (kit) => {
  const source = ImageSource.fromUrl(URL, { digest: Digest.sha512(GOOD.toUpperCase()), digestPin: DigestPin.CHECK });
  const results = kit.mockTest(
    folder((stack) => golden(stack, { source })),
    [
      {
        name: "right",
        resources: glance(hash("sha512", GOOD)),
        assertions: { [`${GOLDEN}.image_source_url == "${URL}"`]: "a fragment" },
      },
      { name: "wrong", resources: glance(hash("sha512", BAD)) },
    ],
  );
  expect(results.map(outcome)).toStrictEqual([
    ["right", "pass"],
    ["wrong", "error", mismatch(`sha512 ${GOOD}`, `sha512 ${BAD}`)],
  ]);
});
