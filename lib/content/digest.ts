/** The algorithms that Glance reports digests in. */
export enum DigestAlgorithm {
  /** 128 hex digits; what Glance uses for `os_hash_value` unless its operator chose another. */
  SHA512 = "sha512",
  /** 64 hex digits; what most distributions publish. */
  SHA256 = "sha256",
  /** 32 hex digits; Glance's `checksum`. Tells a broken copy, not a forged one. */
  MD5 = "md5",
}

/** A digest of an image's bytes, in hex digits of either case. */
export class Digest {
  /** A SHA-512 digest, 128 hex digits. */
  static sha512(hex: string): Digest {
    return new Digest(DigestAlgorithm.SHA512, hex);
  }

  /** A SHA-256 digest, 64 hex digits. Glance reports SHA-512 unless its operator chose otherwise, so this pins the plan but is rarely compared. */
  static sha256(hex: string): Digest {
    return new Digest(DigestAlgorithm.SHA256, hex);
  }

  /** An MD5 digest, 32 hex digits. */
  static md5(hex: string): Digest {
    return new Digest(DigestAlgorithm.MD5, hex);
  }

  private constructor(
    /** The algorithm. */
    readonly algorithm: DigestAlgorithm,
    /** The digest as it was given. */
    readonly hex: string,
  ) {}
}

/** What a changed digest does to the image. */
export enum DigestPin {
  /**
   * A changed digest replaces the image: it stands in the plan, as fragment of `image_source_url` or as a trigger. For a URL the fragment
   * is part of the argument, so switching an existing image to this pin or away from it replaces that image once; for a file it does not.
   */
  REPLACE = "REPLACE",
  /**
   * The digest is only compared with what Glance stored. For an image that was deployed without a digest and must not be replaced. By
   * `images.lock.json` that is so for the bytes of its first lock; the next change there replaces the image.
   */
  CHECK = "CHECK",
}
