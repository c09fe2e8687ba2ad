import { createHash } from "node:crypto";
import { publishedDigest } from "../../lib/content/checksums";

const digest = (algorithm: string, text: string) => createHash(algorithm).update(text).digest("hex");
const [SHA512, SHA256, MD5] = ["sha512", "sha256", "md5"].map((algorithm) => digest(algorithm, "image")) as [
  string,
  string,
  string,
];
const OTHER = digest("sha256", "other");
const URL = "https://images.example/noble/current/noble-server-cloudimg-amd64.img";
const NAME = "noble-server-cloudimg-amd64.img";
const sha256 = { algorithm: "sha256", hex: SHA256 };

const SHAPES: Record<string, string> = {
  "two spaces": `${OTHER}  noble-server-cloudimg-arm64.img\n${SHA256}  ${NAME}\n`,
  "one space": `${SHA256} ${NAME}\n`,
  "a star": `${OTHER} *noble-server-cloudimg-arm64.img\n${SHA256} *${NAME}\n`,
  "a path": `${SHA256}  ./images/${NAME}\n`,
  "an escaped name": `\\${SHA256}  ${NAME}\n`,
  "line ends of Windows": `${SHA256}  ${NAME}\r\n`,
  "upper case": `${SHA256.toUpperCase()}  ${NAME}\n`,
  "a digest alone": `${SHA256}\n`,
  BSD: `# ${NAME}: 12345 bytes\nSHA256 (${NAME}) = ${SHA256}\nSHA256 (other.img) = ${OTHER}\n`,
  "PGP, clear-signed": [
    "-----BEGIN PGP SIGNED MESSAGE-----",
    "Hash: SHA256",
    "",
    `# ${NAME}: 12345 bytes`,
    `SHA256 (${NAME}) = ${SHA256}`,
    "-----BEGIN PGP SIGNATURE-----",
    "",
    "iQIzBAEBCAAdFiEEEXcVw8P8kUq9gmQ2",
    "=abcd",
    "-----END PGP SIGNATURE-----",
  ].join("\n"),
  "the same twice": `${SHA256}  ${NAME}\n${SHA256}  ${NAME}\n`,
  "JSON of Fedora CoreOS": JSON.stringify({
    architectures: {
      x86_64: {
        artifacts: {
          openstack: {
            formats: { "qcow2.xz": { disk: { location: URL, sha256: SHA256, "uncompressed-sha256": OTHER } } },
          },
          qemu: { formats: { iso: { disk: { location: "https://images.example/other.iso", sha256: OTHER } } } },
        },
      },
    },
  }),
  "JSON of simplestreams, the newest build": JSON.stringify({
    format: "products:1.0",
    products: {
      "com.ubuntu.cloud:server:24.04:amd64": {
        versions: {
          "20240101": { items: { "disk1.img": { path: `releases/release-20240101/${NAME}`, sha256: OTHER } } },
          "20240423": {
            items: { "disk1.img": { path: `releases/release-20240423/${NAME}`, sha256: SHA256, md5: MD5 } },
          },
        },
      },
    },
  }),
  "JSON of Fedora": JSON.stringify([{ version: "44", arch: "x86_64", link: URL, sha256: SHA256 }]),
};

test.each(Object.entries(SHAPES))("reads a checksum file with %s", (_, text) => {
  expect(publishedDigest(text, URL)).toStrictEqual(sha256);
});

test("reads the JSON of Debian, whose digests are base64 without padding", () => {
  const base64 = Buffer.from(SHA512, "hex").toString("base64").replace(/=+$/, "");
  const upload = (ref: string, hash: string) => ({
    kind: "Upload",
    data: { provider: "cloud.debian.org", ref },
    metadata: { annotations: { "cloud.debian.org/digest": `sha512:${hash}` } },
  });
  const text = JSON.stringify({
    kind: "List",
    items: [upload("trixie/1/a.raw", "AAAA"), upload("trixie/1/a.qcow2", base64)],
  });
  expect(publishedDigest(text, "https://images.example/trixie/1/a.qcow2")).toStrictEqual({
    algorithm: "sha512",
    hex: SHA512,
  });
});

test("takes the build of a dated URL, not the newest", () => {
  const dated = "https://images.example/releases/release-20240101/noble-server-cloudimg-amd64.img";
  expect(publishedDigest(SHAPES["JSON of simplestreams, the newest build"] ?? "", dated).hex).toBe(OTHER);
});

test("takes the strongest digest", () => {
  const text = [MD5, SHA512, SHA256].map((hex) => `${hex}  ${NAME}`).join("\n");
  expect(publishedDigest(text, URL)).toStrictEqual({ algorithm: "sha512", hex: SHA512 });
});

test("is not led astray by a query", () => {
  expect(publishedDigest(`${SHA256}  ${NAME}`, `${URL}?token=a/b`)).toStrictEqual(sha256);
});

const UNUSABLE: Record<string, [string, string]> = {
  "does not name the image": [
    `${OTHER}  a.img\n${SHA256}  b.img\n`,
    "does not name noble-server-cloudimg-amd64.img, but a.img, b.img",
  ],
  "names it twice": [
    `${SHA256}  ${NAME}\n${OTHER}  ${NAME}\n`,
    `names noble-server-cloudimg-amd64.img twice, with sha256 ${SHA256} and ${OTHER}`,
  ],
  "is HTML": ["<!DOCTYPE html><html>not found</html>", "holds no SHA-512, SHA-256 or MD5 digest"],
  "is empty": ["", "holds no SHA-512, SHA-256 or MD5 digest"],
  "has a digest of another length than its algorithm": [
    `SHA512 (${NAME}) = ${SHA256}`,
    "holds no SHA-512, SHA-256 or MD5 digest",
  ],
  "has an algorithm that Glance never reports": [
    `${"a".repeat(96)}  ${NAME}`,
    "holds no SHA-512, SHA-256 or MD5 digest",
  ],
  "is JSON that is cut off": ['{"a": ', "begins as JSON, and is none"],
  "is JSON of great depth": [`${'{"a":'.repeat(5000)}1${"}".repeat(5000)}`, "holds no SHA-512, SHA-256 or MD5 digest"],
};

test.each(Object.entries(UNUSABLE))("fails when the file %s", (_, [text, said]) => {
  expect(() => publishedDigest(text, URL)).toThrow(said);
});
