import { SOURCE_INSECURE } from "../../../lib/rules/image/source-insecure";
import { declared, IMG, made, SHA512, SIGNED } from "./made";

const HTTP = "anybody on the way can put other bytes in (not https)";
const USER = "a user or password stands in it";
const METADATA = "it leads to a metadata service, which gives out credentials";
const INNER = "it leads to an address of an inner network";
const ADDRESS = "it leads to an address, and no host with a name";
const NAMED = "it leads to a host of an inner network";
const HIDDEN = "its address is written so that it is not seen to be one";
const PORT = "Glance fetches from ports 80 and 443 alone";
const finds = (shown: string, ...reasons: string[]) => [`${IMG}: block: ${shown}: ${reasons.join(", ")}`];
const from = (url: string, more: object = {}) => made(SOURCE_INSECURE, { image_source_url: url, ...more });

test.each([
  ["http://example.org/b", "http://example.org/b", HTTP],
  ["https://u:secret@example.org/b", "https://example.org/b", USER],
  ["https://secret@example.org/b", "https://example.org/b", USER],
  ["https://:secret@example.org/b", "https://example.org/b", USER],
  ["https://203.0.113.7/b", "https://203.0.113.7/b", ADDRESS],
  ["https://[2001:db8::7]/b", "https://[2001:db8::7]/b", ADDRESS],
  ["https://10.0.0.7/b", "https://10.0.0.7/b", INNER],
  ["https://169.254.169.254/b", "https://169.254.169.254/b", METADATA],
  ["https://mirror.internal/b", "https://mirror.internal/b", NAMED],
])("finds %s", (url, shown, reason) => {
  expect(from(url)).toStrictEqual(finds(shown, reason));
});

test.each(["2852039166", "0xa9fea9fe", "0251.0376.0251.0376", "169.254.43518"])(
  "finds an address hidden in %s",
  (host) => {
    expect(from(`https://${host}/b`)).toStrictEqual(finds("https://169.254.169.254/b", METADATA, HIDDEN));
  },
);

test("names all that speaks against a URL", () => {
  expect(from("http://u:secret@0x7f000001:8080/b?token=secret", { web_download: true })).toStrictEqual(
    finds("http://127.0.0.1:8080/b", HTTP, USER, INNER, HIDDEN, PORT),
  );
});

test("minds other ports where Glance fetches alone", () => {
  expect(from("https://example.org:8443/b", { web_download: true })).toStrictEqual(
    finds("https://example.org:8443/b", PORT),
  );
  expect(from("https://example.org:80/b", { web_download: true })).toStrictEqual([]);
  expect(from("https://example.org:443/b", { web_download: true })).toStrictEqual([]);
  expect(from("http://example.org:443/b", { web_download: true })).toStrictEqual(
    finds("http://example.org:443/b", HTTP),
  );
  expect(from("https://example.org:8443/b")).toStrictEqual([]);
  expect(from("https://example.org:8443/b", { web_download: false })).toStrictEqual([]);
});

test.each([
  ["ftp://example.org/b", "ftp://example.org/b"],
  ["file:///etc/passwd", "a URL that is not shown"],
])("finds %s, whose scheme nobody takes", (url, shown) => {
  expect(from(url)).toStrictEqual(finds(shown, "it is neither https nor http"));
});

test("finds what is no URL", () => {
  expect(from("https://u:sec/ret")).toStrictEqual(finds("a URL that is not shown", "it cannot be read as a URL"));
});

test("finds an image that is replaced, and one of the code", () => {
  const url = "http://example.org/b";
  const replaced = { actions: ["delete", "create"], before: { image_source_url: "https://example.org/a" } };
  expect(made(SOURCE_INSECURE, { image_source_url: url }, replaced)).toStrictEqual(finds(url, HTTP));
  expect(declared(SOURCE_INSECURE, { image_source_url: url })).toStrictEqual(finds(url, HTTP));
});

test.each([
  ["at the end of the URL", { image_source_url: `http://example.org/b#sha512=${SHA512}` }, {}],
  ["in a condition", { image_source_url: "http://example.org/b" }, { isChecked: true }],
  ["in a signature", { image_source_url: "http://example.org/b", properties: SIGNED }, {}],
])("tells it of an image with a digest %s", (_, after, more) => {
  const expected = [`${IMG}: info: http://example.org/b: ${HTTP}; its digest is pinned`];
  expect(made(SOURCE_INSECURE, after, more)).toStrictEqual(expected);
  expect(made(SOURCE_INSECURE, after, more, { allowedHosts: ["example.org"] })).toStrictEqual(expected);
});

test.each(["mirror.internal", "MIRROR.internal", "mirror.internal:8080"])(
  "tells it where the policy allows %s",
  (host) => {
    const url = "http://Mirror.internal:8080/b";
    expect(made(SOURCE_INSECURE, { image_source_url: url }, {}, { allowedHosts: ["a", host] })).toStrictEqual([
      `${IMG}: info: http://mirror.internal:8080/b: ${HTTP}, ${NAMED}; the policy allows its host`,
    ]);
  },
);

test.each(["internal", "a.mirror.internal", "mirror.internal:80", ""])("is not allowed by %s", (host) => {
  const url = "https://mirror.internal/b";
  expect(made(SOURCE_INSECURE, { image_source_url: url }, {}, { allowedHosts: [host] })).toStrictEqual(
    finds(url, NAMED),
  );
});

test("allows no host of what is no URL", () => {
  expect(made(SOURCE_INSECURE, { image_source_url: "x" }, {}, { allowedHosts: ["x", ""] })).toStrictEqual(
    finds("a URL that is not shown", "it cannot be read as a URL"),
  );
});

test("does not show a URL that is sensitive", () => {
  const sensitive = { sensitive: { image_source_url: true } };
  expect(made(SOURCE_INSECURE, { image_source_url: "http://example.org/b" }, sensitive)).toStrictEqual([
    "openstack_images_image_v2.img: block: a URL that is not shown: it cannot be read as a URL",
  ]);
});

const insecure = { image_source_url: "http://example.org/b" };
test.each([
  ["from https", { image_source_url: "https://example.org/b" }, {}],
  ["of a file", { local_file_path: "http" }, {}],
  ["whose URL is not known", {}, { unknown: { image_source_url: true } }],
  ["that changes in place", insecure, { actions: ["update"], before: { ...insecure, name: "a" } }],
  ["that stays", insecure, { actions: ["no-op"], before: insecure }],
  ["that goes", undefined, { actions: ["delete"], before: insecure }],
])("does not mind an image %s", (_, after, more) => {
  expect(made(SOURCE_INSECURE, after as object, more)).toStrictEqual([]);
});
