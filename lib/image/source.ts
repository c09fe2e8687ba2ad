import type { Digest, DigestPin } from "../content/digest";
import type { IResolvable, TerraformVariable } from "../framework";
import type { DiskFormat } from "./disk-format";

/** What ties an image to its bytes. */
export interface ImageSourceOptions {
  /**
   * Digest of what lies at the URL or in the file. A changed digest replaces the image (see `digestPin`), and the image must come
   * out with it: the plan or apply fails while Glance holds other bytes (an MD5 is compared only where Glance has one).
   * @default - for a file that exists at synth its SHA-512, computed then; for a URL none: a new file behind it goes unnoticed
   */
  readonly digest?: Digest;

  /**
   * Digest of what Glance holds in the end, where that is something else: when the provider or the cloud unpacks, or the cloud
   * converts, what was downloaded. This one is then compared.
   * @default - the same as `digest`; none where the source is unpacked on its way
   */
  readonly storedDigest?: Digest;

  /**
   * What a changed digest does to the image.
   * @default DigestPin.REPLACE
   */
  readonly digestPin?: DigestPin;
}

/** What lies at a URL. */
export interface RemoteSourceOptions extends ImageSourceOptions {
  /**
   * Whether the URL leads to another build from time to time. One that does must be in `images.lock.json` (`npx openstack-images lock`) or
   * have a `digest`.
   * @default - told by a word like `latest`, `current` or `daily` in its path, unless a date is there too
   */
  readonly moving?: boolean;

  /**
   * Why this image may be made of whatever a moving URL leads to at the time. Which bytes an image holds is then decided by the day of
   * its apply, and no plan shows it. Once it is in `images.lock.json`, the lock decides all the same.
   * @default - a moving URL that nothing binds is the error `SourceMoves`
   */
  readonly allowMoving?: string;

  /**
   * Where the digests of the build are published, for `openstack-images lock`: a file as `sha512sum` or BSD's tools write it, or JSON as
   * Fedora CoreOS, Debian or simplestreams publish. Changing it changes nothing in the cloud.
   * @default - the usual names beside the URL are tried
   */
  readonly checksumsUrl?: string;

  /**
   * The file of the keys that may have signed these digests, relative to the app's folder: then `openstack-images lock` takes signed ones
   * only. Changing it changes nothing in the cloud.
   * @default - no signature is asked for
   */
  readonly checksumsKeyring?: string;
}

/** Bytes that the machine running Terraform uploads. */
export interface UploadSourceOptions extends ImageSourceOptions {
  /**
   * Whether the upload fails when Glance reports another MD5 than that of the bytes sent (`verify_checksum`). Turn it off for a cloud
   * that computes no MD5. Changing it does nothing to an image that exists.
   * @default true
   */
  readonly verifyChecksum?: boolean | IResolvable;
}

/** An image that the machine running Terraform downloads. */
export interface UrlSourceOptions extends UploadSourceOptions, RemoteSourceOptions {
  /**
   * User name for the download (`image_source_username`), with `password`. Changing it does nothing to an image that exists.
   * @default - the download is anonymous
   */
  readonly username?: string;

  /**
   * Password for the download (`image_source_password`): a variable with `sensitive: true`. It lands in the state in plain text. Changing
   * it does nothing to an image that exists.
   * @default - the download is anonymous
   */
  readonly password?: TerraformVariable;

  /**
   * Unpacks the download before it goes to Glance (`decompress`): gzip, bzip2, xz or zstd, told by the server's Content-Type, or by the
   * ending of the file name in its Content-Disposition (not .bz2); the apply fails when these name none. `digest` is then of the packed file, and compared is `storedDigest`
   * alone. Changing it replaces the image.
   * @default false - a URL that ends in .gz, .bz2, .xz, .zst or .zip is an error, but for ContainerFormat.COMPRESSED
   */
  readonly decompress?: boolean;
}

/** An image that Glance downloads. */
export interface WebDownloadSourceOptions extends RemoteSourceOptions {
  /**
   * Says that this cloud unpacks what it downloads (Glance's import plugin `image_decompression`: gzip and zip, nothing else), so that a
   * URL that ends in .gz or .zip is right. `digest` is then of the packed file, and compared is `storedDigest` alone. The provider has
   * no argument for it: where the plugin is off, Glance stores the packed file. Changing it does nothing to an image that exists.
   * @default false - a URL that ends in .gz, .bz2, .xz, .zst or .zip is an error, but for ContainerFormat.COMPRESSED
   */
  readonly decompressedByCloud?: boolean;

  /**
   * What this cloud makes of all that it downloads (Glance's import plugin `image_conversion`); only DiskFormat.RAW. `disk_format` is then
   * no more compared with what Glance says, and the bytes may be those of either form: the lock has the digests of both. Changing it does
   * nothing to an image that exists.
   * @default - Glance stores the bytes as they are
   */
  readonly storedAs?: DiskFormat;
}

/**
 * How the bytes get to Glance.
 * @internal
 */
export enum SourceKind {
  /** The machine that runs Terraform downloads and uploads. */
  URL = "url",
  /** Glance downloads. */
  WEB_DOWNLOAD = "web-download",
  /** The machine that runs Terraform uploads a file of its own. */
  FILE = "file",
}

/**
 * A source as it was given.
 * @internal
 */
export interface GivenSource extends UrlSourceOptions, WebDownloadSourceOptions {
  readonly kind: SourceKind;
  /** The URL, or the file's path. */
  readonly location: string;
}

/** Where an image's bytes come from. Another URL or path replaces the image; the same URL by another way does nothing. */
export class ImageSource {
  /**
   * The machine that runs Terraform downloads from the URL and uploads to Glance (`image_source_url`). Glance stores just these
   * bytes, unpacked with `decompress`. The provider keeps the download below the stack's folder, in `.terraform/image_cache`.
   * @param url http or https, without credentials or fragment
   */
  static fromUrl(url: string, options: UrlSourceOptions = {}): ImageSource {
    return new ImageSource({ ...options, kind: SourceKind.URL, location: url });
  }

  /**
   * Glance downloads from the URL itself (`web_download`): nothing passes through the machine that runs Terraform, and the cloud's
   * import plugins run (some convert to raw: say so with `storedAs`). Clouds allow ports 80 and 443 only unless set otherwise. A
   * failed download shows as a timeout, after the image's `createTimeoutMinutes`: the provider does not see why.
   * @param url http or https, without credentials or fragment
   */
  static fromWebDownload(url: string, options: WebDownloadSourceOptions = {}): ImageSource {
    return new ImageSource({ ...options, kind: SourceKind.WEB_DOWNLOAD, location: url });
  }

  /**
   * The machine that runs Terraform uploads a file (`local_file_path`). The file is read in place, never copied. Without `digest` it
   * must exist at synth, where it is hashed once and again only when its size, mtime or inode changed; with one it need only exist
   * at plan.
   * @param path relative to the app's folder; an absolute one is used as it is
   */
  static fromFile(path: string, options: UploadSourceOptions = {}): ImageSource {
    return new ImageSource({ ...options, kind: SourceKind.FILE, location: path });
  }

  /** @internal */
  readonly _given: GivenSource;

  private constructor(given: GivenSource) {
    this._given = given;
  }
}
