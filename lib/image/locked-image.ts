import { isAbsolute, join, normalize, resolve, sep } from "node:path";
import { type Digest, DigestAlgorithm } from "../content/digest";
import type { ImageRequest } from "../content/image-request";
import {
  type Digests,
  LOCK_FILE,
  type Lock,
  type LockedImage,
  LockUnusable,
  lockedIn,
  readLock,
} from "../content/lock-file";
import { movingWord } from "../content/moving";
import { warn } from "../core/checks";
import { InvalidInput, shown } from "../core/errors";
import { isKnown } from "../core/known";
import { App, type IConstruct } from "../framework";
import { isUnpacked } from "./compression";
import { isLocking } from "./locking";
import { isByDigest, mirrorOf } from "./mirror";
import { type GivenSource, SourceKind } from "./source";

const LOCK = Symbol.for("cdktf-openstack-images/Lock");

/** What the app's lock file says of a source. */
export function lockedImage(scope: IConstruct, source: GivenSource): LockedImage | undefined {
  if (!isKnown(source.location) || isLocking(scope)) return undefined;
  return lockedIn(lockOf(scope), lockKey(source));
}

/** What `openstack-images lock` must know of a source. */
export function lockRequest(
  scope: IConstruct,
  source: GivenSource,
  more: Pick<ImageRequest, "packed" | "retireAfter">,
): { readonly openstackImage: ImageRequest } | undefined {
  if (!isKnown(source.location)) return undefined;
  checkOutdir(scope);
  const mirror = source.kind === SourceKind.FILE ? undefined : mirrorOf(scope, source.location);
  const { digest } = source;
  return {
    openstackImage: {
      source: lockKey(source),
      kind: source.kind,
      // new builds are where the digest is not known yet
      url: mirror === undefined || isByDigest(mirror) ? undefined : mirror,
      private: (source.username ?? source.password) !== undefined || undefined,
      unpacked: isUnpacked(source) || undefined,
      raw: source.storedAs && true,
      moving: source.moving,
      checksums: source.checksumsUrl,
      keyring: source.checksumsKeyring,
      digest:
        digest && isKnown(digest.hex) ? { algorithm: digest.algorithm, hex: digest.hex.toLowerCase() } : undefined,
      ...more,
    },
  };
}

/** What the command reads is what the app writes there. */
function checkOutdir(scope: IConstruct): void {
  const asked = process.env.CDKTF_OUTDIR;
  const { outdir } = App.of(scope);
  if (!isLocking(scope) || !asked || resolve(outdir) === resolve(asked)) return;
  throw new InvalidInput(
    "OutdirFixed",
    scope,
    `the app must be synthesized where CDKTF_OUTDIR says, while openstack-images lock asks for its sources, got the 'outdir' ${shown(outdir)}; leave ` +
      "it out of new App(), or synthesize as usual and run npx openstack-images lock --stacks OUTDIR",
  );
}

/** Tells of a URL that nothing binds, in an app whose sources are locked or that asks for a signature. */
export function warnUnlocked(scope: IConstruct, source: GivenSource): void {
  if (source.kind === SourceKind.FILE || source.allowMoving !== undefined || isLocking(scope)) return;
  const isWanted = source.checksumsKeyring !== undefined || Object.keys(lockOf(scope)).length > 0;
  if (!isKnown(source.location) || !isWanted) return;
  warn(
    scope,
    "NotLocked",
    `${LOCK_FILE} has no entry for ${shown(source.location)}, so that nothing binds the image to its bytes; run npx openstack-images lock`,
  );
}

/** Refuses a URL that leads to another build tomorrow, and that nothing binds to the one of today. */
export function checkMoving(scope: IConstruct, source: GivenSource, isBound: boolean): void {
  if (source.kind === SourceKind.FILE || isBound || source.moving === false || isLocking(scope)) return;
  const word = source.moving ? "moving: true" : isKnown(source.location) ? movingWord(source.location) : undefined;
  if (word === undefined) return;
  if (source.allowMoving !== undefined && source.allowMoving.trim() !== "") return;
  throw new InvalidInput(
    "SourceMoves",
    scope,
    `the source's URL must be bound to the build of a day, got ${shown(source.location)} (${word}), which leads to another one tomorrow; run ` +
      "npx openstack-images lock, or give 'digest', 'moving: false' when it stays what it is, or allowMoving: \"<reason>\"",
  );
}

/** Refuses what was locked before the code asked for a signature. */
export function checkSigned(scope: IConstruct, { checksumsKeyring }: GivenSource, locked?: LockedImage): void {
  if (checksumsKeyring === undefined || !locked || locked.upstream?.signedBy !== undefined) return;
  throw staleLock(
    scope,
    "who signed the digest of the source, since 'checksumsKeyring' is given",
    locked.upstream ? `the unsigned one of ${locked.upstream.from}` : "no published digest",
  );
}

/** Of an entry that says too little for what the code wants now. */
export function staleLock(scope: IConstruct, needed: string, got: string): InvalidInput {
  return new InvalidInput(
    "LockStale",
    scope,
    `${LOCK_FILE} must know ${needed}, got ${got}; run npx openstack-images lock`,
  );
}

/** Under what a source stands in the lock file. */
export function lockKey({ kind, location }: GivenSource): string {
  if (kind !== SourceKind.FILE || isAbsolute(location)) return location;
  return normalize(location).split(sep).join("/");
}

/** Digests of the same bytes, the one that is shown in front. */
export function digestsOf({ sha512, sha256, md5 }: Digests): Digest[] {
  return [
    { algorithm: DigestAlgorithm.SHA512, hex: sha512 },
    { algorithm: DigestAlgorithm.SHA256, hex: sha256 },
    { algorithm: DigestAlgorithm.MD5, hex: md5 },
  ];
}

/** Read once for an app, from the folder that it runs in. */
function lockOf(scope: IConstruct): Lock {
  const root: IConstruct & { [LOCK]?: Lock } = scope.node.root;
  root[LOCK] ??= usable(scope, join(process.cwd(), LOCK_FILE));
  return root[LOCK];
}

function usable(scope: IConstruct, file: string): Lock {
  try {
    return readLock(file);
  } catch (error) {
    if (!(error instanceof LockUnusable)) throw error;
    throw new InvalidInput("LockUnusable", scope, error.message);
  }
}
