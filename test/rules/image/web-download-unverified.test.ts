import { WEB_DOWNLOAD_UNVERIFIED } from "../../../lib/rules/image/web-download-unverified";
import { declared, IMG, made, SHA512, SIGNED } from "./made";

const URL = "https://example.org/b.qcow2";
const image = { image_source_url: URL, web_download: true };
const fetched = [`${IMG}: warn: Glance fetches ${URL} itself, and nobody compares what it stored with a digest`];

test("finds an image that Glance fetches and nobody compares", () => {
  expect(made(WEB_DOWNLOAD_UNVERIFIED, image)).toStrictEqual(fetched);
  const replaced = { actions: ["create", "delete"], before: { image_source_url: "https://example.org/a" } };
  expect(made(WEB_DOWNLOAD_UNVERIFIED, image, replaced)).toStrictEqual(fetched);
  expect(declared(WEB_DOWNLOAD_UNVERIFIED, image)).toStrictEqual(fetched);
});

test("does not take a digest in the URL for a comparison", () => {
  expect(made(WEB_DOWNLOAD_UNVERIFIED, { ...image, image_source_url: `${URL}#sha512=${SHA512}` })).toStrictEqual(
    fetched,
  );
});

test("finds one whose URL is not known", () => {
  expect(made(WEB_DOWNLOAD_UNVERIFIED, { web_download: true }, { unknown: { image_source_url: true } })).toStrictEqual([
    `${IMG}: warn: Glance fetches a URL that is not shown itself, and nobody compares what it stored with a digest`,
  ]);
});

test.each([
  ["with a condition", image, { isChecked: true }],
  ["with a signature", { ...image, properties: SIGNED }, {}],
  ["that the provider downloads", { image_source_url: URL }, {}],
  ["that says that Glance does not", { ...image, web_download: false }, {}],
  ["of which it is not known who fetches it", { image_source_url: URL }, { unknown: { web_download: true } }],
  ["that changes in place", image, { actions: ["update"], before: { ...image, web_download: false } }],
  ["that goes", undefined, { actions: ["delete"], before: image }],
])("does not mind an image %s", (_, after, more) => {
  expect(made(WEB_DOWNLOAD_UNVERIFIED, after as object, more)).toStrictEqual([]);
});
