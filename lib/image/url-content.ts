import { DigestPin } from "../content/digest";
import { checkSecret } from "../core/checks";
import { InvalidInput, shown } from "../core/errors";
import { ifKnown } from "../core/known";
import type { IConstruct } from "../framework";
import type { CheckedSource, ImageContent } from "./image-content";
import { ImageSourceKind } from "./source";

/** A URL, that the provider or Glance downloads from. */
export function urlContent(scope: IConstruct, { source, diskFormat, digest, pin }: CheckedSource): ImageContent {
  checkSecret(scope, "the source's 'password'", source.password);
  const isPinned = digest !== undefined && pin === DigestPin.REPLACE;
  return {
    arguments: {
      imageSourceUrl: isPinned ? `${source.location}#${digest.algorithm}=${digest.hex}` : source.location,
      imageSourceUsername: source.username,
      imageSourcePassword: source.password?.stringValue,
      webDownload: source.kind === ImageSourceKind.WEB_DOWNLOAD ? true : undefined,
    },
    diskFormat,
    storedDigest: digest,
    isPinned,
  };
}

/** What the provider and Glance both take: http or https, and nothing secret in it. */
export function checkUrl(scope: IConstruct, url: string): void {
  ifKnown(url, () => {
    const parsed = URL.canParse(url) && !/\s/.test(url) ? new URL(url) : undefined;
    if (!parsed || !["http:", "https:"].includes(parsed.protocol)) {
      throw new InvalidInput(
        "SourceUrlNotHttp",
        scope,
        // whatever stands before an @ may be a password
        `the source's URL must begin with http:// or https:// and have no spaces, got ${shown(url.replace(/^.*@/s, "...@"))}; ` +
          "use ImageSource.fromFile for a file",
      );
    }
    if (parsed.username || parsed.password) {
      throw new InvalidInput(
        "SourceUrlWithCredentials",
        scope,
        `the source's URL must not carry credentials, which would stand in the synthesized file, got some for ${shown(parsed.host)}; ` +
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
