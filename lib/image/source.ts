import type { Digest, DigestPin } from "../content/digest";
import type { TerraformVariable } from "../framework";

/** What ties an image to its bytes. */
export interface ImageSourceOptions {
  /**
   * Digest of what lies at the URL or in the file. A changed digest replaces the image (see `digestPin`), and the image must come
   * out with it: the plan or apply fails while Glance holds other bytes (an MD5 is compared only where Glance has one).
   * @default - for a file that exists at synth its SHA-512, computed then; for a URL none: a new file behind it goes unnoticed
   */
  readonly digest?: Digest;

  /**
   * Digest of what Glance holds in the end, where that is something else: when the cloud decompresses or converts images that it
   * downloads. This one is then compared.
   * @default - the same as `digest`
   */
  readonly storedDigest?: Digest;

  /**
   * What a changed digest does to the image.
   * @default DigestPin.REPLACE
   */
  readonly digestPin?: DigestPin;
}

/** An image that the machine running Terraform downloads. */
export interface UrlSourceOptions extends ImageSourceOptions {
  /**
   * User name for the download (`image_source_username`), with `password`. Changing it does nothing to an image that exists.
   * @default - the download is anonymous
   */
  readonly username?: string;

  /**
   * Password for the download (`image_source_password`): a variable with `sensitive: true`. It lands in the state in plain text.
   * @default - the download is anonymous
   */
  readonly password?: TerraformVariable;
}

/** How the bytes get to Glance. */
export enum ImageSourceKind {
  /** The machine that runs Terraform downloads and uploads. */
  URL = "url",
  /** Glance downloads. */
  WEB_DOWNLOAD = "web-download",
  /** The machine that runs Terraform uploads a file of its own. */
  FILE = "file",
}

/** Where an image's bytes come from. Another URL or path replaces the image; the same URL by another way does nothing. */
export class ImageSource {
  /**
   * The machine that runs Terraform downloads from the URL and uploads to Glance (`image_source_url`). Glance stores just these
   * bytes. The provider keeps the download below the stack's folder, in `.terraform/image_cache`.
   * @param url http or https, without credentials or fragment
   */
  static fromUrl(url: string, options: UrlSourceOptions = {}): ImageSource {
    return new ImageSource(ImageSourceKind.URL, url, options, options.username, options.password);
  }

  /**
   * Glance downloads from the URL itself (`web_download`): nothing passes through the machine that runs Terraform, and the cloud's
   * import plugins run (some convert to raw: give `storedDigest` then). Clouds allow ports 80 and 443 only unless set otherwise. A
   * failed download shows as a timeout after 30 minutes: the provider does not see why.
   * @param url http or https, without credentials or fragment
   */
  static fromWebDownload(url: string, options: ImageSourceOptions = {}): ImageSource {
    return new ImageSource(ImageSourceKind.WEB_DOWNLOAD, url, options);
  }

  /**
   * The machine that runs Terraform uploads a file (`local_file_path`). The file is read in place, never copied. Without `digest` it
   * must exist at synth, where it is hashed once and again only when its size, mtime or inode changed; with one it need only exist
   * at plan.
   * @param path relative to the app's folder; an absolute one is used as it is
   */
  static fromFile(path: string, options: ImageSourceOptions = {}): ImageSource {
    return new ImageSource(ImageSourceKind.FILE, path, options);
  }

  /** The digest of the source. */
  readonly digest?: Digest;
  /** The digest of what Glance holds, where it differs. */
  readonly storedDigest?: Digest;
  /** What a changed digest does. */
  readonly digestPin?: DigestPin;

  private constructor(
    /** How the bytes get to Glance. */
    readonly kind: ImageSourceKind,
    /** The URL, or the file's path as it was given. */
    readonly location: string,
    options: ImageSourceOptions,
    /** User name for the download. */
    readonly username?: string,
    /** Password for the download. */
    readonly password?: TerraformVariable,
  ) {
    this.digest = options.digest;
    this.storedDigest = options.storedDigest;
    this.digestPin = options.digestPin;
  }
}
