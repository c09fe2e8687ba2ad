import { type Digest, DigestAlgorithm } from "../content/digest";
import { updateCommand } from "../content/lock-file";
import { hcl, source } from "../core/hcl";
import { isKnown } from "../core/known";
import { message } from "../core/message";
import type { Assertion } from "../core/stack-blocks";
import type { IResolvable } from "../framework";

/** The address of a resource, asked for when the stack is rendered: until then its user may give it another. */
export type Address = () => string;

/** What the way out of a wrong digest depends on. */
interface DigestedImage {
  /** Whether the provider downloads the bytes, and keeps them. */
  readonly isDownloaded: boolean;
  readonly isProtected: boolean;
  /** What the lock calls the image, when the digests stand there. */
  readonly lockedAs?: string;
  /** Whether Glance imports the bytes, which it may be set up to convert, and nobody said so. */
  readonly mayBeConverted: boolean;
}

/**
 * Fails while an active image holds other bytes than declared. Compared is the algorithm that Glance reports, where one of the digests
 * is in it; an image without any digest fails, one that cannot be compared is left to `digestIsCompared`.
 */
export function digestMatches(address: Address, digests: readonly Digest[], image: DigestedImage): Assertion {
  const [first] = digests;
  const hexes = digests.map(({ hex }) => (isKnown(hex) ? hex : hcl`lower(${hex})`));
  const self = source("self");
  const stored = comparable(self, digests);
  const cannot = isMd5(digests)
    ? hcl`true`
    : hcl`!contains(${[...hashes(digests), ""]}, ${reported(self, "os_hash_algo")})`;
  // the provider uploads again what it downloaded before, also when the image is replaced
  const cached = image.isDownloaded ? "rm -r .terraform/image_cache && " : "";
  // this very condition stops the apply that would only unprotect it
  const unprotect = image.isProtected
    ? hcl`format("set protected: false, openstack image set --unprotect %s, then ", self.id)`
    : "";
  const converted = image.mayBeConverted ? " If this cloud converts what it imports: storedAs: DiskFormat.RAW." : "";
  const declare = "declare the digest that it holds";
  const wayOut =
    image.lockedAs === undefined
      ? declare
      : `${updateCommand(image.lockedAs)} if the source has them too, else ${declare} (storedDigest)`;
  const found = isMd5(digests)
    ? hcl`try(format("md5 %s", self.checksum), "no digest")`
    : hcl`try(format("%s %s", self.properties["os_hash_algo"], self.properties["os_hash_value"]), "no digest")`;
  return {
    condition: hcl`self.status != "active" || contains(${hexes}, ${stored}) || (${stored} == "" && ${cannot})`,
    errorMessage: message`DigestMismatch: ${address} must hold ${first?.algorithm} ${hexes[0]}, but Glance holds ${found}. If Glance holds the right bytes: ${wayOut}.${converted} If the source has the right ones now, in the stack's folder: ${unprotect}${cached}terraform apply -replace=${address}`,
  };
}

/** Warns while nothing can be compared, since Glance reports another algorithm or none. */
export function digestIsCompared(address: Address, digests: readonly Digest[]): Assertion {
  const image = source(address);
  return {
    condition: hcl`${image}.status != "active" || ${comparable(image, digests)} != ""`,
    errorMessage: message`DigestNotVerified: the bytes of ${address} were not compared with the ${digests[0]?.algorithm} digest declared, since Glance reports ${hcl`try(coalesce(${reported(image, "os_hash_algo")}), "none")`}. Declare storedDigest in that algorithm.`,
  };
}

/** Warns while Glance has other `os_*` properties than declared, with the command that mends it. */
export function osPropertiesAgree(address: Address, declared: { [key: string]: string } | IResolvable): Assertion[] {
  const image = source(address);
  const wrong = hcl`[for k, v in ${declared} : format("--property '%s=%s'", k, replace(v, "'", "'\\\\''")) if try(${image}.properties[k], "") != v]`;
  const ofGlance = hcl`startswith(k, "os_hash_") || startswith(k, "os_glance") || k == "os_hidden"`;
  const surplus = hcl`[for k in try(keys(${image}.properties), []) : format("--property '%s'", k) if startswith(k, "os_") && !(${ofGlance}) && !contains(keys(${declared}), k)]`;
  return [
    {
      condition: hcl`${image}.status != "active" || length(${wrong}) == 0`,
      errorMessage: message`OsPropertiesDiffer: ${address} has other os_* properties in Glance than declared, and provider 3.4.0 never sends them after create. Run: openstack image set ${hcl`join(" ", ${wrong})`} ${hcl`${image}.id`}`,
    },
    {
      condition: hcl`${image}.status != "active" || length(${surplus}) == 0`,
      errorMessage: message`OsPropertiesDiffer: ${address} has os_* properties in Glance that are not declared, and provider 3.4.0 never removes them. Run: openstack image unset ${hcl`join(" ", ${surplus})`} ${hcl`${image}.id`}`,
    },
  ];
}

const isMd5 = (digests: readonly Digest[]) => digests.every(({ algorithm }) => algorithm === DigestAlgorithm.MD5);

/** The algorithms of `os_hash_algo` among the digests. */
const hashes = (digests: readonly Digest[]) => [
  ...new Set(digests.map(({ algorithm }) => algorithm).filter((one) => one !== DigestAlgorithm.MD5)),
];

/** What Glance reports in an algorithm that one of the digests is in; `""` where there is none. */
function comparable(subject: IResolvable, digests: readonly Digest[]): IResolvable {
  const checksum = hcl`coalesce(${subject}.checksum)`;
  if (isMd5(digests)) return hcl`try(${checksum}, "")`;
  const otherwise = digests.some(({ algorithm }) => algorithm === DigestAlgorithm.MD5) ? checksum : "";
  return hcl`try(contains(${hashes(digests)}, ${reported(subject, "os_hash_algo")}) ? ${subject}.properties["os_hash_value"] : ${otherwise}, "")`;
}

/** A property as Glance reports it, `""` when it does not, or when there is no image yet to report on. */
function reported(subject: IResolvable, key: string): IResolvable {
  return hcl`try(${subject}.properties[${key}], "")`;
}
