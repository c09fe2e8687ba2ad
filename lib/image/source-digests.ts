import { type Digest, DigestAlgorithm, DigestPin } from "../content/digest";
import { type Digests, LOCK_FILE, type LockedImage } from "../content/lock-file";
import { warn } from "../core/checks";
import { InvalidInput, shown } from "../core/errors";
import { isKnown } from "../core/known";
import type { IConstruct } from "../framework";
import { isUnpacked } from "./compression";
import { digestsOf, staleLock } from "./locked-image";
import type { GivenSource } from "./source";

const HEX_DIGITS = { [DigestAlgorithm.SHA512]: 128, [DigestAlgorithm.SHA256]: 64, [DigestAlgorithm.MD5]: 32 };

/** The digest that the code gives; a lock must say the same. */
export function givenDigest(scope: IConstruct, source: GivenSource, locked?: LockedImage): Digest | undefined {
  const given = checkedDigest(scope, "'digest'", source.digest);
  if (given && locked) checkAgreement(scope, given, locked);
  return given;
}

function checkAgreement(scope: IConstruct, { algorithm, hex }: Digest, locked: LockedImage): void {
  if (!isKnown(hex) || locked[algorithm] === hex) return;
  throw new InvalidInput(
    "DigestNotLocked",
    scope,
    `'digest' must be what ${LOCK_FILE} says, ${algorithm} ${locked[algorithm]}, got ${hex}; leave 'digest' out, or run ` +
      "npx openstack-images lock, which takes the bytes that it is the digest of",
  );
}

/** An image that was made before it was pinned stays as it is until its bytes change. */
export function pinOf(
  source: GivenSource,
  locked: LockedImage | undefined,
  hasFixedId: boolean,
  given?: Digest,
): DigestPin {
  if (hasFixedId) return source.digestPin ?? (given ? DigestPin.REPLACE : DigestPin.CHECK);
  if (source.digestPin === DigestPin.CHECK && locked && locked.revision > 1) return DigestPin.REPLACE;
  return source.digestPin ?? DigestPin.REPLACE;
}

/** Says that the code should now say what the lock has come to: a lock that is made anew would take the digest out of the plan again. */
export function warnPinned(scope: IConstruct, locked?: LockedImage): void {
  warn(
    scope,
    "PinnedSinceLocked",
    `the bytes changed since their first lock (revision ${locked?.revision}), so that the digest stands in the plan despite DigestPin.CHECK, and an image ` +
      "that was made without it is replaced; once that is applied, leave 'digestPin' out",
  );
}

/**
 * The digests that Glance may report.
 * @param own those of what lies at the source
 */
export function storedDigests(
  scope: IConstruct,
  source: GivenSource,
  own: readonly Digest[],
  locked?: LockedImage,
): readonly Digest[] {
  const stored = checkedDigest(scope, "'storedDigest'", source.storedDigest);
  if (stored) return weighed(scope, stored);
  if (locked) {
    const raw = source.storedAs ? digestsOf(lockedForm(scope, locked, "raw")) : [];
    return [...digestsOf(isUnpacked(source) ? lockedForm(scope, locked, "unpacked") : locked), ...raw];
  }
  if (own.length > 0 && (isUnpacked(source) || source.storedAs)) {
    warn(
      scope,
      "DigestNotVerified",
      `'digest' is that of the ${isUnpacked(source) ? "packed" : "unconverted"} file, so the bytes that Glance stores go unverified; give ` +
        `storedDigest: Digest.sha512(...) of the ${isUnpacked(source) ? "unpacked" : "converted"} ones too, or run npx openstack-images lock`,
    );
    return [];
  }
  return own.flatMap((digest) => weighed(scope, digest));
}

/** What the bytes become on their way to Glance. */
function lockedForm(scope: IConstruct, locked: LockedImage, form: "unpacked" | "raw"): Digests {
  const bytes = locked[form];
  if (bytes) return bytes;
  throw staleLock(scope, `what the source holds once it is ${form}`, "only the digests of what lies there");
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
