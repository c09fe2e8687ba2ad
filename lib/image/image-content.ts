import { type Digest, DigestAlgorithm, DigestPin } from "../content/digest";
import { checkChoice, warn } from "../core/checks";
import { InvalidInput, shown } from "../core/errors";
import { isKnown } from "../core/known";
import type { Assertion } from "../core/stack-blocks";
import type { IConstruct, IResolvable } from "../framework";
import { checkCompression, isUnpacked, withoutCompression } from "./compression";
import type { ContainerFormat } from "./container-format";
import { DiskFormat } from "./disk-format";
import { checkPath, fileContent } from "./file-content";
import { containerFor } from "./image-formats";
import { type GivenSource, SourceKind } from "./source";
import { checkUrl, urlContent } from "./url-content";

/** A source as the provider's arguments, and what is known of its bytes. */
export interface ImageContent {
  readonly arguments: {
    readonly imageSourceUrl?: string;
    readonly imageSourceUsername?: string;
    readonly imageSourcePassword?: string;
    readonly localFilePath?: string;
    readonly webDownload?: boolean;
    readonly decompress?: boolean;
    readonly verifyChecksum?: boolean | IResolvable;
  };
  /** Whether the machine that runs Terraform downloads the bytes, and keeps them. */
  readonly isDownloaded: boolean;
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

/** What the checks have made of a source. */
export interface CheckedSource {
  readonly source: GivenSource;
  readonly diskFormat: DiskFormat;
  readonly digest?: Digest;
  readonly pin: DigestPin;
}

const HEX_DIGITS = { [DigestAlgorithm.SHA512]: 128, [DigestAlgorithm.SHA256]: 64, [DigestAlgorithm.MD5]: 32 };

/** What is said of an image's bytes. */
export interface ContentProps {
  readonly source: GivenSource;
  readonly diskFormat?: DiskFormat;
  readonly containerFormat?: ContainerFormat;
  readonly hasFixedId: boolean;
}

/** A source and its formats as the provider's arguments. */
export interface FormattedContent extends ImageContent {
  readonly diskFormat: DiskFormat;
  readonly containerFormat: ContainerFormat;
}

/** Checks a source for an image and renders it. */
export function imageContent(scope: IConstruct, props: ContentProps): FormattedContent {
  const { source, hasFixedId } = props;
  checkChoice(scope, "'digestPin'", source.digestPin, DigestPin);
  if (source.kind === SourceKind.FILE) checkPath(scope, source.location);
  else checkUrl(scope, source.location);
  const digest = checkedDigest(scope, "'digest'", source.digest);
  const pin = source.digestPin ?? (hasFixedId && !digest ? DigestPin.CHECK : DigestPin.REPLACE);
  if (hasFixedId && digest && pin === DigestPin.REPLACE) {
    throw new InvalidInput(
      "FixedIdWithDigest",
      scope,
      `an image with a fixed 'imageId' cannot be replaced when its digest changes, got ${digest.algorithm} ${shown(digest.hex)}: ` +
        "Glance never gives an id twice; leave out 'imageId', or give the source digestPin: DigestPin.CHECK",
    );
  }
  const diskFormat = props.diskFormat ?? formatByEnding(scope, source.location);
  const containerFormat = containerFor(scope, diskFormat, props.containerFormat);
  checkCompression(scope, source, diskFormat, containerFormat);
  const checked = { source, diskFormat, digest, pin };
  const content = source.kind === SourceKind.FILE ? fileContent(scope, checked) : urlContent(scope, checked);
  return { ...content, diskFormat, containerFormat, storedDigest: storedDigest(scope, source, content) };
}

/** The digest that Glance must report. */
function storedDigest(scope: IConstruct, source: GivenSource, content: ImageContent): Digest | undefined {
  const stored = checkedDigest(scope, "'storedDigest'", source.storedDigest);
  if (!stored && content.storedDigest && isUnpacked(source)) {
    warn(
      scope,
      "DigestNotVerified",
      "'digest' is that of the packed file, so the bytes that Glance stores go unverified; give storedDigest: Digest.sha512(...) of the " +
        "unpacked ones too",
    );
    return undefined;
  }
  const compared = stored ?? content.storedDigest;
  if (compared?.algorithm === DigestAlgorithm.SHA256) {
    warn(
      scope,
      "DigestNotVerified",
      "a SHA-256 digest pins the plan, but Glance reports SHA-512 unless its operator chose otherwise, so the stored bytes may go " +
        "unverified; give storedDigest: Digest.sha512(...) too (sha512sum FILE)",
    );
  }
  return compared;
}

function formatByEnding(scope: IConstruct, location: string): DiskFormat {
  const ending = isKnown(location)
    ? /\.(qcow2|raw|iso|vmdk|vhdx?|vdi)(?:\?.*)?$/i.exec(withoutCompression(location))?.[1]
    : undefined;
  if (ending) return DiskFormat.custom(ending.toLowerCase());
  throw new InvalidInput(
    "DiskFormatMissing",
    scope,
    `'diskFormat' must be given when the source's ending does not tell it, got ${shown(location)}; ` +
      "for the .img of Ubuntu or CirrOS it is DiskFormat.QCOW2",
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
