import { type Answer, isAnswer, textAt } from "./answer";

/** Glance names algorithms as Python does, and Node as OpenSSL does. */
const ALGORITHMS = new Map(
  Object.entries({
    ...{ md5: "md5", sha1: "sha1", sha224: "sha224", sha256: "sha256", sha384: "sha384", sha512: "sha512" },
    ...{ sha512_224: "sha512-224", sha512_256: "sha512-256", blake2b: "blake2b512", blake2s: "blake2s256" },
    ...{ sha3_224: "sha3-224", sha3_256: "sha3-256", sha3_384: "sha3-384", sha3_512: "sha3-512" },
  }),
);

/** What Glance says that an image's bytes are. */
export interface StoredDigest {
  /** As Glance names it. */
  readonly algorithm: string;
  /** As Node names it; none where this command does not know it. */
  readonly hash?: string;
  /** Lower case. */
  readonly hex: string;
  /** The attribute of the image that has it. */
  readonly attribute: "os_hash_value" | "checksum";
}

/** The digest in what `openstack image show` answers; none where Glance computed none. */
export function storedDigest(shown: Answer): StoredDigest | undefined {
  // not hash_value beside them: anybody may call a property so
  const properties = isAnswer(shown.properties) ? shown.properties : {};
  const algorithm = textAt(properties, "os_hash_algo");
  const hex = textAt(properties, "os_hash_value");
  if (algorithm && hex) {
    const hash = ALGORITHMS.get(algorithm);
    return { algorithm, hash, hex: hex.toLowerCase(), attribute: "os_hash_value" };
  }
  const checksum = textAt(shown, "checksum");
  if (!checksum) return undefined;
  return { algorithm: "md5", hash: "md5", hex: checksum.toLowerCase(), attribute: "checksum" };
}
