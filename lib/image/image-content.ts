import { type Digest, DigestPin } from "../content/digest";
import type { Inspection } from "../content/inspection/inspection";
import type { LockedImage } from "../content/lock-file";
import { checkChoice } from "../core/checks";
import { InvalidInput, shown } from "../core/errors";
import type { Assertion } from "../core/stack-blocks";
import type { IConstruct, IResolvable } from "../framework";
import { checkCompression } from "./compression";
import { ContainerFormat } from "./container-format";
import { DiskFormat } from "./disk-format";
import { checkPath, fileContent, inspectedFile } from "./file-content";
import { containerFor } from "./image-formats";
import { checkBytes, diskFormatOf, knownByBytes, knownByLock, minDiskGbOf } from "./known-disk";
import { checkMoving, checkSigned, digestsOf, lockedImage, warnUnlocked } from "./locked-image";
import { isLocking } from "./locking";
import { type GivenSource, SourceKind } from "./source";
import { givenDigest, pinOf, storedDigests, warnPinned } from "./source-digests";
import { checkChecksums, checkUrl, urlContent } from "./url-content";

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
  readonly hasFixedId: boolean;
  /** What the file is, when it is here. */
  readonly file?: Inspection;
}

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
  checkChecksums(scope, source);
  if (source.storedAs && source.storedAs.value !== DiskFormat.RAW.value) {
    throw new InvalidInput(
      "StoredAsNotRaw",
      scope,
      `'storedAs' must be DiskFormat.RAW, the one that openstack-images lock knows the digest of, got ${shown(source.storedAs.value)}; leave it ` +
        "out, and give 'storedDigest'",
    );
  }
  const locked = lockedImage(scope, source);
  checkSigned(scope, source, locked);
  const given = givenDigest(scope, source, locked);
  const digest = given ?? (locked && digestsOf(locked)[0]);
  checkMoving(scope, source, digest !== undefined);
  if (!digest) warnUnlocked(scope, source);
  const pin = pinOf(source, locked, hasFixedId, given);
  if (source.digestPin === DigestPin.CHECK && pin === DigestPin.REPLACE) warnPinned(scope, locked);
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
  const isGiven = props.diskFormat !== undefined;
  const yetUnknown = isLocking(scope) && !isGiven ? DiskFormat.custom("unknown") : undefined;
  const diskFormat = yetUnknown ?? diskFormatOf(scope, source.location, props.diskFormat, known);
  const containerFormat = containerFor(scope, diskFormat, props.containerFormat);
  checkCompression(scope, source, diskFormat, containerFormat);
  if (known && !isLocking(scope)) checkBytes(scope, source.location, diskFormat, containerFormat, known, isGiven);
  const checked = { source, digest, locked, pin, hasFixedId, file };
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
    storedDigests: storedDigests(scope, source, content.storedDigests, locked),
  };
}
