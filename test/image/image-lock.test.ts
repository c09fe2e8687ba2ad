import { Lazy, type TerraformStack, TerraformVariable } from "cdktf";
import {
  BootSource,
  Digest,
  DigestPin,
  DiskFormat,
  Flavor,
  Image,
  type ImageProps,
  ImageSource,
  NetworkMode,
  OsPropertyChange,
  Server,
} from "cdktf-openstack-images";
import { DigestAlgorithm } from "../../lib/content/digest";
import { type LockedImage, lockText } from "../../lib/content/lock-file";
import { bytesOf, lockedImage } from "../content/locked-image";
import { type Block, blocks, failure, only, synth } from "../support/synth";
import { inAppFolder, URL_QCOW2, UUID } from "./given";

const TYPE = "openstack_images_image_v2";
const MOVING = "https://images.example.org/noble/current/noble.img";
const PACKED = "https://images.example.org/base.qcow2.gz";

/** Runs where the lock file says this. */
function withLock<T>(lock: Record<string, LockedImage>, run: () => T): T {
  return inAppFolder({ "images.lock.json": lockText(lock) }, run);
}

const image =
  (source: ImageSource, props: Partial<ImageProps> = {}) =>
  (stack: TerraformStack) => {
    new Image(stack, "Base", { source, diskFormat: DiskFormat.QCOW2, ...props });
  };

test("what is locked stands in the plan, and Glance is held to it in any algorithm that it may report", () => {
  withLock({ [URL_QCOW2]: lockedImage("one") }, () => {
    const result = synth(image(ImageSource.fromUrl(URL_QCOW2)));
    const block = only(result, TYPE);
    const { sha512, sha256, md5 } = bytesOf("one");
    expect(block.image_source_url).toBe(`${URL_QCOW2}#sha512=${sha512}`);
    const stored = (at: string) =>
      `try(contains(["sha512", "sha256"], try(${at}.properties["os_hash_algo"], "")) ? ${at}.properties["os_hash_value"] : coalesce(${at}.checksum), "")`;
    const hexes = [sha512, sha256, md5].map((hex) => `"${hex}"`).join(", ");
    expect(block.lifecycle.postcondition[0].condition).toBe(
      `\${self.status != "active" || contains([${hexes}], ${stored("self")}) || (${stored("self")} == "" && !contains(["sha512", "sha256", ""], try(self.properties["os_hash_algo"], "")))}`,
    );
    expect(block.lifecycle.postcondition[0].error_message).toContain(
      "If Glance holds the right bytes: npx openstack-images lock --update test/Base if the source has them too, else declare the digest that it holds (storedDigest). If the source has the right ones now, in the stack's folder: " +
        "rm -r .terraform/image_cache && terraform apply -replace=openstack_images_image_v2.Base",
    );
    expect(result.json.check.Base.assert[0].condition).toBe(
      `\${openstack_images_image_v2.Base.status != "active" || ${stored("openstack_images_image_v2.Base")} != ""}`,
    );
    expect(result.warnings).toStrictEqual([]);
  });
});

test("a file that is called as what every object has is not locked by that", () => {
  inAppFolder({ constructor: "one\0" }, () => {
    const result = synth(image(ImageSource.fromFile("constructor"), { diskFormat: DiskFormat.RAW }));
    expect(only(result, "terraform_data")).toStrictEqual({ triggers_replace: bytesOf("one\0").sha512 });
  });
});

describe("a URL beside others that are locked", () => {
  const beside = (source: ImageSource) => withLock({ [MOVING]: lockedImage("one") }, () => synth(image(source)));

  test("is as it would be without a lock, with a warning", () => {
    const { json, warnings } = beside(ImageSource.fromUrl(URL_QCOW2));
    expect(json).toStrictEqual(synth(image(ImageSource.fromUrl(URL_QCOW2))).json);
    expect(warnings).toStrictEqual([
      {
        path: "test/Base",
        message:
          `NotLocked: images.lock.json has no entry for "${URL_QCOW2}", so that nothing binds the image to its bytes; run npx openstack-images ` +
          "lock",
      },
    ]);
  });

  test("is not warned of with a digest or a reason", () => {
    const { sha512 } = bytesOf("two");
    expect(beside(ImageSource.fromUrl(URL_QCOW2, { digest: Digest.sha512(sha512) })).warnings).toStrictEqual([]);
    expect(beside(ImageSource.fromUrl(URL_QCOW2, { allowMoving: "a test" })).warnings).toStrictEqual([]);
  });
});

test("what clouds refuse of locked bytes is warned of", () => {
  const unsafe = ["BackingFile: has the backing file /etc/passwd"];
  withLock({ [URL_QCOW2]: lockedImage("one", { unsafe }) }, () => {
    expect(synth(image(ImageSource.fromUrl(URL_QCOW2))).warnings).toStrictEqual([
      {
        path: "test/Base",
        message: `ImageUnsafe: "${URL_QCOW2}": BackingFile: has the backing file /etc/passwd; clouds refuse it, or should`,
      },
    ]);
  });
});

test("bytes that the lock could not tell need a format, which may be raw alone", () => {
  const source = ImageSource.fromUrl("https://images.example.org/base.img", { moving: false });
  withLock({ "https://images.example.org/base.img": lockedImage("one", { diskFormat: "unknown" }) }, () => {
    expect(failure(image(source, { diskFormat: undefined }))).toContain("'diskFormat' must be given");
    expect(failure(image(source))).toContain("[DiskFormatWrong at test/Base]");
    expect(only(synth(image(source, { diskFormat: DiskFormat.RAW })), TYPE).disk_format).toBe("raw");
  });
});

describe("DigestPin.CHECK", () => {
  const source = ImageSource.fromUrl(URL_QCOW2, { digestPin: DigestPin.CHECK });

  test("leaves the arguments of what was made before its first lock as they are", () => {
    const before = only(synth(image(source)), TYPE);
    const lock = { [URL_QCOW2]: lockedImage("one", { virtualSizeBytes: 1024 ** 3 }) };
    const after = withLock(lock, () => only(synth(image(source)), TYPE));
    expect({ ...after, lifecycle: before.lifecycle }).toStrictEqual(before);
    expect(after.lifecycle.postcondition).toHaveLength(1);
  });

  test("stands in the plan from the next change of the bytes on", () => {
    const { sha512 } = bytesOf("two");
    withLock({ [URL_QCOW2]: lockedImage("two", { revision: 2 }) }, () => {
      const result = synth(image(source));
      expect(only(result, TYPE).image_source_url).toBe(`${URL_QCOW2}#sha512=${sha512}`);
      // a lock that is made anew begins at 1 again
      expect(result.warnings).toStrictEqual([
        {
          path: "test/Base",
          message:
            "PinnedSinceLocked: the bytes changed since their first lock (revision 2), so that the digest stands in the plan despite DigestPin.CHECK, and " +
            "an image that was made without it is replaced; once that is applied, leave 'digestPin' out",
        },
      ]);
    });
  });

  test("gives a file its trigger with the first lock, so that the next one replaces", () => {
    inAppFolder({ "base.raw": "one\0" }, () => {
      const file = image(ImageSource.fromFile("base.raw", { digestPin: DigestPin.CHECK }), {
        diskFormat: DiskFormat.RAW,
      });
      expect(blocks(synth(file), "terraform_data")).toStrictEqual({});
      for (const revision of [1, 2]) {
        const lock = lockText({ "base.raw": lockedImage("one\0", { revision, diskFormat: "raw" }) });
        inAppFolder({ "base.raw": "one\0", "images.lock.json": lock }, () => {
          expect(only(synth(file), "terraform_data")).toStrictEqual({ triggers_replace: bytesOf("one\0").sha512 });
        });
      }
    });
  });

  test("is how an image with a fixed id is held to its lock, which cannot be replaced", () => {
    withLock({ [URL_QCOW2]: lockedImage("two", { revision: 2 }) }, () => {
      const block = only(synth(image(ImageSource.fromUrl(URL_QCOW2), { imageId: UUID })), TYPE);
      expect(block.image_source_url).toBe(URL_QCOW2);
      expect(block.lifecycle.postcondition).toHaveLength(1);
    });
  });
});

describe("a packed source", () => {
  const source = ImageSource.fromUrl(PACKED, { decompress: true });

  test("is pinned by its own digest, and Glance held to that of what it unpacks to", () => {
    withLock({ [PACKED]: lockedImage("packed", { unpacked: bytesOf("unpacked") }) }, () => {
      const result = synth(image(source));
      const block = only(result, TYPE);
      expect(block.image_source_url).toBe(`${PACKED}#sha512=${bytesOf("packed").sha512}`);
      expect(block.lifecycle.postcondition[0].condition).toContain(`contains(["${bytesOf("unpacked").sha512}", `);
      expect(result.warnings).toStrictEqual([]);
    });
  });

  test("fails when it was locked before it was declared so", () => {
    withLock({ [PACKED]: lockedImage("packed") }, () => {
      expect(failure(image(source))).toContain(
        "images.lock.json must know what the source holds once it is unpacked, got only the digests of what lies there; " +
          "run npx openstack-images lock [LockStale at test/Base]",
      );
    });
  });
});

test("a digest that is given must be the one that is locked", () => {
  withLock({ [URL_QCOW2]: lockedImage("one") }, () => {
    const of = (text: string) => image(ImageSource.fromUrl(URL_QCOW2, { digest: Digest.sha256(bytesOf(text).sha256) }));
    expect(only(synth(of("one")), TYPE).image_source_url).toBe(`${URL_QCOW2}#sha256=${bytesOf("one").sha256}`);
    expect(failure(of("two"))).toContain(
      `'digest' must be what images.lock.json says, sha256 ${bytesOf("one").sha256}, got ${bytesOf("two").sha256}; leave 'digest' out, or run ` +
        "npx openstack-images lock, which takes the bytes that it is the digest of [DigestNotLocked at test/Base]",
    );
  });
});

describe("a source with a keyring", () => {
  const base = image(ImageSource.fromUrl(URL_QCOW2, { checksumsKeyring: "keys.gpg" }));
  const upstream = {
    algorithm: DigestAlgorithm.SHA256,
    hex: bytesOf("one").sha256,
    from: "https://images.example.org/SHA256SUMS",
  };

  test("takes what was locked with a signature", () => {
    withLock({ [URL_QCOW2]: lockedImage("one", { upstream: { ...upstream, signedBy: "AB01" } }) }, () => {
      expect(only(synth(base), TYPE).image_source_url).toBe(`${URL_QCOW2}#sha512=${bytesOf("one").sha512}`);
    });
  });

  test.each([
    ["no published digest", undefined],
    ["the unsigned one of https://images.example.org/SHA256SUMS", upstream],
  ])("fails when it was locked before, with %s", (got, known) => {
    withLock({ [URL_QCOW2]: lockedImage("one", { upstream: known }) }, () => {
      expect(failure(base)).toBe(
        `images.lock.json must know who signed the digest of the source, since 'checksumsKeyring' is given, got ${got}; run npx openstack-images ` +
          "lock [LockStale at test/Base]",
      );
    });
  });

  test.each<[string, object, string]>([
    ["checksumsUrl", { checksumsUrl: Lazy.stringValue({ produce: () => "x" }) }, "must be known at synth"],
    [
      "checksumsUrl",
      { checksumsUrl: "SHA256SUMS" },
      'must begin with http:// or https:// and have no spaces, got "SHA256SUMS"',
    ],
    ["checksumsUrl", { checksumsUrl: "https://me:secret@a.test/x" }, "must not carry credentials"],
    ["checksumsKeyring", { checksumsKeyring: Lazy.stringValue({ produce: () => "x" }) }, "must be known at synth"],
    ["checksumsKeyring", { checksumsKeyring: "" }, "must be known at synth"],
  ])("fails for a '%s' of %j that openstack-images lock cannot read", (prop, options, said) => {
    const message = failure(image(ImageSource.fromUrl(URL_QCOW2, options)));
    expect(message).toContain(`the source's '${prop}' ${said}`);
    expect(message).not.toContain("secret");
  });

  test("warns when nothing is locked at all", () => {
    expect(synth(base).warnings).toMatchObject([
      { path: "test/Base", message: expect.stringContaining("NotLocked: ") },
    ]);
  });
});

describe("a file", () => {
  const source = ImageSource.fromFile("images/./base.raw");
  const KEY = "images/base.raw";
  const [ONE, TWO] = ["one\0", "two\0"] as const;
  const LOCK = { [KEY]: lockedImage(ONE, { diskFormat: "raw" }) };
  const folder = (text: string) => ({ [KEY]: text, "images.lock.json": lockText(LOCK) });
  const base = image(source, { diskFormat: undefined });

  test("is held to its lock in all algorithms", () => {
    inAppFolder(folder(ONE), () => {
      const result = synth(base);
      expect(only(result, "terraform_data")).toStrictEqual({ triggers_replace: bytesOf(ONE).sha512 });
      expect(only(result, TYPE).lifecycle.postcondition[0].condition).toContain(`"${bytesOf(ONE).md5}"]`);
    });
  });

  test("need not be there at synth", () => {
    withLock(LOCK, () => {
      const result = synth(base);
      expect(only(result, "terraform_data")).toStrictEqual({ triggers_replace: bytesOf(ONE).sha512 });
      expect(only(result, TYPE).lifecycle.precondition).toHaveLength(1);
    });
  });

  test("fails when it is another one than was locked", () => {
    inAppFolder(folder(TWO), () => {
      expect(failure(base)).toContain(
        `the source's file "images/./base.raw" must have the sha512 digest that images.lock.json says, ${bytesOf(ONE).sha512}, got ` +
          `${bytesOf(TWO).sha512}; put the right file there, or run npx openstack-images lock --update images/base.raw [DigestMismatch at test/Base]`,
      );
    });
  });
});

describe("the disk that the lock knows", () => {
  const GIB = 1024 ** 3;
  const source = ImageSource.fromUrl("https://images.example.org/base.img");
  const lock = (more: Partial<LockedImage>) => ({ "https://images.example.org/base.img": lockedImage("one", more) });
  const undeclared = image(source, { diskFormat: undefined });

  test("says the format, and the smallest disk for it", () => {
    withLock(lock({ virtualSizeBytes: 2 * GIB + 1 }), () => {
      expect(only(synth(undeclared), TYPE)).toMatchObject({ disk_format: "qcow2", min_disk_gb: 3 });
      expect(only(synth(image(source, { minDiskGb: 10 })), TYPE).min_disk_gb).toBe(10);
    });
  });

  test("fails when another format is declared", () => {
    withLock(lock({ diskFormat: "vmdk" }), () => {
      expect(failure(image(source))).toContain(
        `'diskFormat' must say what the bytes are, got "qcow2" for "https://images.example.org/base.img", which are vmdk by images.lock.json (a new name or dd ` +
          "converts nothing); use DiskFormat.VMDK, or convert it [DiskFormatWrong at test/Base]",
      );
    });
  });

  test("servers are held to its smallest disk", () => {
    withLock(lock({ virtualSizeBytes: 2 * GIB }), () => {
      const message = failure((stack) => {
        const base = new Image(stack, "Base", { source });
        new Server(stack, "Web", {
          boot: BootSource.fromNewVolume(base, { sizeGb: 1, deleteOnTermination: true }),
          flavor: Flavor.fromFlavorName("m1.small"),
          networkMode: NetworkMode.AUTO,
        });
      });
      expect(message).toContain("ImageDoesNotFit");
    });
  });
});

describe("storedAs", () => {
  const source = ImageSource.fromWebDownload(URL_QCOW2, { storedAs: DiskFormat.RAW });

  test("takes either form, and does not mind the format that the cloud says", () => {
    withLock({ [URL_QCOW2]: lockedImage("one", { raw: bytesOf("raw") }) }, () => {
      const { disk_format, lifecycle } = only(synth(image(source)), TYPE);
      expect([disk_format, lifecycle.ignore_changes]).toStrictEqual(["qcow2", ["disk_format"]]);
      for (const { sha512 } of [bytesOf("one"), bytesOf("raw")])
        expect(lifecycle.postcondition[0].condition).toContain(`"${sha512}"`);
    });
  });

  test("fails when the lock knows no raw form", () => {
    withLock({ [URL_QCOW2]: lockedImage("one") }, () => {
      expect(failure(image(source))).toContain("images.lock.json must know what the source holds once it is raw");
    });
  });

  test("warns that a digest of the unconverted bytes alone verifies nothing", () => {
    const digest = Digest.sha512(bytesOf("one").sha512);
    const { warnings } = synth(image(ImageSource.fromWebDownload(URL_QCOW2, { storedAs: DiskFormat.RAW, digest })));
    expect(warnings.map(({ message }) => message)).toStrictEqual([
      "DigestNotVerified: 'digest' is that of the unconverted file, so the bytes that Glance stores go unverified; give storedDigest: " +
        "Digest.sha512(...) of the converted ones too, or run npx openstack-images lock",
    ]);
  });

  test("fails for another format than raw", () => {
    expect(failure(image(ImageSource.fromWebDownload(URL_QCOW2, { storedAs: DiskFormat.VDI })))).toContain(
      "'storedAs' must be DiskFormat.RAW, the one that openstack-images lock knows the digest of, got \"vdi\"",
    );
  });
});

describe("mirrors", () => {
  const base = image(ImageSource.fromUrl(URL_QCOW2));
  const context = (mirrors: unknown) => ({ context: { openstackImageMirrors: mirrors } });
  const url = (mirrors: unknown) => only(synth(base, context(mirrors)), TYPE).image_source_url;
  const { sha512 } = bytesOf("one");

  test("stand for the beginnings of URLs, under which the lock goes on", () => {
    withLock({ [URL_QCOW2]: lockedImage("one") }, () => {
      expect(url({ "https://images.example.org/": "http://mirror/images/" })).toBe(
        `http://mirror/images/base.qcow2#sha512=${sha512}`,
      );
      expect(url({ "https://images.example.org/": "http://mirror/{sha512}" })).toBe(
        `http://mirror/${sha512}#sha512=${sha512}`,
      );
      expect(url({ "https://elsewhere/": "http://mirror/" })).toBe(`${URL_QCOW2}#sha512=${sha512}`);
    });
  });

  test("by digest are for what is locked, or has its SHA-512 in the code", () => {
    const mirror = { "https://images.example.org/": "http://mirror/{sha512}" };
    expect(failure(base, context(mirror))).toBe(
      `what is on the mirror "http://mirror/{sha512}" is called by its digest, got none for "${URL_QCOW2}"; run npx openstack-images lock, or ` +
        "give Digest.sha512(...) [MirrorNeedsDigest at test/Base]",
    );
    const bound = image(ImageSource.fromUrl(URL_QCOW2, { digest: Digest.sha512(sha512) }));
    expect(only(synth(bound, context(mirror)), TYPE).image_source_url).toBe(`http://mirror/${sha512}#sha512=${sha512}`);
  });

  test("must not carry credentials, which would stand in the synthesized file", () => {
    expect(failure(base, context({ "https://images.example.org/": "https://user:word@mirror/" }))).toContain(
      "[SourceUrlWithCredentials at test/Base]",
    );
  });

  test("end where a name ends, and the longest fits best", () => {
    const cases: [object, string][] = [
      [{ "https://images.example.or": "http://mirror/" }, URL_QCOW2],
      [{ "https://images.example.org": "http://mirror/a" }, "http://mirror/a/base.qcow2"],
      [{ [URL_QCOW2]: "http://mirror/one.qcow2" }, "http://mirror/one.qcow2"],
      [{ "https://images.example.org/": "http://mirror/", [URL_QCOW2]: "http://mirror/one" }, "http://mirror/one"],
    ];
    for (const [mirrors, there] of cases) expect(url(mirrors)).toBe(there);
  });

  test("by digest warn of what the provider unpacks, since such a name has no ending", () => {
    const packed = image(ImageSource.fromUrl(PACKED, { decompress: true }));
    const mirrors = { "https://images.example.org/": "http://mirror/{sha512}" };
    withLock({ [PACKED]: lockedImage("one", { unpacked: bytesOf("two") }) }, () => {
      expect(synth(packed, context(mirrors)).warnings).toMatchObject([
        { message: expect.stringContaining("MirrorUnpacked") },
      ]);
      expect(synth(packed, context({ "https://images.example.org/": "http://mirror/" })).warnings).toStrictEqual([]);
    });
  });

  test.each<[unknown, string]>([
    ["a list", '"a list"'],
    [["https://a/"], '["https://a/"]'],
    [{ "https://a/": 1 }, 'another pair for "https://a/"'],
    [{ "https://a/": "https://b/{sha256}" }, 'another pair for "https://a/"'],
    [{ "https://a/": "/srv/mirror" }, 'another pair for "https://a/"'],
    [{ "images/": "https://me:secret@b/" }, 'another pair for "images/"'],
  ])("fail when they are %j", (mirrors, got) => {
    expect(failure(base, context(mirrors))).toContain(
      "the context's 'openstackImageMirrors' must map beginnings of http and https URLs to others, with {sha512} as the one thing in braces, " +
        `got ${got}; `,
    );
  });
});

describe("while openstack-images lock asks for the sources", () => {
  const LOCKING = { context: { openstackImagesLocking: true } };

  function asked(source: ImageSource, props: Partial<ImageProps> = {}): Block | undefined {
    const result = synth(image(source, props), LOCKING);
    const [block] = Object.values<Block>(JSON.parse(result.text).resource[TYPE]);
    expect(block?.["//"].metadata.path).toBe("test/Base/Default");
    return block?.["//"].openstackImage;
  }

  test("each block says what must be known of its source", () => {
    // nor is the format known before the lock is
    expect(asked(ImageSource.fromUrl(MOVING), { diskFormat: undefined })).toStrictEqual({
      source: MOVING,
      kind: "url",
    });
    const digest = Digest.sha256(bytesOf("one").sha256);
    const moving = ImageSource.fromUrl(URL_QCOW2, { moving: false });
    expect(asked(moving)).toStrictEqual({ source: URL_QCOW2, kind: "url", moving: false });
    const checksums = { checksumsUrl: "https://images.example.org/SHA256SUMS", checksumsKeyring: "keys/test.gpg" };
    expect(asked(ImageSource.fromUrl(MOVING))).toStrictEqual({ source: MOVING, kind: "url" });
    expect(asked(ImageSource.fromUrl(PACKED, { decompress: true, digest, ...checksums }))).toStrictEqual({
      source: PACKED,
      kind: "url",
      unpacked: true,
      checksums: checksums.checksumsUrl,
      keyring: checksums.checksumsKeyring,
      digest: { algorithm: "sha256", hex: bytesOf("one").sha256 },
    });
    expect(asked(ImageSource.fromWebDownload(URL_QCOW2, { storedAs: DiskFormat.RAW }))).toStrictEqual({
      source: URL_QCOW2,
      kind: "web-download",
      raw: true,
    });
    inAppFolder({ "a/b.raw": "b\0" }, () => {
      const source = ImageSource.fromFile("./a/b.raw");
      const properties = { retire_after: "2027-01-31" };
      expect(asked(source, { diskFormat: DiskFormat.RAW, properties })).toStrictEqual({
        source: "a/b.raw",
        kind: "file",
        retireAfter: "2027-01-31",
      });
    });
  });

  test("the URL is that of the mirror, but not of one by digest, where no new build is", () => {
    const asking = (mirror: string) =>
      synth(image(ImageSource.fromUrl(URL_QCOW2)), {
        context: { ...LOCKING.context, openstackImageMirrors: { "https://images.example.org/": mirror } },
      });
    const request = (mirror: string) =>
      Object.values<Block>(JSON.parse(asking(mirror).text).resource[TYPE])[0]?.["//"].openstackImage;
    expect(request("http://mirror/")).toMatchObject({ source: URL_QCOW2, url: "http://mirror/base.qcow2" });
    expect(request("http://mirror/{sha512}")).toStrictEqual({ source: URL_QCOW2, kind: "url" });
  });

  test("a file that only another machine has may be missing", () => {
    expect(asked(ImageSource.fromFile("images/elsewhere.raw"))).toStrictEqual({
      source: "images/elsewhere.raw",
      kind: "file",
    });
  });

  test("fails when the app writes elsewhere than it is asked to", () => {
    process.env.CDKTF_OUTDIR = "/nowhere/asked";
    try {
      expect(failure(image(ImageSource.fromUrl(URL_QCOW2)), LOCKING)).toMatch(
        /^the app must be synthesized where CDKTF_OUTDIR says, .* \[OutdirFixed at test\/Base\]$/,
      );
    } finally {
      delete process.env.CDKTF_OUTDIR;
    }
  });

  test("what is locked already is not asked", () => {
    inAppFolder({ "images.lock.json": "{" }, () => {
      expect(asked(ImageSource.fromUrl(URL_QCOW2))).toBeDefined();
    });
  });

  test("a source that only Terraform knows has nothing to say", () => {
    const result = synth((stack) => {
      const url = new TerraformVariable(stack, "Url", { type: "string" });
      image(ImageSource.fromUrl(url.stringValue))(stack);
    }, LOCKING);
    expect(result.text).not.toContain('openstackImage"');
  });
});

describe("a URL that moves", () => {
  const MESSAGE =
    `the source's URL must be bound to the build of a day, got "${MOVING}" (current), which leads to another one tomorrow; run ` +
    "npx openstack-images lock, or give 'digest', 'moving: false' when it stays what it is, or allowMoving: \"<reason>\" [SourceMoves at test/Base]";

  test.each([
    ["downloaded by Terraform", ImageSource.fromUrl(MOVING)],
    ["downloaded by the cloud", ImageSource.fromWebDownload(MOVING)],
    ["with a reason that says nothing", ImageSource.fromUrl(MOVING, { allowMoving: " " })],
  ])("fails when nothing binds it: %s", (_, source) => {
    expect(failure(image(source))).toContain(MESSAGE);
  });

  test("fails when it is said to move", () => {
    expect(failure(image(ImageSource.fromUrl(URL_QCOW2, { moving: true })))).toContain(
      `got "${URL_QCOW2}" (moving: true), which leads`,
    );
  });

  test.each([
    ["has a digest", ImageSource.fromUrl(MOVING, { digest: Digest.sha512(bytesOf("one").sha512) })],
    ["does not move after all", ImageSource.fromUrl(MOVING, { moving: false })],
    ["may move, for a reason", ImageSource.fromUrl(MOVING, { allowMoving: "rebuilt each night" })],
  ])("is taken when it %s", (_, source) => {
    expect(only(synth(image(source)), TYPE).image_source_url.split("#")[0]).toBe(MOVING);
  });

  test("is taken when it is locked", () => {
    withLock({ [MOVING]: lockedImage("one") }, () => {
      expect(only(synth(image(ImageSource.fromUrl(MOVING))), TYPE).image_source_url).toBe(
        `${MOVING}#sha512=${bytesOf("one").sha512}`,
      );
    });
  });
});

test("fails when the lock file cannot be used, and names the construct that asked for it", () => {
  inAppFolder({ "images.lock.json": "{" }, () => {
    expect(failure(image(ImageSource.fromUrl(URL_QCOW2)))).toMatch(
      /images\.lock\.json is no JSON: .* \[LockUnusable at test\/Base\]/,
    );
  });
});

test("the lock is for every image of the app, whatever else it says of it", () => {
  withLock({ [URL_QCOW2]: lockedImage("one") }, () => {
    const result = synth((stack) => {
      for (const id of ["A", "B"]) {
        new Image(stack, id, {
          source: ImageSource.fromUrl(URL_QCOW2),
          osPropertyChange: OsPropertyChange.KEEP,
        });
      }
    });
    const urls = Object.values(blocks(result, TYPE)).map(({ image_source_url: url }) => url);
    expect(urls).toStrictEqual([1, 2].map(() => `${URL_QCOW2}#sha512=${bytesOf("one").sha512}`));
  });
});
