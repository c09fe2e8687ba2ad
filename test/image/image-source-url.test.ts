import { type TerraformStack, TerraformVariable } from "cdktf";
import { DiskFormat, Image, ImageSource, type UrlSourceOptions } from "cdktf-openstack-images";
import { failure, only, synth } from "../support/synth";
import { BASE, URL_QCOW2 } from "./given";

const TYPE = "openstack_images_image_v2";

function failureOf(url: string): string {
  return failure((stack) => {
    new Image(stack, "Base", { source: ImageSource.fromUrl(url), diskFormat: DiskFormat.QCOW2 });
  });
}

test.each([
  ["http", "http://10.0.0.1:8080/base.qcow2"],
  ["upper case", "HTTPS://EXAMPLE.ORG/base.qcow2"],
  ["a query", "https://example.org/base.qcow2?x=1&y=a%20b"],
  ["an address of IPv6", "http://[::1]/base.qcow2"],
])("a URL with %s comes out as it is", (_, url) => {
  const result = synth((stack) => new Image(stack, "Base", { source: ImageSource.fromUrl(url) }));
  expect(only(result, TYPE)).toStrictEqual({ ...BASE, image_source_url: url });
});

test("a template in a URL reaches the cloud as it is", () => {
  const source = ImageSource.fromUrl("https://example.org/${a}/base.qcow2");
  expect(
    only(
      synth((stack) => new Image(stack, "Base", { source })),
      TYPE,
    ).image_source_url,
  ).toBe("https://example.org/$${a}/base.qcow2");
});

test.each(["ftp://example.org/a", "file:///etc/passwd", "example.org/a", "", "./disk.raw", "https://"])(
  "fails when the URL is %j",
  (url) => {
    expect(failureOf(url)).toBe(
      `the source's URL must begin with http:// or https:// and have no spaces, got ${JSON.stringify(url)}; use ImageSource.fromFile ` +
        "for a file [SourceUrlNotHttp at test/Base]",
    );
  },
);

test.each(["https://me:hunter2@example.org/a", "https://hunter2@example.org/a", "https://:hunter2@example.org/a"])(
  "fails when the URL carries credentials, and does not show them",
  (url) => {
    const message = failureOf(url);
    expect(message).toBe(
      "the source's URL must not carry credentials, which would stand in the synthesized file, got some for " +
        `"example.org"; give ImageSource.fromUrl 'username' and 'password' [SourceUrlWithCredentials at test/Base]`,
    );
  },
);

test("fails when the URL is of another protocol with credentials, and does not show them", () => {
  const message = failureOf("ftp://me:hunter2@example.org/a");
  expect(message).toMatch(/\[SourceUrl(NotHttp|WithCredentials) at test\/Base\]$/);
  expect(message).not.toContain("hunter2");
});

test.each([" https://example.org/a", "https://example.org/a\n", "https://example.org/a b", "https://example.org/\ta"])(
  "fails when there is space in the URL: %j",
  (url) => {
    expect(failureOf(url)).toBe(
      `the source's URL must begin with http:// or https:// and have no spaces, got ${JSON.stringify(url)}; use ` +
        "ImageSource.fromFile for a file [SourceUrlNotHttp at test/Base]",
    );
  },
);

test.each([
  "https://me:hunter2@example.org/a b",
  "https://me:hunter2@example.org:port/a",
  "https://me:hunter2@example.org/a#sha512=abc",
  "https://me:x/hunter2@example.org/a",
  "https:me:hunter2@example.org/a",
  "https:\\\\me:hunter2@example.org/a",
])("fails when the URL %j is wrong and carries credentials, and does not show them", (url) => {
  const message = failureOf(url);
  expect(message).toMatch(/\[SourceUrl(NotHttp|WithCredentials) at test\/Base\]$/);
  expect(message).not.toContain("hunter2");
});

test("fails when the URL carries credentials and its ending does not tell the format, and does not show them", () => {
  const source = ImageSource.fromUrl("https://me:hunter2@example.org/noble-server-cloudimg-amd64.img");
  const message = failure((stack) => new Image(stack, "Base", { source }));
  expect(message).toMatch(/\[(SourceUrlWithCredentials|DiskFormatMissing) at test\/Base\]$/);
  expect(message).not.toContain("hunter2");
});

test.each(["https://example.org/a#sha512=abc", "https://example.org/a#"])("fails when the URL is %s", (url) => {
  expect(failureOf(url)).toBe(
    `the source's URL must not have a fragment, got ${JSON.stringify(url)}; leave out what follows "#" and give 'digest' for ` +
      "a digest [SourceUrlWithFragment at test/Base]",
  );
});

test("fails when the password is not sensitive", () => {
  const message = failure((stack) => {
    const password = new TerraformVariable(stack, "Password", { type: "string" });
    new Image(stack, "Base", { source: ImageSource.fromUrl(URL_QCOW2, { username: "me", password }) });
  });
  expect(message).toContain(
    "the source's 'password' must be a TerraformVariable with sensitive: true, got one without",
  );
  expect(message).toContain("[SecretNotSensitive at test/Base]");
});

test("fails when the password is text, and does not show it", () => {
  const message = failure((stack) => {
    const password = "hunter2" as unknown as TerraformVariable;
    new Image(stack, "Base", { source: ImageSource.fromUrl(URL_QCOW2, { username: "me", password }) });
  });
  expect(message).toContain("got something else");
  expect(message).not.toContain("hunter2");
});

function download(given: (stack: TerraformStack) => UrlSourceOptions): string {
  return failure((stack) => new Image(stack, "Base", { source: ImageSource.fromUrl(URL_QCOW2, given(stack)) }));
}

test.each<[string, (stack: TerraformStack) => UrlSourceOptions]>([
  ["a user name without a password", () => ({ username: "reader" })],
  [
    "a password without a user name",
    (stack) => ({ password: new TerraformVariable(stack, "Password", { sensitive: true }) }),
  ],
])("fails when there is %s", (_, given) => {
  expect(download(given)).toBe(
    "the source's 'username' and 'password' must be given together, got one: the provider then downloads without; give both " +
      "[CredentialsIncomplete at test/Base]",
  );
});

test("credentials come out as a name and a reference", () => {
  const result = synth((stack) => {
    const password = new TerraformVariable(stack, "Password", { type: "string", sensitive: true });
    new Image(stack, "Base", { source: ImageSource.fromUrl(URL_QCOW2, { username: "reader", password }) });
  });
  expect(only(result, TYPE)).toStrictEqual({
    ...BASE,
    image_source_username: "reader",
    image_source_password: "${var.Password}",
  });
});

test.each([true, false])("whether the upload is compared by its MD5 is said (%s)", (verifyChecksum) => {
  const result = synth((stack) => {
    new Image(stack, "Base", { source: ImageSource.fromUrl(URL_QCOW2, { verifyChecksum }) });
  });
  expect(only(result, TYPE)).toStrictEqual({ ...BASE, verify_checksum: verifyChecksum });
});

describe("a URL that is partly known", () => {
  type Url = (token: string, number: string) => string;

  function withUrl(url: Url) {
    return (stack: TerraformStack) => {
      const [text, number] = ["v", "n"].map((id) => new TerraformVariable(stack, id, {}));
      const source = ImageSource.fromUrl(url(text.stringValue, `${number.numberValue}`));
      new Image(stack, "Base", { source, diskFormat: DiskFormat.QCOW2 });
    };
  }

  test.each<[string, Url, string]>([
    ["has an unknown host", (v) => `https://${v}/a`, "https://${var.v}/a"],
    ["has an unknown port", (_, n) => `https://example.org:${n}/a`, "https://example.org:${var.n}/a"],
    ["has an unknown address of IPv6", (v) => `https://[${v}]/a`, "https://[${var.v}]/a"],
    ["has an unknown part of an IPv4 address", (_, n) => `http://10.0.0.${n}/a`, "http://10.0.0.${var.n}/a"],
    ["has an unknown path", (v) => `https://example.org/${v}`, "https://example.org/${var.v}"],
    ["has an unknown query", (v, n) => `https://example.org/a?${v}=${n}`, "https://example.org/a?${var.v}=${var.n}"],
    ["begins with a token", (v) => `${v}/a b#c`, "${var.v}/a b#c"],
    ["begins with a number's token", (_, n) => `${n}://me:x@example.org/a`, "${var.n}://me:x@example.org/a"],
  ])("and %s comes out as it is", (_, url, expected) => {
    expect(only(synth(withUrl(url)), TYPE)).toStrictEqual({ ...BASE, image_source_url: expected });
  });

  test.each<[string, Url]>([
    ["before the host", (v) => `https://me:hunter2@${v}/a`],
    ["before a known host", (v) => `https://me:hunter2@example.org/${v}`],
    ["around a token", (v) => `https://${v}:hunter2@example.org/a`],
    ["as a token", (v) => `https://${v}@example.org/a`],
  ])("fails when it carries credentials %s, and does not show them", (_, url) => {
    const message = failure(withUrl(url));
    expect(message).toMatch(/ must not carry credentials, .* \[SourceUrlWithCredentials at test\/Base\]$/);
    expect(message).not.toMatch(/hunter2|TfToken/);
  });

  test.each<[string, Url]>([
    ["is of another protocol", (v) => `ftp://${v}/a`],
    ["has no protocol", (v) => `example.org/${v}`],
    ["has no protocol, and begins as no token does", (v) => `tokens.example.org/${v}`],
    ["has a space", (v) => `https://${v}/a b`],
  ])("fails when it %s", (_, url) => {
    const message = failure(withUrl(url));
    expect(message).toMatch(/^the source's URL must begin with http.* \[SourceUrlNotHttp at test\/Base\]$/);
    expect(message).not.toContain("TfToken");
  });

  test("fails when it has a fragment", () => {
    const message = failure(withUrl((v) => `https://${v}/a#sha512=abc`));
    expect(message).toMatch(/^the source's URL must not have a fragment.* \[SourceUrlWithFragment at test\/Base\]$/);
    expect(message).not.toContain("TfToken");
  });
});

describe("the disk format by the ending", () => {
  test.each([
    ["https://example.org/a.qcow2", "qcow2"],
    ["https://example.org/a.QCOW2", "qcow2"],
    ["https://example.org/a.raw", "raw"],
    ["https://example.org/a.iso", "iso"],
    ["https://example.org/a.vmdk", "vmdk"],
    ["https://example.org/a.vhd", "vhd"],
    ["https://example.org/a.vhdx", "vhdx"],
    ["https://example.org/a.vdi", "vdi"],
    ["https://example.org/a.iso?token=b.raw", "iso"],
  ])("%s is %s", (url, format) => {
    const result = synth((stack) => new Image(stack, "Base", { source: ImageSource.fromUrl(url) }));
    expect(only(result, TYPE)).toStrictEqual({ ...BASE, image_source_url: url, disk_format: format });
  });

  test.each([
    "https://example.org/a.img",
    "https://example.org/a",
    "https://example.org/qcow2",
    "https://iso/a.img.xz",
    "https://example.org/a.qcow2.tar",
    "https://example.org/a.qcow2.gz.gz",
  ])("fails when it is that of %s", (url) => {
    expect(failure((stack) => new Image(stack, "Base", { source: ImageSource.fromUrl(url) }))).toBe(
      `'diskFormat' must be given when neither the source's bytes nor its ending tell it, got ${JSON.stringify(url)}; for the .img of ` +
        "Ubuntu or CirrOS it is DiskFormat.QCOW2; npx openstack-images inspect says it of any, and npx openstack-images lock notes it [DiskFormatMissing at test/Base]",
    );
  });

  test("fails when the URL is only known at apply", () => {
    const message = failure((stack) => {
      const url = new TerraformVariable(stack, "Url", { type: "string" });
      new Image(stack, "Base", { source: ImageSource.fromUrl(url.stringValue) });
    });
    expect(message).toContain("got a value that only Terraform knows; ");
    expect(message).toContain("[DiskFormatMissing at test/Base]");
  });
});
