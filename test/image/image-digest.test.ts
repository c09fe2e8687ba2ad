import { TerraformVariable } from "cdktf";
import { Digest, DigestPin, Image, type ImageProps, ImageSource } from "cdktf-openstack-images";
import { blocks, failure, only, synth } from "../support/synth";
import { BASE, BYTES, inAppFolder, MD5, SHA256, SHA512, URL_QCOW2, UUID } from "./given";

const TYPE = "openstack_images_image_v2";
const ADDRESS = `${TYPE}.Base`;

function imageFrom(source: ImageSource, props: Partial<ImageProps> = {}) {
  return synth((stack) => new Image(stack, "Base", { source, ...props }));
}

function failureFrom(source: ImageSource, props: Partial<ImageProps> = {}): string {
  return failure((stack) => new Image(stack, "Base", { source, ...props }));
}

function lookup(subject: string, key: string): string {
  return `try(${subject}.properties["${key}"], "")`;
}

/** The provider keeps what it downloads, so another try needs it gone. */
const CLEARED = "rm -r .terraform/image_cache && ";

/** The way out where Glance imports the bytes. */
const IMPORTED = { first: "", more: " If this cloud converts what it imports: storedAs: DiskFormat.RAW." };

/** What Glance reports in an algorithm, or `""`. */
function reported(subject: string, algorithm: string): string {
  return algorithm === "md5"
    ? `try(coalesce(${subject}.checksum), "")`
    : `try(contains(["${algorithm}"], ${lookup(subject, "os_hash_algo")}) ? ${subject}.properties["os_hash_value"] : "", "")`;
}

/** What holds Glance to a digest in `os_hash_value`. */
function matches(algorithm: string, hex: string, { first = CLEARED, more = "" } = {}) {
  const stored = reported("self", algorithm);
  const held = 'try(format("%s %s", self.properties["os_hash_algo"], self.properties["os_hash_value"]), "no digest")';
  return {
    condition: `\${self.status != "active" || contains(["${hex}"], ${stored}) || (${stored} == "" && !contains(["${algorithm}", ""], ${lookup("self", "os_hash_algo")}))}`,
    error_message:
      `DigestMismatch: ${ADDRESS} must hold ${algorithm} ${hex}, but Glance holds \${${held}}. ` +
      `If Glance holds the right bytes: declare the digest that it holds.${more} If the source has the right ones now, in the stack's folder: ` +
      `${first}terraform apply -replace=${ADDRESS}`,
  };
}

/** What warns when Glance reports nothing to compare. */
function compared(algorithm: string) {
  const algo = lookup(ADDRESS, "os_hash_algo");
  return {
    condition: `\${${ADDRESS}.status != "active" || ${reported(ADDRESS, algorithm)} != ""}`,
    error_message:
      `DigestNotVerified: the bytes of ${ADDRESS} were not compared with the ${algorithm} digest declared, since Glance reports ` +
      `\${try(coalesce(${algo}), "none")}. Declare storedDigest in that algorithm.`,
  };
}

function md5Matches({ first = CLEARED, more = "" } = {}) {
  return {
    condition: `\${self.status != "active" || contains(["${MD5}"], ${reported("self", "md5")}) || (${reported("self", "md5")} == "" && true)}`,
    error_message:
      `DigestMismatch: ${ADDRESS} must hold md5 ${MD5}, but Glance holds \${try(format("md5 %s", self.checksum), "no digest")}. ` +
      `If Glance holds the right bytes: declare the digest that it holds.${more} If the source has the right ones now, in the stack's folder: ` +
      `${first}terraform apply -replace=${ADDRESS}`,
  };
}

const SHA256_WARNING = {
  path: "test/Base",
  message:
    "DigestNotVerified: a SHA-256 digest pins the plan, but Glance reports SHA-512 unless its operator chose otherwise, so the " +
    "stored bytes may go unverified; give storedDigest: Digest.sha512(...) too (sha512sum FILE), or run npx openstack-images lock",
};

describe.each([
  ["a URL", (digest: Digest) => ImageSource.fromUrl(URL_QCOW2, { digest }), BASE, { first: CLEARED, more: "" }],
  [
    "a web-download",
    (digest: Digest) => ImageSource.fromWebDownload(URL_QCOW2, { digest }),
    { ...BASE, web_download: true },
    IMPORTED,
  ],
])("the digest of %s", (_, source, base, wayOut) => {
  test("SHA-512 stands in the plan, holds Glance to it and warns when it cannot", () => {
    const result = imageFrom(source(Digest.sha512(SHA512)));
    expect(only(result, TYPE)).toStrictEqual({
      ...base,
      image_source_url: `${URL_QCOW2}#sha512=${SHA512}`,
      lifecycle: { create_before_destroy: true, postcondition: [matches("sha512", SHA512, wayOut)] },
    });
    expect(result.json.check).toStrictEqual({ Base: { assert: [compared("sha512")] } });
    expect(result.warnings).toStrictEqual([]);
    expect(blocks(result, "terraform_data")).toStrictEqual({});
  });

  test("SHA-256 warns already at synth", () => {
    const result = imageFrom(source(Digest.sha256(SHA256)));
    expect(only(result, TYPE)).toStrictEqual({
      ...base,
      image_source_url: `${URL_QCOW2}#sha256=${SHA256}`,
      lifecycle: { create_before_destroy: true, postcondition: [matches("sha256", SHA256, wayOut)] },
    });
    expect(result.json.check).toStrictEqual({ Base: { assert: [compared("sha256")] } });
    expect(result.warnings).toStrictEqual([SHA256_WARNING]);
  });

  test("MD5 is compared with the checksum, where there is one", () => {
    const result = imageFrom(source(Digest.md5(MD5)));
    expect(only(result, TYPE)).toStrictEqual({
      ...base,
      image_source_url: `${URL_QCOW2}#md5=${MD5}`,
      lifecycle: { create_before_destroy: true, postcondition: [md5Matches(wayOut)] },
    });
    expect(result.json.check.Base.assert).toStrictEqual([
      {
        condition: `\${${ADDRESS}.status != "active" || try(coalesce(${ADDRESS}.checksum), "") != ""}`,
        error_message: compared("md5").error_message,
      },
    ]);
  });

  test("is written in lower case, as Glance does", () => {
    expect(only(imageFrom(source(Digest.sha512(SHA512.toUpperCase()))), TYPE)).toStrictEqual({
      ...base,
      image_source_url: `${URL_QCOW2}#sha512=${SHA512}`,
      lifecycle: { create_before_destroy: true, postcondition: [matches("sha512", SHA512, wayOut)] },
    });
  });
});

test("the way out for a protected image begins with its protection", () => {
  const source = ImageSource.fromUrl(URL_QCOW2, { digest: Digest.sha512(SHA512) });
  const unprotect = `\${format("set protected: false, openstack image set --unprotect %s, then ", self.id)}`;
  const [found] = only(imageFrom(source, { protected: true }), TYPE).lifecycle.postcondition;
  expect(found).toStrictEqual(matches("sha512", SHA512, { first: unprotect + CLEARED }));
  const [others] = only(imageFrom(source, { protected: false }), TYPE).lifecycle.postcondition;
  expect(others).toStrictEqual(matches("sha512", SHA512));
});

test("a digest that is only compared stands nowhere in the arguments", () => {
  const digest = Digest.sha512(SHA512);
  const result = imageFrom(ImageSource.fromUrl(URL_QCOW2, { digest, digestPin: DigestPin.CHECK }));
  expect(only(result, TYPE)).toStrictEqual({
    ...BASE,
    lifecycle: { create_before_destroy: true, postcondition: [matches("sha512", SHA512)] },
  });
  expect(result.json.check).toStrictEqual({ Base: { assert: [compared("sha512")] } });
});

test("the stored digest is compared, and the other one pinned", () => {
  const stored = "9".repeat(128);
  const source = ImageSource.fromWebDownload(URL_QCOW2, {
    digest: Digest.sha256(SHA256),
    storedDigest: Digest.sha512(stored.toUpperCase()),
  });
  const result = imageFrom(source);
  expect(only(result, TYPE)).toStrictEqual({
    ...BASE,
    web_download: true,
    image_source_url: `${URL_QCOW2}#sha256=${SHA256}`,
    lifecycle: { create_before_destroy: true, postcondition: [matches("sha512", stored, IMPORTED)] },
  });
  expect(result.json.check).toStrictEqual({ Base: { assert: [compared("sha512")] } });
  expect(result.warnings).toStrictEqual([]);
});

test("a stored digest alone is compared, and pins nothing", () => {
  const result = imageFrom(ImageSource.fromUrl(URL_QCOW2, { storedDigest: Digest.sha512(SHA512) }));
  expect(only(result, TYPE)).toStrictEqual({
    ...BASE,
    lifecycle: { create_before_destroy: true, postcondition: [matches("sha512", SHA512)] },
  });
});

test("a stored digest in SHA-256 warns", () => {
  const source = ImageSource.fromUrl(URL_QCOW2, {
    digest: Digest.sha512(SHA512),
    storedDigest: Digest.sha256(SHA256),
  });
  expect(imageFrom(source).warnings).toStrictEqual([SHA256_WARNING]);
});

/** What holds Glance to a digest in a variable, which may be written in upper case. */
function digestOfVariable() {
  const { condition, error_message } = matches("sha512", "HEX");
  return {
    condition: condition.replace('"HEX"', "lower(var.Digest)"),
    error_message: error_message.replace("HEX", () => "${lower(var.Digest)}"),
  };
}

test("a digest that only Terraform knows is compared whatever its case", () => {
  const result = synth((stack) => {
    const hex = new TerraformVariable(stack, "Digest", { type: "string" }).stringValue;
    new Image(stack, "Base", { source: ImageSource.fromUrl(URL_QCOW2, { digest: Digest.sha512(hex) }) });
  });
  expect(only(result, TYPE).image_source_url).toMatch(/^https:.*#sha512=\$\{(lower\()?var\.Digest\)?\}$/);
  expect(only(result, TYPE).lifecycle.postcondition).toStrictEqual([digestOfVariable()]);
});

test.each([
  [
    "SHA-512",
    Digest.sha512("abc"),
    "'digest' must be 128 hex digits for sha512, got \"abc\"; sha512sum FILE prints it",
  ],
  ["SHA-256", Digest.sha256(SHA512), "'digest' must be 64 hex digits for sha256"],
  [
    "MD5",
    Digest.md5("x".repeat(32)),
    `'digest' must be 32 hex digits for md5, got "${"x".repeat(32)}"; md5sum FILE prints it`,
  ],
  ["an empty one", Digest.md5(""), `'digest' must be 32 hex digits for md5, got ""`],
  ["one with its file's name", Digest.md5(`${MD5}  disk.raw`), "'digest' must be 32 hex digits for md5"],
])("fails when %s is malformed", (_, digest, expected) => {
  const message = failureFrom(ImageSource.fromUrl(URL_QCOW2, { digest }));
  expect(message).toContain(expected);
  expect(message).toMatch(/ \[DigestMalformed at test\/Base\]$/);
});

test("fails when the stored digest is malformed", () => {
  expect(failureFrom(ImageSource.fromUrl(URL_QCOW2, { storedDigest: Digest.sha512("abc") }))).toContain(
    "'storedDigest' must be 128 hex digits for sha512",
  );
});

describe("an image with a fixed id", () => {
  const digest = Digest.sha512(SHA512);

  test("fails when a changed digest would have to replace it", () => {
    expect(failureFrom(ImageSource.fromUrl(URL_QCOW2, { digest }), { imageId: UUID })).toBe(
      `an image with a fixed 'imageId' cannot be replaced when its digest changes, got sha512 "${SHA512}": Glance never gives an ` +
        "id twice; leave out 'imageId', or give the source digestPin: DigestPin.CHECK [FixedIdWithDigest at test/Base]",
    );
  });

  test("fails when the digest is only known at apply", () => {
    const message = failure((stack) => {
      const hex = new TerraformVariable(stack, "Digest", { type: "string" }).stringValue;
      const source = ImageSource.fromUrl(URL_QCOW2, { digest: Digest.sha512(hex) });
      new Image(stack, "Base", { source, imageId: UUID });
    });
    expect(message).toContain("got sha512 a value that only Terraform knows: Glance never");
    expect(message).toContain("[FixedIdWithDigest at test/Base]");
    expect(message).not.toContain("TfToken");
  });

  test("may have a digest that is only compared", () => {
    const source = ImageSource.fromUrl(URL_QCOW2, { digest, digestPin: DigestPin.CHECK });
    expect(only(imageFrom(source, { imageId: UUID }), TYPE)).toStrictEqual({
      ...BASE,
      image_id: UUID,
      lifecycle: { create_before_destroy: true, postcondition: [matches("sha512", SHA512)] },
    });
  });

  test("from a file compares the file's digest, and is not replaced by it", () => {
    const result = inAppFolder({ "disk.raw": BYTES }, () =>
      imageFrom(ImageSource.fromFile("disk.raw"), { imageId: UUID }),
    );
    expect(Object.keys(only(result, TYPE).lifecycle)).toStrictEqual(["create_before_destroy", "postcondition"]);
    expect(blocks(result, "terraform_data")).toStrictEqual({});
  });
});
