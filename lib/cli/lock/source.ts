import { resolve } from "node:path";
import type { DigestAlgorithm } from "../../content/digest";
import { movingWord } from "../../content/moving";
import { shownLocation } from "../file-name";
import type { DeclaredImage } from "./stacks";

/** What images are made of: one entry of the lock. */
export interface Source {
  /** Under what it stands in the lock. */
  readonly key: string;
  /** The key as it is printed. */
  readonly shown: string;
  readonly isFile: boolean;
  /** The URL to download, or the file's absolute path. */
  readonly location: string;
  readonly isMoving: boolean;
  /** Whether the download needs a user name and a password. */
  readonly isPrivate: boolean;
  readonly unpacked: boolean;
  /** Whether it is meant to stay packed. */
  readonly packed: boolean;
  /** Whether its bytes are a disk: not an appliance, nor what boots one. */
  readonly isDisk: boolean;
  readonly raw: boolean;
  readonly checksums?: string;
  /** Absolute. */
  readonly keyring?: string;
  readonly digests: readonly { readonly algorithm: DigestAlgorithm; readonly hex: string }[];
  /** Whether the code gives the digest of every image that is made of it. */
  readonly isBound: boolean;
  readonly images: readonly DeclaredImage[];
}

/** The sources of images, each once, by their keys. */
export function sourcesOf(images: readonly DeclaredImage[], appFolder: string): Source[] {
  const byKey = new Map<string, DeclaredImage[]>();
  for (const image of images) byKey.set(image.source, [...(byKey.get(image.source) ?? []), image]);
  return [...byKey]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, same]) => {
      const isFile = same.some(({ kind }) => kind === "file");
      const url = agreed(same, "url") ?? key;
      const keyring = agreed(same, "keyring");
      return {
        key,
        shown: shownLocation(key),
        isFile,
        location: isFile ? resolve(appFolder, key) : url,
        isMoving: !isFile && (same.find(({ moving }) => moving !== undefined)?.moving ?? movingWord(key) !== undefined),
        isPrivate: same.some((image) => image.private),
        unpacked: same.some(({ unpacked }) => unpacked),
        packed: same.some(({ packed }) => packed),
        isDisk: same.some(({ isDisk }) => isDisk !== false),
        raw: same.some(({ raw }) => raw),
        checksums: agreed(same, "checksums"),
        keyring: keyring === undefined ? undefined : resolve(appFolder, keyring),
        digests: same.flatMap(({ digest }) => (digest ? [digest] : [])),
        isBound: same.every(({ digest }) => digest !== undefined),
        images: same,
      };
    });
}

/** The sources that words name by key, construct path or name of an image. */
export function named(sources: readonly Source[], words: readonly string[]): Source[] {
  const matches = ({ key, images }: Source, word: string) =>
    key === word || images.some(({ path, name }) => path === word || name === word);
  const strange = words.filter((word) => !sources.some((source) => matches(source, word)));
  if (strange.length > 0)
    throw new Error(
      `no image has the source, path or name ${strange.map((word) => JSON.stringify(word)).join(", ")}; the sources are ${sources.map(({ shown }) => shown).join(", ") || "none"}`,
    );
  return sources.filter((source) => words.some((word) => matches(source, word)));
}

/** What the images of a source say of it; those that say nothing go along. */
function agreed(images: readonly DeclaredImage[], key: "url" | "checksums" | "keyring"): string | undefined {
  const [value, other] = new Set(images.flatMap((image) => image[key] ?? []));
  if (other !== undefined)
    throw new Error(`${images.map(({ path }) => path).join(" and ")} have one source and must agree on its ${key}`);
  return value;
}
