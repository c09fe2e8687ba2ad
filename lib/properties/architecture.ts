/** The processor that an image is for (property `architecture`), in the words that Nova's scheduler compares. */
export enum Architecture {
  /** 64-bit Intel and AMD; distributions also say amd64. */
  X86_64 = "x86_64",
  /** 64-bit ARM; distributions also say arm64. */
  AARCH64 = "aarch64",
  /** 64-bit POWER, little endian; distributions also say ppc64el. */
  PPC64LE = "ppc64le",
  /** 64-bit IBM Z. */
  S390X = "s390x",
  /** 32-bit Intel; distributions also say i386. */
  I686 = "i686",
  /** DEC Alpha. */
  ALPHA = "alpha",
  /** 32-bit ARM, version 6. */
  ARMV6 = "armv6",
  /** 32-bit ARM, version 7, big endian. */
  ARMV7B = "armv7b",
  /** 32-bit ARM, version 7; distributions also say armhf. */
  ARMV7L = "armv7l",
  /** Axis CRIS. */
  CRIS = "cris",
  /** Intel Itanium. */
  IA64 = "ia64",
  /** LatticeMico32. */
  LM32 = "lm32",
  /** Motorola 68000. */
  M68K = "m68k",
  /** Xilinx MicroBlaze. */
  MICROBLAZE = "microblaze",
  /** Xilinx MicroBlaze, little endian. */
  MICROBLAZEEL = "microblazeel",
  /** 32-bit MIPS. */
  MIPS = "mips",
  /** 64-bit MIPS. */
  MIPS64 = "mips64",
  /** 64-bit MIPS, little endian. */
  MIPS64EL = "mips64el",
  /** 32-bit MIPS, little endian. */
  MIPSEL = "mipsel",
  /** OpenRISC. */
  OPENRISC = "openrisc",
  /** HP PA-RISC. */
  PARISC = "parisc",
  /** 64-bit HP PA-RISC. */
  PARISC64 = "parisc64",
  /** 32-bit PowerPC. */
  PPC = "ppc",
  /** 64-bit POWER, big endian. */
  PPC64 = "ppc64",
  /** Embedded PowerPC. */
  PPCEMB = "ppcemb",
  /** 32-bit PowerPC, little endian. */
  PPCLE = "ppcle",
  /** 32-bit IBM mainframe. */
  S390 = "s390",
  /** SuperH 4. */
  SH4 = "sh4",
  /** SuperH 4, big endian. */
  SH4EB = "sh4eb",
  /** 32-bit SPARC. */
  SPARC = "sparc",
  /** 64-bit SPARC. */
  SPARC64 = "sparc64",
  /** UniCore. */
  UNICORE32 = "unicore32",
  /** Tensilica Xtensa. */
  XTENSA = "xtensa",
  /** Tensilica Xtensa, big endian. */
  XTENSAEB = "xtensaeb",
}

const WORDS: string[] = Object.values(Architecture);

/** Nova's word for what others say. */
const NOVAS_WORD = new Map(
  Object.entries({
    amd64: Architecture.X86_64,
    x64: Architecture.X86_64,
    "x86-64": Architecture.X86_64,
    arm64: Architecture.AARCH64,
    armhf: Architecture.ARMV7L,
    i386: Architecture.I686,
    i486: Architecture.I686,
    i586: Architecture.I686,
    x86: Architecture.I686,
    x86_32: Architecture.I686,
    ppc64el: Architecture.PPC64LE,
    powerpc: Architecture.PPC,
  }),
);

/** Nova's word for a processor, where it knows the word or what is meant. */
export function novasWord(word: string): string | undefined {
  const lower = word.toLowerCase();
  return NOVAS_WORD.get(lower) ?? WORDS.find((known) => known === lower);
}
