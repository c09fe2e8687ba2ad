import { SOURCE_UNVERIFIED } from "../../../lib/rules/image/source-unverified";
import { declared, IMG, made, SHA512, SIGNED } from "./made";

const URL = "https://example.org/b.qcow2";
const taken = (level: string, end = "") => [
  `${IMG}: ${level}: whatever lies at ${URL} becomes the image, and no digest says what should${end}`,
];
const image = { image_source_url: URL, visibility: "private" };

test.each(["public", "community", "shared"])("finds an image that is %s", (visibility) => {
  const expected = taken("block", `; it is ${visibility}, so that other projects boot from it`);
  expect(made(SOURCE_UNVERIFIED, { ...image, visibility })).toStrictEqual(expected);
  const replaced = { actions: ["create", "delete"], before: image };
  expect(made(SOURCE_UNVERIFIED, { ...image, visibility }, replaced)).toStrictEqual(expected);
  expect(declared(SOURCE_UNVERIFIED, { ...image, visibility })).toStrictEqual(expected);
});

test("warns of a private image", () => {
  expect(made(SOURCE_UNVERIFIED, image)).toStrictEqual(taken("warn"));
  expect(made(SOURCE_UNVERIFIED, { image_source_url: URL })).toStrictEqual(taken("warn"));
  expect(declared(SOURCE_UNVERIFIED, image)).toStrictEqual(taken("warn"));
});

test("does not take a visibility that is not known for private", () => {
  expect(made(SOURCE_UNVERIFIED, { image_source_url: URL }, { unknown: { visibility: true } })).toStrictEqual(
    taken("block", "; who may boot from it is known after the apply alone"),
  );
});

test("shows nothing of the URL that is secret", () => {
  expect(
    made(SOURCE_UNVERIFIED, { image_source_url: "https://u:secret@example.org/b.qcow2?token=secret" }),
  ).toStrictEqual(taken("warn"));
});

test("takes no half of a digest", () => {
  expect(made(SOURCE_UNVERIFIED, { image_source_url: `${URL}#sha512=${SHA512.slice(1)}` })).toStrictEqual(
    taken("warn"),
  );
  expect(made(SOURCE_UNVERIFIED, { ...image, verify_checksum: true })).toStrictEqual(taken("warn"));
});

test.each([
  ["whose digest ends the URL", { image_source_url: `${URL}#sha512=${SHA512}` }, {}],
  ["with a condition", image, { isChecked: true }],
  ["with a signature", { ...image, properties: SIGNED }, {}],
  ["of a file", { local_file_path: "/b.qcow2" }, {}],
  ["whose URL is not known", {}, { unknown: { image_source_url: true } }],
  ["that changes in place", image, { actions: ["update"], before: { ...image, name: "a" } }],
  ["that stays", image, { actions: ["no-op"], before: image }],
  ["that goes", undefined, { actions: ["delete"], before: image }],
])("does not mind an image %s", (_, after, more) => {
  expect(made(SOURCE_UNVERIFIED, after as object, more)).toStrictEqual([]);
});
