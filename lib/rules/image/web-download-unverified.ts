import { isCompared, isUploaded, shownSource } from "../image-source";
import { say } from "../message";
import type { Rule } from "../rule";
import { IMAGE } from "../subject";

export const WEB_DOWNLOAD_UNVERIFIED: Rule = {
  id: "OSI-IMG-014",
  name: "WebDownloadUnverified",
  level: "warn",
  why: "With web_download Glance fetches the bytes itself. It knows no digest to compare them with, follows redirects, and takes no user or password. A digest at the end of the URL is never compared by anybody: only a condition of the resource is.",
  example: "`web_download = true`, and no postcondition on `properties.os_hash_value`.",
  fix: "compare what Glance stored with a digest in a postcondition (digest: Digest.sha512(...) here, or storedDigest where Glance converts), or let the provider download (ImageSource.fromUrl)",
  types: [IMAGE],
  of: "change",
  check(image) {
    const { after } = image;
    if (!after || !isUploaded(image) || after.flag("web_download") !== true || isCompared(image)) return [];
    return [
      { message: say`Glance fetches ${shownSource(after)} itself, and nobody compares what it stored with a digest` },
    ];
  },
};
