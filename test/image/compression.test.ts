import { TerraformVariable } from "cdktf";
import {
  ContainerFormat,
  Digest,
  DigestPin,
  DiskFormat,
  Image,
  type ImageProps,
  ImageSource,
  type UrlSourceOptions,
  type WebDownloadSourceOptions,
} from "cdktf-openstack-images";
import { type Block, failure, only, type Synthesis, synth } from "../support/synth";
import { BASE, BYTES, inAppFolder, SHA256, SHA512 } from "./given";

const TYPE = "openstack_images_image_v2";
const ENDINGS = ["gz", "bz2", "xz", "zst", "zip"];
const url = (ending: string) => `https://images.example.org/base.qcow2.${ending}`;

function imageFrom(source: ImageSource, props: Partial<ImageProps> = {}): Synthesis {
  return synth((stack) => new Image(stack, "Base", { source, ...props }));
}

function blockOf(source: ImageSource, props: Partial<ImageProps> = {}): Block {
  const result = imageFrom(source, props);
  expect(result.warnings).toStrictEqual([]);
  return only(result, TYPE);
}

function failureOf(source: ImageSource, props: Partial<ImageProps> = {}): string {
  return failure((stack) => new Image(stack, "Base", { source, ...props }));
}

/** What an error says, by the ending: who unpacks it, and that Cinder takes gzip as it is. */
const BY_PROVIDER = "give ImageSource.fromUrl decompress: true";
const BY_CLOUD = "give ImageSource.fromWebDownload decompressedByCloud: true where the cloud's Glance unpacks it";
const BY_CINDER = "or containerFormat: ContainerFormat.COMPRESSED where the cloud's Cinder unpacks it";
const WAY_OUT: Record<string, string> = {
  gz: `${BY_PROVIDER}, or ${BY_CLOUD}, ${BY_CINDER}`,
  bz2: BY_PROVIDER,
  xz: BY_PROVIDER,
  zst: BY_PROVIDER,
  zip: BY_CLOUD,
};

function packed(location: string, wayOut: string): string {
  return `the source must not be packed, got "${location}"; ${wayOut} [SourceCompressed at test/Base]`;
}

interface Given {
  readonly what: string;
  readonly source: (ending: string) => ImageSource;
  readonly rendered: object;
  /** The endings that it may have. */
  readonly accepted: string[];
}

const EVERY: Given[] = [
  {
    what: "a URL",
    source: (ending) => ImageSource.fromUrl(url(ending)),
    rendered: {},
    accepted: [],
  },
  {
    what: "a URL that the provider is told not to unpack",
    source: (ending) => ImageSource.fromUrl(url(ending), { decompress: false }),
    rendered: { decompress: false },
    accepted: [],
  },
  {
    what: "a URL that the provider unpacks",
    source: (ending) => ImageSource.fromUrl(url(ending), { decompress: true }),
    rendered: { decompress: true },
    accepted: ["gz", "bz2", "xz", "zst"],
  },
  {
    what: "a web-download",
    source: (ending) => ImageSource.fromWebDownload(url(ending)),
    rendered: { web_download: true },
    accepted: [],
  },
  {
    what: "a web-download that the cloud does not unpack",
    source: (ending) => ImageSource.fromWebDownload(url(ending), { decompressedByCloud: false }),
    rendered: { web_download: true },
    accepted: [],
  },
  {
    what: "a web-download that the cloud unpacks",
    source: (ending) => ImageSource.fromWebDownload(url(ending), { decompressedByCloud: true }),
    rendered: { web_download: true },
    accepted: ["gz", "zip"],
  },
];

describe.each(EVERY)("$what", ({ source, rendered, accepted }) => {
  for (const ending of ENDINGS) {
    const isAccepted = accepted.includes(ending);
    test(isAccepted ? `may end in .${ending}` : `fails when it ends in .${ending}`, () => {
      if (!isAccepted) expect(failureOf(source(ending))).toBe(packed(url(ending), WAY_OUT[ending]));
      else expect(blockOf(source(ending))).toStrictEqual({ ...BASE, image_source_url: url(ending), ...rendered });
    });
  }

  if (accepted.length === 0) {
    test.each(ENDINGS)("may end in .%s when it is to be stored so", (ending) => {
      expect(blockOf(source(ending), { containerFormat: ContainerFormat.COMPRESSED })).toStrictEqual({
        ...BASE,
        container_format: "compressed",
        image_source_url: url(ending),
        ...rendered,
      });
    });
  } else {
    test("fails when it is to be stored packed", () => {
      expect(failureOf(source("gz"), { containerFormat: ContainerFormat.COMPRESSED })).toBe(
        `'containerFormat' must not be compressed for what is unpacked on its way, got it for ${JSON.stringify(url("gz"))}; ` +
          "leave it out, or leave the source packed [CompressedUnpacked at test/Base]",
      );
    });
  }

  test("may have no ending of a compression", () => {
    expect(blockOf(source("qcow2"))).toStrictEqual({ ...BASE, image_source_url: url("qcow2"), ...rendered });
  });
});

describe("a file", () => {
  test.each(ENDINGS)("fails when it ends in .%s", (ending) => {
    const path = `images/disk.raw.${ending}`;
    inAppFolder({ [path]: BYTES }, () => {
      const wayOut = ending === "gz" ? `unpack the file first, ${BY_CINDER}` : "unpack the file first";
      expect(failureOf(ImageSource.fromFile(path))).toBe(packed(path, wayOut));
    });
  });

  test.each(ENDINGS)("may end in .%s when it is to be stored so", (ending) => {
    const block = inAppFolder({ [`disk.raw.${ending}`]: BYTES }, () =>
      blockOf(ImageSource.fromFile(`disk.raw.${ending}`), { containerFormat: ContainerFormat.COMPRESSED }),
    );
    expect([block.container_format, block.disk_format]).toStrictEqual(["compressed", "raw"]);
  });

  test("fails when it is packed and not here, as it does when it is", () => {
    const source = ImageSource.fromFile("disk.raw.xz", { digest: Digest.sha512(SHA512) });
    expect(inAppFolder({}, () => failureOf(source))).toBe(packed("disk.raw.xz", "unpack the file first"));
  });
});

test.each([
  ["in upper case", "https://example.org/a.qcow2.XZ"],
  ["before a query", "https://example.org/a.qcow2.xz?token=1"],
  ["without one of a format", "https://example.org/a.xz"],
  ["of another container", "https://example.org/a.ova.xz"],
])("fails when the ending is %s", (_, location) => {
  const message = failureOf(ImageSource.fromUrl(location), { diskFormat: DiskFormat.QCOW2 });
  expect(message).toBe(packed(location.replace("?token=1", "?..."), BY_PROVIDER));
});

test.each([DiskFormat.AKI, DiskFormat.ARI])("a kernel or ramdisk is packed as it boots: %j", (diskFormat) => {
  const block = blockOf(ImageSource.fromUrl("https://example.org/initrd.xz"), { diskFormat });
  expect([block.disk_format, block.container_format]).toStrictEqual([diskFormat.value, diskFormat.value]);
});

test.each([
  "https://example.org/xz",
  "https://example.org/a.gz/disk.qcow2",
  "https://example.org/a.tgz",
  "https://xz.example.gz/a",
  "https://example.org/a.7z",
  "https://example.org/a.qcow2?signature=b.gz",
])("%s has no ending of a compression", (location) => {
  expect(blockOf(ImageSource.fromUrl(location), { diskFormat: DiskFormat.QCOW2 })).toStrictEqual({
    ...BASE,
    image_source_url: location,
  });
});

test("a URL that only Terraform knows is not looked at", () => {
  const result = synth((stack) => {
    const host = new TerraformVariable(stack, "v", {}).stringValue;
    const source = ImageSource.fromUrl(`https://${host}/a.qcow2.xz`);
    new Image(stack, "Base", { source, diskFormat: DiskFormat.QCOW2 });
  });
  expect(only(result, TYPE)).toStrictEqual({ ...BASE, image_source_url: "https://${var.v}/a.qcow2.xz" });
});

test("a container that only Terraform knows may be that of a packed disk", () => {
  const result = synth((stack) => {
    const containerFormat = ContainerFormat.custom(new TerraformVariable(stack, "v", {}).stringValue);
    new Image(stack, "Base", { source: ImageSource.fromUrl(url("gz")), containerFormat });
  });
  expect(only(result, TYPE)).toStrictEqual({ ...BASE, container_format: "${var.v}", image_source_url: url("gz") });
});

describe("the disk format", () => {
  test.each([
    ["https://example.org/a.qcow2.xz", "qcow2"],
    ["https://example.org/a.RAW.GZ", "raw"],
    ["https://example.org/a.vmdk.bz2?token=1", "vmdk"],
    ["https://example.org/a.vhd.zst", "vhd"],
    ["https://example.org/a.vhdx.xz", "vhdx"],
    ["https://example.org/a.vdi.gz", "vdi"],
    ["https://example.org/a.iso.gz", "iso"],
  ])("of %s is that before the compression", (location, format) => {
    expect(blockOf(ImageSource.fromUrl(location, { decompress: true }))).toStrictEqual({
      ...BASE,
      disk_format: format,
      image_source_url: location,
      decompress: true,
    });
  });

  test("that is given comes first", () => {
    const source = ImageSource.fromUrl(url("xz"), { decompress: true });
    expect(blockOf(source, { diskFormat: DiskFormat.RAW }).disk_format).toBe("raw");
  });

  test("fails when it does not stand before the compression", () => {
    expect(failureOf(ImageSource.fromUrl("https://example.org/a.img.xz", { decompress: true }))).toContain(
      `'diskFormat' must be given when neither the source's bytes nor its ending tell it, got "https://example.org/a.img.xz"; `,
    );
  });
});

describe("fails when 'decompress'", () => {
  const options = (decompress: boolean): object => ({ decompress });

  test.each([true, false])("(%s) is given for a web-download", (decompress) => {
    const source = ImageSource.fromWebDownload(url("gz"), options(decompress) as WebDownloadSourceOptions);
    expect(failureOf(source)).toBe(
      `'decompress' needs ImageSource.fromUrl, got it for "${url("gz")}", which the provider does not see; leave 'decompress' out, ` +
        "or give 'decompressedByCloud' where the cloud unpacks [DecompressNotHere at test/Base]",
    );
  });

  test.each([true, false])("(%s) is given for a file", (decompress) => {
    const source = ImageSource.fromFile("disk.raw.gz", options(decompress));
    expect(failureOf(source)).toBe(
      `'decompress' needs ImageSource.fromUrl, got it for "disk.raw.gz", which the provider uploads as it is; unpack the file, ` +
        "and leave 'decompress' out [DecompressNotHere at test/Base]",
    );
  });
});

test.each([
  ["a URL", ImageSource.fromUrl(url("gz"), { decompressedByCloud: true } as UrlSourceOptions), url("gz")],
  ["a file", ImageSource.fromFile("disk.raw", { decompressedByCloud: false } as object), "disk.raw"],
])("fails when 'decompressedByCloud' is given for %s", (_, source, location) => {
  expect(failureOf(source)).toBe(
    `'decompressedByCloud' needs ImageSource.fromWebDownload, got it for "${location}"; a cloud unpacks only what it downloads ` +
      "itself [DecompressNotHere at test/Base]",
  );
});

test("options that are undefined are not given", () => {
  const nothing = { decompress: undefined, decompressedByCloud: undefined, verifyChecksum: undefined };
  expect(blockOf(ImageSource.fromUrl(url("qcow2"), nothing))).toStrictEqual({
    ...BASE,
    image_source_url: url("qcow2"),
  });
  expect(blockOf(ImageSource.fromWebDownload(url("qcow2"), nothing))).toStrictEqual({
    ...BASE,
    image_source_url: url("qcow2"),
    web_download: true,
  });
  inAppFolder({ "disk.raw": BYTES }, () => {
    const { text } = imageFrom(ImageSource.fromFile("disk.raw"));
    expect(imageFrom(ImageSource.fromFile("disk.raw", nothing)).text).toBe(text);
  });
});

describe.each<[string, (options: UrlSourceOptions) => ImageSource, object]>([
  ["by the provider", (o) => ImageSource.fromUrl(url("gz"), { ...o, decompress: true }), { decompress: true }],
  [
    "by the cloud",
    (o) => ImageSource.fromWebDownload(url("gz"), { ...o, decompressedByCloud: true }),
    { web_download: true },
  ],
])("what is unpacked %s", (_, source, rendered) => {
  const UNVERIFIED = {
    path: "test/Base",
    message:
      "DigestNotVerified: 'digest' is that of the packed file, so the bytes that Glance stores go unverified; give storedDigest: " +
      "Digest.sha512(...) of the unpacked ones too, or run npx openstack-images lock",
  };

  test.each([Digest.sha512(SHA512), Digest.sha256(SHA256)])(
    "is pinned by its digest, which is not compared, and warns ($algorithm)",
    (digest) => {
      const result = imageFrom(source({ digest }));
      expect(only(result, TYPE)).toStrictEqual({
        ...BASE,
        ...rendered,
        image_source_url: `${url("gz")}#${digest.algorithm}=${digest.hex}`,
      });
      expect(result.json.check).toBeUndefined();
      expect(result.warnings).toStrictEqual([UNVERIFIED]);
    },
  );

  test("warns the same when the digest does not even pin", () => {
    const result = imageFrom(source({ digest: Digest.sha512(SHA512), digestPin: DigestPin.CHECK }));
    expect(only(result, TYPE)).toStrictEqual({ ...BASE, ...rendered, image_source_url: url("gz") });
    expect(result.warnings).toStrictEqual([UNVERIFIED]);
  });

  test("is compared with the stored digest", () => {
    const stored = "9".repeat(128);
    const result = imageFrom(source({ digest: Digest.sha256(SHA256), storedDigest: Digest.sha512(stored) }));
    const { lifecycle, ...block } = only(result, TYPE);
    expect({ ...block, lifecycle: BASE.lifecycle }).toStrictEqual({
      ...BASE,
      ...rendered,
      image_source_url: `${url("gz")}#sha256=${SHA256}`,
    });
    expect(lifecycle.postcondition).toHaveLength(1);
    expect(lifecycle.postcondition[0].condition).toContain(`|| contains(["${stored}"], try(`);
    expect(result.json.check.Base.assert).toHaveLength(1);
    expect(result.warnings).toStrictEqual([]);
  });

  test("warns of a stored digest that Glance seldom reports, as any source does", () => {
    const { warnings } = imageFrom(source({ storedDigest: Digest.sha256(SHA256) }));
    expect(warnings.map(({ message }) => message.slice(0, 35))).toStrictEqual(["DigestNotVerified: a SHA-256 digest"]);
  });

  test("has nothing to warn of without a digest", () => {
    expect(imageFrom(source({})).warnings).toStrictEqual([]);
  });
});
