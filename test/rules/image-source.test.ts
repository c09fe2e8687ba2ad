import { Attributes } from "../../lib/rules/attributes";
import {
  digestIn,
  isCompared,
  isPinned,
  isUploaded,
  shownDigest,
  shownSource,
  storedDigest,
} from "../../lib/rules/image-source";
import { plain } from "../../lib/rules/message";
import { type Action, IMAGE, type Subject } from "../../lib/rules/subject";

const HEX = { sha512: "a1".repeat(64), sha256: "b2".repeat(32), md5: "c3".repeat(16) };
const image = (after: Record<string, unknown> | undefined, more: Partial<Subject> = {}): Subject => ({
  address: "i",
  type: IMAGE,
  action: "create",
  after: after && new Attributes(after as never),
  replacedBy: [],
  isChecked: false,
  ...more,
});
const SIGNED = {
  img_signature: "s",
  img_signature_hash_method: "SHA-256",
  img_signature_key_type: "RSA-PSS",
  img_signature_certificate_uuid: "u",
};

test.each(Object.entries(HEX))("reads a %s at the end of a URL", (algorithm, hex) => {
  expect(digestIn(`https://example.org/b#${algorithm}=${hex}`)).toStrictEqual({ algorithm, hex });
  expect(digestIn(`https://example.org/b#${algorithm.toUpperCase()}=${hex.toUpperCase()}`)).toStrictEqual({
    algorithm,
    hex,
  });
});

test.each([
  ["a digit too few", `#sha512=${HEX.sha512.slice(1)}`],
  ["a digit too many", `#sha512=${HEX.sha512}a`],
  ["the digits of another algorithm", `#sha512=${HEX.sha256}`],
  ["no digits", "#sha512="],
  ["no hex digits", `#md5=${"g".repeat(32)}`],
  ["another algorithm", `#sha1=${"a".repeat(40)}`],
  ["a digest before the end", `#sha512=${HEX.sha512}&x`],
  ["a digest that is no fragment", `?sha512=${HEX.sha512}`],
  ["a fragment before it", `#x&sha512=${HEX.sha512}`],
  ["nothing", ""],
])("takes %s for no digest", (_, end) => {
  expect(digestIn(`https://example.org/b${end}`)).toBeUndefined();
});

test("reads no digest of no URL", () => {
  expect(digestIn(undefined)).toBeUndefined();
});

test("reads the digest that Glance gave, and its checksum where there is none", () => {
  const properties = { os_hash_algo: "sha512", os_hash_value: HEX.sha512 };
  expect(storedDigest(new Attributes({ properties, checksum: HEX.md5 }))).toStrictEqual({
    algorithm: "sha512",
    hex: HEX.sha512,
  });
  expect(storedDigest(new Attributes({ checksum: HEX.md5 }))).toStrictEqual({ algorithm: "md5", hex: HEX.md5 });
  expect(storedDigest(new Attributes({ checksum: `x${HEX.md5}` }))).toBeUndefined();
  expect(storedDigest(new Attributes({ checksum: `${HEX.md5.slice(1)}x` }))).toBeUndefined();
  expect(storedDigest(new Attributes({ checksum: `x${HEX.md5.slice(1)}` }))).toBeUndefined();
  expect(
    storedDigest(new Attributes({ properties: { os_hash_algo: "constructor", os_hash_value: "a" } })),
  ).toBeUndefined();
  expect(storedDigest(new Attributes({}))).toBeUndefined();
});

test("shows as much of a digest as tells it from another", () => {
  expect(plain(shownDigest({ algorithm: "sha256", hex: "0123456789abcdef" }))).toBe("sha256 0123456789ab...");
});

test.each<[Action, boolean]>([
  ["declared", true],
  ["create", true],
  ["replace", true],
  ["forget", true],
  ["update", false],
  ["none", false],
  ["read", false],
  ["strange", false],
])("knows of %s whether bytes go to Glance", (action, expected) => {
  expect(isUploaded(image({}, { action }))).toBe(expected);
  expect(isUploaded(image(undefined, { action }))).toBe(false);
});

test("takes a condition and a signature for a comparison, and a digest in a URL for a pin alone", () => {
  const url = { image_source_url: `https://example.org/b#md5=${HEX.md5}` };
  expect(isCompared(image({}, { isChecked: true }))).toBe(true);
  expect(isPinned(image({}, { isChecked: true }))).toBe(true);
  expect(isCompared(image({ properties: SIGNED }))).toBe(true);
  expect(isPinned(image({ properties: SIGNED }))).toBe(true);
  expect(isCompared(image(url))).toBe(false);
  expect(isPinned(image(url))).toBe(true);
  expect(isCompared(image({}))).toBe(false);
  expect(isPinned(image({}))).toBe(false);
  expect(isPinned(image(undefined))).toBe(false);
});

test.each(Object.keys(SIGNED))("takes a signature without %s for none", (key) => {
  expect(isCompared(image({ properties: { ...SIGNED, [key]: undefined } }))).toBe(false);
  expect(isCompared(image({ properties: { ...SIGNED, [key]: "" } }))).toBe(false);
});

test("shows where an image comes from, if it may be shown", () => {
  const values = { image_source_url: "https://user:secret@example.org/b" };
  const hidden = ["a URL that is not shown"];
  expect(shownSource(new Attributes(values))).toStrictEqual([{ foreign: "https://example.org/b" }]);
  expect(shownSource(new Attributes({}))).toStrictEqual(hidden);
});
