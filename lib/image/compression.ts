import { InvalidInput, shown } from "../core/errors";
import { isKnown } from "../core/known";
import type { IConstruct } from "../framework";
import { ContainerFormat } from "./container-format";
import { DiskFormat } from "./disk-format";
import { type GivenSource, SourceKind } from "./source";

/** Of a file or a URL's path. */
const ENDING = /^([^?]*)\.(gz|bz2|xz|zst|zip)(?=$|\?)/i;
/** What Glance's plugin unpacks; the provider unpacks all but zip. */
const BY_CLOUD = ["gz", "zip"];
/** What a boot loader or the kernel itself unpacks. */
const UNPACKED_AT_BOOT = [DiskFormat.AKI, DiskFormat.ARI];

/** Whether the source is unpacked on its way to Glance, so that what lies there has another digest. */
export function isUnpacked(source: GivenSource): boolean {
  return source.decompress === true || source.decompressedByCloud === true;
}

/** The URL or path without the ending of a compression. */
export function withoutCompression(location: string): string {
  return location.replace(ENDING, "$1");
}

/** Refuses a packed source that nobody unpacks, and unpacking where the provider or the cloud cannot. */
export function checkCompression(
  scope: IConstruct,
  source: GivenSource,
  disk: DiskFormat,
  container: ContainerFormat,
): void {
  const { kind, location } = source;
  if (source.decompress !== undefined && kind !== SourceKind.URL) {
    throw new InvalidInput(
      "DecompressNotHere",
      scope,
      `'decompress' needs ImageSource.fromUrl, got it for ${shown(location)}, which the provider ` +
        (kind === SourceKind.FILE
          ? "uploads as it is; unpack the file, and leave 'decompress' out"
          : "does not see; leave 'decompress' out, or give 'decompressedByCloud' where the cloud unpacks"),
    );
  }
  if (source.decompressedByCloud !== undefined && kind !== SourceKind.WEB_DOWNLOAD) {
    throw new InvalidInput(
      "DecompressNotHere",
      scope,
      `'decompressedByCloud' needs ImageSource.fromWebDownload, got it for ${shown(location)}; ` +
        "a cloud unpacks only what it downloads itself",
    );
  }
  const staysPacked = container.value === ContainerFormat.COMPRESSED.value;
  if (staysPacked && isUnpacked(source)) {
    throw new InvalidInput(
      "CompressedUnpacked",
      scope,
      `'containerFormat' must not be compressed for what is unpacked on its way, got it for ${shown(location)}; ` +
        "leave it out, or leave the source packed",
    );
  }
  const ending = isKnown(location) ? ENDING.exec(location)?.[2]?.toLowerCase() : undefined;
  if (ending === undefined || staysPacked || !isKnown(container.value)) return;
  if (UNPACKED_AT_BOOT.some(({ value }) => value === disk.value)) return;
  const isHandled =
    (source.decompress && ending !== "zip") || (source.decompressedByCloud && BY_CLOUD.includes(ending));
  if (isHandled) return;
  throw new InvalidInput(
    "SourceCompressed",
    scope,
    // a query may hold a signature
    `the source must not be packed, got ${shown(location.replace(/\?.*$/s, "?..."))}; ${wayOut(kind, ending)}`,
  );
}

function wayOut(kind: SourceKind, ending: string): string {
  const packed =
    ending === "gz" ? ", or containerFormat: ContainerFormat.COMPRESSED where the cloud's Cinder unpacks it" : "";
  if (kind === SourceKind.FILE) return `unpack the file first${packed}`;
  const byProvider = "give ImageSource.fromUrl decompress: true";
  const byCloud = "give ImageSource.fromWebDownload decompressedByCloud: true where the cloud's Glance unpacks it";
  const ways = [...(ending === "zip" ? [] : [byProvider]), ...(BY_CLOUD.includes(ending) ? [byCloud] : [])];
  return `${ways.join(", or ")}${packed}`;
}
