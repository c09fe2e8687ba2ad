import { plain } from "../../lib/rules/message";
import { parsedUrl, shownUrl } from "../../lib/rules/shown-url";

const NOT_SHOWN = "a URL that is not shown";

test.each([
  ["https://example.org/a/b.qcow2", "https://example.org/a/b.qcow2"],
  ["https://example.org:8443/b", "https://example.org:8443/b"],
  ["http://example.org", "http://example.org/"],
  ["ftp://example.org/b", "ftp://example.org/b"],
  ["https://user:secret@example.org/b", "https://example.org/b"],
  ["https://secret@example.org/b", "https://example.org/b"],
  ["https://user:sec@ret@example.org/b", "https://example.org/b"],
  ["https://example.org/b?token=secret", "https://example.org/b"],
  ["https://example.org/b#sha512=abc", "https://example.org/b"],
  ["https://example.org/b?t=secret#f", "https://example.org/b"],
  ["HTTPS://EXAMPLE.org/B", "https://example.org/B"],
  ["http:/\\secret@example.org/b", "http://example.org/b"],
])("shows %s as %s", (url, expected) => {
  expect(plain(shownUrl(url))).toBe(expected);
});

test.each([
  "user:secret@example.org/b",
  "https://user:sec/ret@example.org/b",
  "https://user:12/ret@example.org/b",
  "https://user:12?ret@example.org/b",
  "https://user:12#ret@example.org/b",
  "xhttp://example.org/secret",
  "httpx://example.org/secret",
  "file:///etc/secret",
  "no url: secret",
  "https://",
  "",
])("does not show %s", (url) => {
  expect(plain(shownUrl(url))).toBe(NOT_SHOWN);
});

test("takes what is shown for other people's words, and nothing else", () => {
  expect(shownUrl("https://example.org/b")).toStrictEqual([{ foreign: "https://example.org/b" }]);
  expect(shownUrl("secret")).toStrictEqual([NOT_SHOWN]);
});

test("reads a URL as programs do", () => {
  expect(parsedUrl("http://2130706433/")?.hostname).toBe("127.0.0.1");
  expect(parsedUrl("secret")).toBeUndefined();
});
