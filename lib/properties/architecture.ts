/** The processor that an image is for (property `architecture`), in the words that Nova's scheduler compares. */
export enum Architecture {
  /** 64-bit Intel and AMD; distributions also say amd64. */
  X86_64 = "x86_64",
  /** 64-bit ARM; distributions also say arm64. */
  AARCH64 = "aarch64",
  /** POWER, little endian; distributions also say ppc64el. */
  PPC64LE = "ppc64le",
  /** IBM Z. */
  S390X = "s390x",
  /** 32-bit Intel. */
  I686 = "i686",
}
