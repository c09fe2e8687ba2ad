import { type Digest, DigestAlgorithm, DigestPin } from "../content/digest";
import type { Inspection } from "../content/inspection/inspection";
import { type Digests, LOCK_FILE, type LockedImage } from "../content/lock-file";
import { checkChoice, warn } from "../core/checks";
import { InvalidInput, shown } from "../core/errors";
import { isKnown } from "../core/known";
import type { Assertion } from "../core/stack-blocks";
import type { IConstruct, IResolvable } from "../framework";
import { checkCompression, isUnpacked } from "./compression";
import { ContainerFormat } from "./container-format";
import { DiskFormat } from "./disk-format";
import { checkPath, fileContent, inspectedFile } from "./file-content";
import { containerFor } from "./image-formats";
import { checkBytes, diskFormatOf, knownByBytes, knownByLock, minDiskGbOf } from "./known-disk";
import { checkMoving, digestsOf, isLocking, lockedImage } from "./locked-image";
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
  /** The digests to compare with what Glance reports, one for an algorithm and form; empty when there are none. */
  readonly storedDigests: readonly Digest[];
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
  /** The one given, else the one locked. */
  readonly digest?: Digest;
  readonly locked?: LockedImage;
  readonly pin: DigestPin;
  /** What the file is, when it is here. */
  readonly file?: Inspection;
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
  /** Whether the digests stand in the lock file. */
  readonly isLocked: boolean;
  /** The smallest root disk for it, in GiB, when that is known. */
  readonly minDiskGb?: number;
  readonly diskFormat: DiskFormat;
  readonly containerFormat: ContainerFormat;
}

/** Checks a source for an image and renders it. */
export function imageContent(scope: IConstruct, props: ContentProps): FormattedContent {
  const { source, hasFixedId } = props;
  checkChoice(scope, "'digestPin'", source.digestPin, DigestPin);
  if (source.kind === SourceKind.FILE) checkPath(scope, source.location);
  else checkUrl(scope, source.location);
  if (source.storedAs && source.storedAs.value !== DiskFormat.RAW.value) {
    throw new InvalidInput(
      "StoredAsNotRaw",
      scope,
      `'storedAs' must be DiskFormat.RAW, the one that openstack-images lock knows the digest of, got ${shown(source.storedAs.value)}; leave it ` +
        "out, and give 'storedDigest'",
    );
  }
  const locked = lockedImage(scope, source);
  const given = checkedDigest(scope, "'digest'", source.digest);
  const digest = given ?? (locked && digestsOf(locked)[0]);
  if (given && locked) checkAgreement(scope, given, locked);
  checkMoving(scope, source, digest !== undefined);
  const pin = pinOf(source, locked, hasFixedId, given);
  if (hasFixedId && digest && pin === DigestPin.REPLACE) {
    throw new InvalidInput(
      "FixedIdWithDigest",
      scope,
      `an image with a fixed 'imageId' cannot be replaced when its digest changes, got ${digest.algorithm} ${shown(digest.hex)}: ` +
        "Glance never gives an id twice; leave out 'imageId', or give the source digestPin: DigestPin.CHECK",
    );
  }
  const file = source.kind === SourceKind.FILE ? inspectedFile(scope, source.location) : undefined;
  const isPacked = props.containerFormat?.value === ContainerFormat.COMPRESSED.value;
  const byLock = locked && !isPacked ? knownByLock(locked) : undefined;
  const known = file ? knownByBytes(file, isPacked) : byLock;
  const yetUnknown = isLocking(scope) ? DiskFormat.custom("unknown") : undefined;
  const diskFormat = yetUnknown ?? diskFormatOf(scope, source.location, props.diskFormat, known);
  const containerFormat = containerFor(scope, diskFormat, props.containerFormat);
  checkCompression(scope, source, diskFormat, containerFormat);
  if (known && !yetUnknown) checkBytes(scope, source.location, diskFormat, containerFormat, known);
  const checked = { source, digest, locked, pin, file };
  const content = source.kind === SourceKind.FILE ? fileContent(scope, checked) : urlContent(scope, checked);
  const isLocked = locked !== undefined && source.storedDigest === undefined;
  return {
    ...content,
    isLocked,
    // what is only checked stays as it was made; and the same wherever the app is synthesized: with a digest, the file need not be there
    minDiskGb:
      source.digestPin === DigestPin.CHECK && pin === DigestPin.CHECK
        ? undefined
        : minDiskGbOf(diskFormat, containerFormat, locked ? byLock : given ? undefined : known),
    diskFormat,
    containerFormat,
    storedDigests: storedDigests(scope, source, content, locked),
  };
}

/** A lock and a digest that is written down elsewhere must say the same. */
function checkAgreement(scope: IConstruct, { algorithm, hex }: Digest, locked: LockedImage): void {
  if (!isKnown(hex) || locked[algorithm] === hex) return;
  throw new InvalidInput(
    "DigestNotLocked",
    scope,
    `'digest' must be what ${LOCK_FILE} says, ${algorithm} ${locked[algorithm]}, got ${hex}; leave 'digest' out, or run ` +
      "npx openstack-images lock --update",
  );
}

/** An image that was made before it was pinned stays as it is until its bytes change. */
function pinOf(source: GivenSource, locked: LockedImage | undefined, hasFixedId: boolean, given?: Digest): DigestPin {
  if (hasFixedId) return source.digestPin ?? (given ? DigestPin.REPLACE : DigestPin.CHECK);
  if (source.digestPin === DigestPin.CHECK && locked && locked.revision > 1) return DigestPin.REPLACE;
  return source.digestPin ?? DigestPin.REPLACE;
}

/** The digests that Glance may report. */
function storedDigests(
  scope: IConstruct,
  source: GivenSource,
  content: ImageContent,
  locked?: LockedImage,
): readonly Digest[] {
  const stored = checkedDigest(scope, "'storedDigest'", source.storedDigest);
  if (stored) return weighed(scope, stored);
  if (locked) {
    const raw = source.storedAs ? digestsOf(lockedForm(scope, locked, "raw")) : [];
    return [...digestsOf(isUnpacked(source) ? lockedForm(scope, locked, "unpacked") : locked), ...raw];
  }
  if (content.storedDigests.length > 0 && (isUnpacked(source) || source.storedAs)) {
    warn(
      scope,
      "DigestNotVerified",
      `'digest' is that of the ${isUnpacked(source) ? "packed" : "unconverted"} file, so the bytes that Glance stores go unverified; give ` +
        `storedDigest: Digest.sha512(...) of the ${isUnpacked(source) ? "unpacked" : "converted"} ones too, or run npx openstack-images lock`,
    );
    return [];
  }
  return content.storedDigests.flatMap((digest) => weighed(scope, digest));
}

/** What the bytes become on their way to Glance. */
function lockedForm(scope: IConstruct, locked: LockedImage, form: "unpacked" | "raw"): Digests {
  const bytes = locked[form];
  if (bytes) return bytes;
  throw new InvalidInput(
    "LockStale",
    scope,
    `${LOCK_FILE} must know what the source holds once it is ${form}, got only the digests of what lies there; run npx openstack-images lock`,
  );
}

/** Says what a digest does not prove. */
function weighed(scope: IConstruct, digest: Digest): [Digest] {
  if (digest.algorithm === DigestAlgorithm.SHA256) {
    warn(
      scope,
      "DigestNotVerified",
      "a SHA-256 digest pins the plan, but Glance reports SHA-512 unless its operator chose otherwise, so the stored bytes may go " +
        "unverified; give storedDigest: Digest.sha512(...) too (sha512sum FILE), or run npx openstack-images lock",
    );
  }
  if (digest.algorithm === DigestAlgorithm.MD5) {
    warn(
      scope,
      "DigestWeak",
      "an MD5 digest tells a broken copy, not a forged one, and some clouds compute none; give Digest.sha512(...), or run npx openstack-images lock",
    );
  }
  return [digest];
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
