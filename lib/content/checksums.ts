import { DigestAlgorithm } from "./digest";

/** A digest that a distribution publishes. */
export interface PublishedDigest {
  readonly algorithm: DigestAlgorithm;
  /** Lower case. */
  readonly hex: string;
}

/** Says why a checksum file cannot be used, as the end of a sentence that begins with its name. */
export class ChecksumsUnusable extends Error {}

interface Entry extends PublishedDigest {
  /** A path or URL; none where the file holds nothing but a digest. */
  readonly file?: string;
  /** The build it is of, where the file holds several. */
  readonly version?: string;
}

const DIGITS: Readonly<Record<DigestAlgorithm, number>> = {
  [DigestAlgorithm.SHA512]: 128,
  [DigestAlgorithm.SHA256]: 64,
  [DigestAlgorithm.MD5]: 32,
};
const STRONGEST_FIRST = Object.keys(DIGITS) as DigestAlgorithm[];

/**
 * The strongest digest that a checksum file gives for an image. It may have lines as `sha512sum` writes them (with one space, two, or a
 * `*`) or as BSD's tools do, a digest alone, a PGP signature around them, or be JSON as Fedora CoreOS, Debian or simplestreams publish.
 * @param url the image's, or as much of its end as is known
 */
export function publishedDigest(text: string, url: string): PublishedDigest {
  const entries = /^\s*[{[]/.test(text) ? jsonEntries(parsed(text)) : lineEntries(text);
  if (entries.length === 0) throw new ChecksumsUnusable("holds no SHA-512, SHA-256 or MD5 digest");
  const name = lastPart(url);
  const named = newest(nearest(entries, url));
  for (const algorithm of STRONGEST_FIRST) {
    const [hex, other] = new Set(named.filter((one) => one.algorithm === algorithm).map((one) => one.hex));
    if (other !== undefined) throw new ChecksumsUnusable(`names ${name} twice, with ${algorithm} ${hex} and ${other}`);
    if (hex !== undefined) return { algorithm, hex };
  }
  const names = [...new Set(entries.map(({ file = "" }) => lastPart(file)))];
  throw new ChecksumsUnusable(
    `does not name ${name}, but ${names.slice(0, 5).join(", ")}${names.length > 5 ? ", ..." : ""}`,
  );
}

/** The entries of the image: those of its whole path where there are any, else those of its name. */
function nearest(entries: Entry[], url: string): Entry[] {
  const path = `/${url.replace(/[?#].*$/s, "")}`;
  const named = entries.filter(({ file }) => file === undefined || lastPart(file) === lastPart(url));
  const placed = named.filter(
    ({ file = "" }) => file.includes("/") && path.endsWith(`/${file.replace(/^(\.?\/)+/, "")}`),
  );
  return placed.length > 0 ? placed : named;
}

/** Of several builds the newest: their names begin with their dates. */
function newest(entries: Entry[]): Entry[] {
  const last = entries
    .map(({ version = "" }) => version)
    .sort()
    .at(-1);
  return entries.filter(({ version = "" }) => version === last);
}

const lastPart = (path: string) =>
  path
    .replace(/[?#].*$/s, "")
    .split("/")
    .at(-1) ?? "";

function entry(hex: string, file?: string, version?: string): Entry[] {
  const algorithm = STRONGEST_FIRST.find((one) => DIGITS[one] === hex.length);
  return algorithm ? [{ algorithm, hex: hex.toLowerCase(), file, version }] : [];
}

function lineEntries(text: string): Entry[] {
  return text.split(/\r?\n/).flatMap((line) => {
    // a clear-signed text begins its own dashes with "- "
    const words = line.replace(/^- /, "").trim();
    const gnu = /^\\?([0-9a-f]{32,128})(?: [ *]?(.+))?$/i.exec(words);
    if (gnu) return entry(gnu[1] ?? "", gnu[2]?.trim());
    const [, algorithm = "", file, hex = ""] = /^(SHA512|SHA256|MD5) ?\((.+)\) ?= ?([0-9a-f]+)$/i.exec(words) ?? [];
    return entry(hex, file).filter((one) => one.algorithm === algorithm.toLowerCase());
  });
}

type Json = { readonly [key: string]: unknown };
const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null;
const textIn = (object: Json, ...keys: string[]) =>
  keys.map((key) => object[key]).find((value): value is string => typeof value === "string");

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ChecksumsUnusable(`begins as JSON, and is none: ${(error as Error).message}`);
  }
}

/** Deeper than any of them goes. */
const DEPTH = 20;

/** Of every object in it that has a file and a digest. */
function jsonEntries(value: unknown, version?: string, depth = 0): Entry[] {
  if (!isObject(value) || depth > DEPTH) return [];
  // as Fedora CoreOS, as simplestreams, as Fedora say where it lies
  const file = textIn(value, "location", "path", "link");
  const own = file ? STRONGEST_FIRST.flatMap((one) => entry(textIn(value, one) ?? "", file, version)) : [];
  const below = Object.entries(value).flatMap(([key, one]) =>
    // simplestreams: { versions: { "20240423": { items: ... } } }
    key === "versions" && isObject(one)
      ? Object.entries(one).flatMap(([name, build]) => jsonEntries(build, name, depth + 2))
      : jsonEntries(one, version, depth + 1),
  );
  return [...own, ...debianEntry(value), ...below];
}

/** Debian: { data: { ref }, metadata: { annotations: { "cloud.debian.org/digest": "sha512:BASE64" } } } */
function debianEntry({ data, metadata }: Json): Entry[] {
  const ref = isObject(data) ? textIn(data, "ref") : undefined;
  const annotations = isObject(metadata) && isObject(metadata.annotations) ? metadata.annotations : {};
  const digest = /^sha512:(.+)$/.exec(textIn(annotations, "cloud.debian.org/digest") ?? "")?.[1];
  return ref && digest ? entry(Buffer.from(digest, "base64").toString("hex"), ref) : [];
}
