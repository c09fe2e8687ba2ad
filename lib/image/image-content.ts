import { isAbsolute, relative, resolve, sep } from "node:path";
import { type Digest, DigestAlgorithm, DigestPin } from "../content/digest";
import { fileDigest, inspectFile } from "../content/local-file";
import { checkSecret, warn } from "../core/checks";
import { InvalidInput, shown } from "../core/errors";
import { hcl, quoted } from "../core/hcl";
import { ifKnown, isKnown } from "../core/known";
import { deferred, literal } from "../core/literal";
import type { Assertion } from "../core/stack-blocks";
import { App, type IConstruct, TerraformStack } from "../framework";
import type { DiskFormat } from "./disk-format";
import { type ImageSource, ImageSourceKind } from "./source";

/** A source as the provider's arguments, and what is known of its bytes. */
export interface ImageContent {
  readonly arguments: {
    readonly imageSourceUrl?: string;
    readonly imageSourceUsername?: string;
    readonly imageSourcePassword?: string;
    readonly localFilePath?: string;
    readonly webDownload?: boolean;
  };
  /** The digest to compare with what Glance reports. */
  readonly storedDigest?: Digest;
  /** What a change of the file's bytes shows by; a URL shows it by its fragment. */
  readonly trigger?: string;
  /** Whether a changed digest replaces the image. */
  readonly isPinned: boolean;
  /** The size, when the file is here. */
  readonly sizeBytes?: number;
  /** What must hold before Terraform makes the image. */
  readonly precondition?: Assertion;
}

const HEX_DIGITS = { [DigestAlgorithm.SHA512]: 128, [DigestAlgorithm.SHA256]: 64, [DigestAlgorithm.MD5]: 32 };

/** Checks a source for an image and renders it. */
export function imageContent(
  scope: IConstruct,
  source: ImageSource,
  format: DiskFormat,
  fixedId: boolean,
): ImageContent {
  const given = checkedDigest(scope, "'digest'", source.digest);
  const stored = checkedDigest(scope, "'storedDigest'", source.storedDigest);
  const pin = source.digestPin ?? (fixedId && !given ? DigestPin.CHECK : DigestPin.REPLACE);
  if (fixedId && given && pin === DigestPin.REPLACE) {
    throw new InvalidInput(
      "FixedIdWithDigest",
      scope,
      `an image with a fixed 'imageId' cannot be replaced when its digest changes, got ${given.algorithm} ${shown(given.hex)}: Glance ` +
        "never gives an id twice; leave out 'imageId', or give the source digestPin: DigestPin.CHECK",
    );
  }
  const content =
    source.kind === ImageSourceKind.FILE
      ? fileContent(scope, source, format, pin, given)
      : urlContent(scope, source, pin, given);
  const storedDigest = stored ?? content.storedDigest;
  if (storedDigest?.algorithm === DigestAlgorithm.SHA256) {
    warn(
      scope,
      "DigestNotVerified",
      "a SHA-256 digest pins the plan, but Glance reports SHA-512 unless its operator chose otherwise, so the stored bytes may go " +
        "unverified; give storedDigest: Digest.sha512(...) too (sha512sum FILE)",
    );
  }
  return { ...content, storedDigest };
}

function urlContent(scope: IConstruct, source: ImageSource, pin: DigestPin, digest?: Digest): ImageContent {
  checkUrl(scope, source.location);
  checkSecret(scope, "the source's 'password'", source.password);
  const isPinned = digest !== undefined && pin === DigestPin.REPLACE;
  return {
    arguments: {
      imageSourceUrl: isPinned ? `${source.location}#${digest.algorithm}=${digest.hex}` : source.location,
      imageSourceUsername: source.username,
      imageSourcePassword: source.password?.stringValue,
      webDownload: source.kind === ImageSourceKind.WEB_DOWNLOAD ? true : undefined,
    },
    storedDigest: digest,
    isPinned,
  };
}

function checkUrl(scope: IConstruct, url: string): void {
  ifKnown(url, () => {
    const parsed = URL.canParse(url) && !/\s/.test(url) ? new URL(url) : undefined;
    const withoutCredentials = shown(url.replace(/\/\/[^/]*@/, "//"));
    if (!parsed || !["http:", "https:"].includes(parsed.protocol)) {
      throw new InvalidInput(
        "SourceUrlNotHttp",
        scope,
        `the source's URL must begin with http:// or https:// and have no spaces, got ${withoutCredentials}; use ImageSource.fromFile ` +
          "for a file",
      );
    }
    if (parsed.username || parsed.password) {
      throw new InvalidInput(
        "SourceUrlWithCredentials",
        scope,
        `the source's URL must not carry credentials, which would stand in the synthesized file, got some for ${withoutCredentials}; ` +
          "give ImageSource.fromUrl 'username' and 'password'",
      );
    }
    if (url.includes("#")) {
      throw new InvalidInput(
        "SourceUrlWithFragment",
        scope,
        `the source's URL must not have a fragment, got ${shown(url)}; leave out what follows "#" and give 'digest' for a digest`,
      );
    }
  });
}

function fileContent(
  scope: IConstruct,
  source: ImageSource,
  format: DiskFormat,
  pin: DigestPin,
  given?: Digest,
): ImageContent {
  const path = source.location;
  if (!isKnown(path)) {
    throw new InvalidInput("SourcePathUnknown", scope, "the source's path must be known at synth; pass a plain string");
  }
  const appFolder = process.cwd();
  const absolute = resolve(appFolder, path);
  const file = readable(scope, path, () => inspectFile(absolute));
  if (!file && !given) {
    throw new InvalidInput(
      "SourceFileMissing",
      scope,
      `the source's file must exist at synth, got ${shown(path)} (${absolute}); its path is relative to the app's folder; ` +
        "give 'digest' when the file is only where Terraform runs",
    );
  }
  if (file?.sizeBytes === 0) {
    throw new InvalidInput(
      "SourceFileEmpty",
      scope,
      `the source's file must not be empty, got ${shown(path)}; write it first`,
    );
  }
  if (file) checkFormat(scope, path, file.head, format);
  const digest = file ? comparedDigest(scope, path, absolute, appFolder, given) : given;
  const emitted = emittedPath(scope, path, absolute);
  return {
    arguments: { localFilePath: emitted },
    storedDigest: digest,
    trigger: pin === DigestPin.REPLACE ? digest?.hex : undefined,
    isPinned: pin === DigestPin.REPLACE,
    sizeBytes: file?.sizeBytes,
    precondition: given && {
      // a condition must refer to something, which an absolute path does not
      condition: hcl`path.module != "" && fileexists(${emitted})`,
      errorMessage: literal(
        `SourceFileMissing: ${scope.node.path} uploads ${path}, which is not on this machine; put it there, as seen from the folder ` +
          "that the app runs in",
      ),
    },
  };
}

/** The digest of a file that is here, which must be the one given. */
function comparedDigest(scope: IConstruct, path: string, absolute: string, appFolder: string, given?: Digest): Digest {
  const algorithm = given?.algorithm ?? DigestAlgorithm.SHA512;
  const hex = readable(scope, path, () => fileDigest(absolute, algorithm, appFolder));
  ifKnown(given?.hex, (expected) => {
    if (expected === hex) return;
    throw new InvalidInput(
      "DigestMismatch",
      scope,
      `the source's file ${shown(path)} must have the ${algorithm} digest given, ${expected}, got ${hex}; put the right file there, or ` +
        "change 'digest' to this one",
    );
  });
  return given ?? { algorithm, hex };
}

function readable<T>(scope: IConstruct, path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new InvalidInput(
      "SourceFileUnreadable",
      scope,
      `the source's file must be readable, got ${shown(path)}: ${(error as Error).message}; it must be a file, with the right to read it, and stay as it is meanwhile`,
    );
  }
}

function checkFormat(scope: IConstruct, path: string, head: Buffer, format: DiskFormat): void {
  if (head.subarray(0, 4).toString("latin1") !== "QFI\xfb" || !["raw", "iso"].includes(format.value)) return;
  throw new InvalidInput(
    "DiskFormatWrong",
    scope,
    `'diskFormat' must say what the bytes are, got ${shown(format.value)} for ${shown(path)}, which begins as qcow2 does (a new name ` +
      `or dd converts nothing); use DiskFormat.QCOW2, or convert it: qemu-img convert -O raw ${path} ${path}.raw`,
  );
}

/** The path as Terraform finds it: from the stack's folder, so that it is the same wherever the repository lies. */
function emittedPath(scope: IConstruct, path: string, absolute: string): string {
  if (isAbsolute(path)) return path;
  const stackFolder = resolve(App.of(scope).outdir, "stacks", TerraformStack.of(scope).node.id);
  const fromStack = relative(stackFolder, absolute).split(sep).join("/");
  return deferred((context) =>
    context.suppressBraces ? `"\${path.module}/${quoted(fromStack).slice(1)}` : `\${path.module}/${literal(fromStack)}`,
  );
}

function checkedDigest(scope: IConstruct, what: string, digest?: Digest): Digest | undefined {
  if (!digest || !isKnown(digest.hex)) return digest;
  const digits = HEX_DIGITS[digest.algorithm];
  const hex = digest.hex.toLowerCase();
  if (hex.length === digits && /^[0-9a-f]+$/.test(hex)) return { algorithm: digest.algorithm, hex };
  throw new InvalidInput(
    "DigestMalformed",
    scope,
    `${what} must be ${digits} hex digits for ${digest.algorithm}, got ${shown(digest.hex)}; ${digest.algorithm}sum FILE prints it`,
  );
}
