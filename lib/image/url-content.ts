import { DigestPin } from "../content/digest";
import { checkSecret } from "../core/checks";
import { InvalidInput, shown } from "../core/errors";
import { isKnown, TOKEN_IN_TEXT } from "../core/known";
import type { IConstruct } from "../framework";
import type { CheckedSource, ImageContent } from "./image-content";
import { mirrored } from "./mirror";
import { type GivenSource, SourceKind } from "./source";

/** A URL, that the provider or Glance downloads from. */
export function urlContent(scope: IConstruct, { source, digest, locked, pin }: CheckedSource): ImageContent {
  checkSecret(scope, "the source's 'password'", source.password);
  if ((source.username === undefined) !== (source.password === undefined)) {
    throw new InvalidInput(
      "CredentialsIncomplete",
      scope,
      `the source's 'username' and 'password' must be given together, got one: the provider then downloads without; give both`,
    );
  }
  const isPinned = digest !== undefined && pin === DigestPin.REPLACE;
  const url = mirrored(scope, source, locked, digest);
  if (url !== source.location) checkUrl(scope, url, MIRROR_URL);
  return {
    arguments: {
      imageSourceUrl: isPinned ? `${url}#${digest.algorithm}=${digest.hex}` : url,
      imageSourceUsername: source.username,
      imageSourcePassword: source.password?.stringValue,
      webDownload: source.kind === SourceKind.WEB_DOWNLOAD ? true : undefined,
      decompress: source.decompress,
      verifyChecksum: source.verifyChecksum,
    },
    isDownloaded: source.kind === SourceKind.URL,
    storedDigests: digest ? [digest] : [],
    isPinned,
  };
}

/** What a URL is called, and the ways out where it is none and where it holds a password. */
const SOURCE_URL = {
  what: "the source's URL",
  otherwise: "use ImageSource.fromFile for a file",
  withPassword: "give ImageSource.fromUrl 'username' and 'password'",
};
const MIRROR_URL = {
  what: "the URL on the mirror (openstackImageMirrors)",
  otherwise: "mend it in the context",
  withPassword: "give one that Terraform may read without",
};
const CHECKSUMS_URL = {
  what: "the source's 'checksumsUrl'",
  otherwise: "give the URL at which the distribution publishes it",
  withPassword: "give one that everybody may read",
};

/** What the provider and Glance both take: http or https, and nothing secret in it. Of a URL that is partly known, that part. */
export function checkUrl(scope: IConstruct, url: string, { what, otherwise, withPassword } = SOURCE_URL): void {
  const parts = url.split(TOKEN_IN_TEXT);
  if (TOKEN_IN_TEXT.test(url) && parts[0] === "") return;
  const text = parts.map((part) => (TOKEN_IN_TEXT.test(part) ? "..." : part)).join("");
  if (/\s/.test(text) || !(parts.length === 1 ? isHttpUrl(url) : mayBeHttp(parts[0] ?? ""))) {
    throw new InvalidInput(
      "SourceUrlNotHttp",
      scope,
      // whatever stands before an @ may be a password
      `${what} must begin with http:// or https:// and have no spaces, got ${shown(text.replace(/^.*@/s, "...@"))}; ` +
        otherwise,
    );
  }
  const credentials = /^[^:]*:[/\\]*[^/\\?#]*@/.exec(text);
  if (credentials) {
    throw new InvalidInput(
      "SourceUrlWithCredentials",
      scope,
      `${what} must not carry credentials, which would stand in the synthesized file, got some for ` +
        `${shown(text.slice(credentials[0].length).replace(/[/?#].*$/s, ""))}; ${withPassword}`,
    );
  }
  if (text.includes("#")) {
    throw new InvalidInput(
      "SourceUrlWithFragment",
      scope,
      `${what} must not have a fragment, got ${shown(text)}; leave out what follows "#" and give 'digest' for a digest`,
    );
  }
}

/** What openstack-images lock reads: a URL and a file, which it must know when Terraform is not asked. */
export function checkChecksums(scope: IConstruct, { checksumsUrl, checksumsKeyring }: GivenSource): void {
  for (const [prop, value] of Object.entries({ checksumsUrl, checksumsKeyring })) {
    if (value === undefined || (isKnown(value) && value.trim() !== "")) continue;
    throw new InvalidInput(
      "ChecksumsUnknown",
      scope,
      `the source's '${prop}' must be known at synth, for openstack-images lock to read, got ${shown(value)}; write it out`,
    );
  }
  if (checksumsUrl !== undefined) checkUrl(scope, checksumsUrl, CHECKSUMS_URL);
}

function isHttpUrl(url: string): boolean {
  return /^https?:/i.test(url) && URL.canParse(url);
}

/** Whether it is, or becomes with what follows it, the beginning of such a URL. */
function mayBeHttp(start: string): boolean {
  return /^https?:\/\//i.test(start) || ["http://", "https://"].some((scheme) => scheme.startsWith(start));
}
