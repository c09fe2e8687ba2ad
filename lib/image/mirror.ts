import { type Digest, DigestAlgorithm } from "../content/digest";
import type { LockedImage } from "../content/lock-file";
import { warn } from "../core/checks";
import { InvalidInput, shown } from "../core/errors";
import { isKnown } from "../core/known";
import type { IConstruct } from "../framework";
import { isLocking } from "./locking";
import type { GivenSource } from "./source";

/** In the context of `cdktf.json`: beginnings of URLs, and what stands for them on this site's mirror. */
const MIRRORS = "openstackImageMirrors";
/** In such a URL: the digest, by which a mirror calls what it has. */
const BY_DIGEST = "{sha512}";

/** Whether a mirror has only what is locked, since it calls it by its digest. */
export function isByDigest(mirror: string): boolean {
  return mirror.includes(BY_DIGEST);
}

/** The URL on this site's mirror, when the app's context has one for its beginning. */
export function mirrored(scope: IConstruct, source: GivenSource, locked?: LockedImage, digest?: Digest): string {
  const { location: url, decompress } = source;
  const mirror = mirrorOf(scope, url);
  if (mirror === undefined || !isByDigest(mirror)) return mirror ?? url;
  if (decompress) {
    warn(
      scope,
      "MirrorUnpacked",
      `what is on the mirror ${shown(mirror)} has no ending, and the provider tells what to unpack by the server's Content-Type or file name, so let the ` +
        "mirror send one (application/gzip, application/x-xz, ...)",
    );
  }
  const given = digest?.algorithm === DigestAlgorithm.SHA512 && isKnown(digest.hex) ? digest.hex : undefined;
  const hex = locked?.sha512 ?? given;
  if (hex) return mirror.split(BY_DIGEST).join(hex);
  if (isLocking(scope)) return url;
  throw new InvalidInput(
    "MirrorNeedsDigest",
    scope,
    `what is on the mirror ${shown(mirror)} is called by its digest, got none for ${shown(url)}; run npx openstack-images lock, or give Digest.sha512(...)`,
  );
}

/** Where a mirror has it, by the longest beginning that fits; `{sha512}` may still be in there. */
export function mirrorOf(scope: IConstruct, url: string): string | undefined {
  if (!isKnown(url)) return undefined;
  const mirrors = checkedMirrors(scope, scope.node.tryGetContext(MIRRORS) ?? {});
  const [found] = Object.entries(mirrors)
    .filter(([from]) => url === from || url.startsWith(folder(from)))
    .sort(([a], [b]) => b.length - a.length);
  if (!found) return undefined;
  const [from, to] = found;
  return url === from || isByDigest(to) ? to : `${folder(to)}${url.slice(folder(from).length)}`;
}

/** Beginnings end where a name ends, so that no other host is meant. */
function folder(url: string): string {
  return url.endsWith("/") ? url : `${url}/`;
}

function checkedMirrors(scope: IConstruct, mirrors: unknown): Record<string, string> {
  const isMap = typeof mirrors === "object" && mirrors !== null && !Array.isArray(mirrors);
  // what stands there may hold a password
  const wrong = isMap ? Object.entries(mirrors).find(([from, to]) => !(isUrl(from) && isMirror(to)))?.[0] : mirrors;
  if (isMap && wrong === undefined) return mirrors as Record<string, string>;
  throw new InvalidInput(
    "MirrorsMalformed",
    scope,
    `the context's '${MIRRORS}' must map beginnings of http and https URLs to others, with ${BY_DIGEST} as the one thing in braces, got ` +
      `${isMap ? "another pair for " : ""}${shown(wrong)}; { "https://a.example/": "https://mirror.example/a/" } would do`,
  );
}

function isMirror(to: unknown): boolean {
  return typeof to === "string" && isUrl(to) && !/[{}]/.test(to.split(BY_DIGEST).join(""));
}

function isUrl(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text);
}
