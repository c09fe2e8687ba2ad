import { type Digest, DigestAlgorithm } from "../content/digest";
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
}

/**
 * Fails while an active image holds other bytes than declared. Compared is only the algorithm that Glance reports; an image without
 * any digest fails, one in another algorithm is left to `digestIsCompared`.
 */
export function digestMatches(address: Address, digest: Digest, image: DigestedImage): Assertion {
  const { algorithm } = digest;
  const hex = isKnown(digest.hex) ? digest.hex : hcl`lower(${digest.hex})`;
  const self = source("self");
  // the provider uploads again what it downloaded before, also when the image is replaced
  const first = image.isDownloaded ? "rm -r .terraform/image_cache && " : "";
  // this very condition stops the apply that would only unprotect it
  const unprotect = image.isProtected
    ? hcl`format("set protected: false, openstack image set --unprotect %s, then ", self.id)`
    : "";
  const found =
    algorithm === DigestAlgorithm.MD5
      ? hcl`try(format("md5 %s", self.checksum), "no digest")`
      : hcl`try(format("%s %s", self.properties["os_hash_algo"], self.properties["os_hash_value"]), "no digest")`;
  return {
    condition:
      algorithm === DigestAlgorithm.MD5
        ? hcl`self.status != "active" || try(coalesce(self.checksum), ${hex}) == ${hex}`
        : hcl`self.status != "active" || !contains([${algorithm}, ""], ${reported(self, "os_hash_algo")}) || ${reported(self, "os_hash_value")} == ${hex}`,
    errorMessage: message`DigestMismatch: ${address} must hold ${algorithm} ${hex}, but Glance holds ${found}. If Glance holds the right bytes: declare the digest that it holds. If the source has the right ones now, in the stack's folder: ${unprotect}${first}terraform apply -replace=${address}`,
  };
}

/** Warns while nothing can be compared, since Glance reports another algorithm or none. */
export function digestIsCompared(address: Address, { algorithm }: Digest): Assertion {
  const image = source(address);
  const reports =
    algorithm === DigestAlgorithm.MD5
      ? hcl`try(coalesce(${image}.checksum), "") != ""`
      : hcl`${reported(image, "os_hash_algo")} == ${algorithm}`;
  return {
    condition: hcl`${image}.status != "active" || ${reports}`,
    errorMessage: message`DigestNotVerified: the bytes of ${address} were not compared with the ${algorithm} digest declared, since Glance reports ${hcl`try(coalesce(${reported(image, "os_hash_algo")}), "none")`}. Declare storedDigest in that algorithm.`,
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

/** A property as Glance reports it, `""` when it does not, or when there is no image yet to report on. */
function reported(subject: IResolvable, key: string): IResolvable {
  return hcl`try(${subject}.properties[${key}], "")`;
}
