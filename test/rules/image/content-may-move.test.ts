import { CONTENT_MAY_MOVE } from "../../../lib/rules/image/content-may-move";
import { declared, IMG, made, SHA512, SIGNED } from "./made";

const URL = "https://example.org/latest/b.qcow2";
const moves = (word = "latest", shown = URL) => [
  `${IMG}: warn: "${word}" in ${shown} is another build tomorrow, and no digest says which one is meant`,
];
const stays = [
  `${IMG}: info: "latest" in ${URL} may be another build by now: the image keeps what was there when it was made`,
];
const image = { image_source_url: URL };

test("finds an image that is made from a URL that moves", () => {
  expect(made(CONTENT_MAY_MOVE, image)).toStrictEqual(moves());
  const replaced = { actions: ["delete", "create"], before: { image_source_url: "https://example.org/1" } };
  expect(made(CONTENT_MAY_MOVE, image, replaced)).toStrictEqual(moves());
  expect(declared(CONTENT_MAY_MOVE, image)).toStrictEqual(moves());
});

test("names the word, and nothing of the URL that is secret", () => {
  const url = "https://u:secret@example.org/Daily/b?token=secret";
  expect(made(CONTENT_MAY_MOVE, { image_source_url: url })).toStrictEqual(
    moves("daily", "https://example.org/Daily/b"),
  );
});

test.each([
  ["stays", { actions: ["no-op"], before: image }],
  ["changes in place", { actions: ["update"], before: { ...image, name: "a" } }],
])("tells it of an image that %s", (_, more) => {
  expect(made(CONTENT_MAY_MOVE, image, more)).toStrictEqual(stays);
});

test.each([
  ["whose digest ends the URL", { image_source_url: `${URL}#sha512=${SHA512}` }, {}],
  ["with a condition", image, { isChecked: true }],
  ["with a signature", { ...image, properties: SIGNED }, {}],
  ["whose URL stays what it is", { image_source_url: "https://example.org/20260119/b.qcow2" }, {}],
  ["of a file", { local_file_path: "/latest/b.qcow2" }, {}],
  ["whose URL is not known", {}, { unknown: { image_source_url: true } }],
  ["that goes", undefined, { actions: ["delete"], before: image }],
  ["that is forgotten", undefined, { actions: ["forget"], before: image }],
  ["that only is read", image, { actions: ["read"] }],
])("does not mind an image %s", (_, after, more) => {
  expect(made(CONTENT_MAY_MOVE, after as object, more)).toStrictEqual([]);
});
