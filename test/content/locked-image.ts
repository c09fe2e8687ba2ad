import { createHash } from "node:crypto";
import type { Digests, LockedBytes, LockedImage } from "../../lib/content/lock-file";

export const NOW = "2026-11-21T12:00:00Z";

export function digestsOf(bytes: Buffer | string): Digests {
  const hex = (algorithm: string) => createHash(algorithm).update(bytes).digest("hex");
  return { sha512: hex("sha512"), sha256: hex("sha256"), md5: hex("md5") };
}

export function bytesOf(bytes: Buffer | string): LockedBytes {
  return { sizeBytes: bytes.length, ...digestsOf(bytes) };
}

/** What a lock says of bytes that it takes for qcow2. */
export function lockedImage(bytes: Buffer | string, more: Partial<LockedImage> = {}): LockedImage {
  return { ...bytesOf(bytes), revision: 1, resolvedAt: NOW, diskFormat: "qcow2", ...more };
}
