import { TerraformVariable } from "cdktf";
import { Architecture, Image, type ImageProps } from "cdktf-openstack-images";
import { BASE, source } from "../image/given";
import { failure, only, synth } from "../support/synth";

const TYPE = "openstack_images_image_v2";

/** All that Nova compares (`nova.objects.fields.Architecture`). */
const NOVAS_WORDS = [
  "aarch64",
  "alpha",
  "armv6",
  "armv7b",
  "armv7l",
  "cris",
  "i686",
  "ia64",
  "lm32",
  "m68k",
  "microblaze",
  "microblazeel",
  "mips",
  "mips64",
  "mips64el",
  "mipsel",
  "openrisc",
  "parisc",
  "parisc64",
  "ppc",
  "ppc64",
  "ppc64le",
  "ppcemb",
  "ppcle",
  "s390",
  "s390x",
  "sh4",
  "sh4eb",
  "sparc",
  "sparc64",
  "unicore32",
  "x86_64",
  "xtensa",
  "xtensaeb",
];

function failureOf(props: Partial<ImageProps>): string {
  return failure((stack) => new Image(stack, "Base", { source, ...props }));
}

test("architectures are in the words that Nova compares", () => {
  expect(Object.values(Architecture).sort()).toStrictEqual(NOVAS_WORDS);
});

test("an architecture is named as Nova's word is", () => {
  const names = Object.entries(Architecture).map(([name, word]) => [name, word.toUpperCase()]);
  expect(names.map(([name]) => name)).toStrictEqual(names.map(([, word]) => word));
});

test.each(Object.values(Architecture))("%s comes out, as the prop and as a property", (architecture) => {
  const block = { ...BASE, properties: { architecture } };
  for (const props of [{ architecture }, { properties: { architecture } }]) {
    const result = synth((stack) => new Image(stack, "Base", { source, ...props }));
    expect(only(result, TYPE)).toStrictEqual(block);
    expect(result.warnings).toStrictEqual([]);
  }
});

const HOW: [string, (word: string) => Partial<ImageProps>][] = [
  ["'architecture'", (word) => ({ architecture: word as Architecture })],
  ["the property 'architecture'", (word) => ({ properties: { architecture: word } })],
];

describe.each(HOW)("fails when %s", (what, props) => {
  test.each([
    ["amd64", "x86_64"],
    ["AMD64", "x86_64"],
    ["x64", "x86_64"],
    ["x86-64", "x86_64"],
    ["X86_64", "x86_64"],
    ["arm64", "aarch64"],
    ["ARM64", "aarch64"],
    ["armhf", "armv7l"],
    ["i386", "i686"],
    ["i486", "i686"],
    ["i586", "i686"],
    ["x86", "i686"],
    ["ppc64el", "ppc64le"],
    ["powerpc", "ppc"],
    ["S390X", "s390x"],
  ])("is %s, which Nova calls %s", (word, right) => {
    expect(failureOf(props(word))).toBe(
      `${what} must be a word that Nova knows, got "${word}"; Nova's word is ${right} [ArchitectureUnknown at test/Base]`,
    );
  });

  test.each(["", " ", "riscv64", "x86_64 ", "x86_64\n", "any", "toString", "constructor"])(
    "is %j, which Nova knows by no name",
    (word) => {
      const words = Object.values(Architecture).join(", ");
      expect(failureOf(props(word))).toBe(
        `${what} must be a word that Nova knows, got ${JSON.stringify(word)}; Nova knows ${words} [ArchitectureUnknown at test/Base]`,
      );
    },
  );
});

test("an architecture that is undefined is not given", () => {
  for (const props of [{ architecture: undefined }, { properties: { architecture: undefined as unknown as string } }]) {
    expect(
      only(
        synth((stack) => new Image(stack, "Base", { source, ...props })),
        TYPE,
      ),
    ).toStrictEqual(BASE);
  }
});

test.each(HOW)("%s that only Terraform knows is left to it", (_, props) => {
  const result = synth((stack) => {
    const word = new TerraformVariable(stack, "v", {}).stringValue;
    new Image(stack, "Base", { source, ...props(word) });
  });
  expect(only(result, TYPE)).toStrictEqual({ ...BASE, properties: { architecture: "${var.v}" } });
});

test("fails when the property is wrong, though the prop that it replaces is right", () => {
  const props = { architecture: Architecture.X86_64, properties: { architecture: "arm64" } };
  expect(failureOf(props)).toContain(`the property 'architecture' must be a word that Nova knows, got "arm64"`);
});
