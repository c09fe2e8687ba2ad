import { ChecksumsUnusable, type PublishedDigest, publishedDigest } from "../../content/checksums";
import type { Digests, Upstream } from "../../content/lock-file";
import { shownLocation } from "../file-name";
import { type Asking, StatusError } from "../http/answer";
import { downloadText } from "../http/download";
import { GivenUpError } from "../http/tries";
import { withoutSecrets } from "./secret";
import { isClearSigned, readKeys, type Signed, verified } from "./signature";
import type { Source } from "./source";

/** Fedora's list of all its builds is the largest. */
const MAX_BYTES = 8 * 1024 * 1024;
/** What distributions call them, the strongest first. */
const BESIDE = [
  ...["{}.sha512", "SHA512SUMS", "SHA256SUMS", "CHECKSUM", "{}.CHECKSUM"],
  ...["{}.sha256", "{}.SHA256SUM", "sha256sum.txt", "MD5SUMS"],
];
const SIGNATURES = [".gpg", ".asc", ".sig", ".sign"];

/** What looking for a published digest needs. */
export interface Looking {
  readonly asking: Asking;
  /** For what is made meanwhile. */
  readonly temp: string;
  /** Says what was ignored. */
  note(text: string): void;
}

/**
 * The digest that is published for a source: in the file that is given, or in one beside it; undefined when there is none. With a keyring
 * there has to be one.
 */
export async function publishedFor(source: Source, looking: Looking): Promise<Upstream | undefined> {
  if (source.keyring !== undefined) await readKeys(source.keyring);
  if (source.checksums !== undefined) return publishedAt(source.checksums, source, looking);
  const tried = source.isFile ? [] : besides(source.location);
  const upstream = await firstOf(tried, source, looking);
  if (upstream !== undefined || source.keyring === undefined) return upstream;
  const names = tried.map(({ pathname }) => pathname.split("/").at(-1)).join(", ");
  throw new Error(
    `has to be signed, for a keyring is given, and no signed file ${names === "" ? "was looked for beside it" : `beside it gives its digest (tried ${names})`}; ` +
      "give 'checksumsUrl', or leave out 'checksumsKeyring'",
  );
}

async function publishedAt(checksums: string, source: Source, looking: Looking): Promise<Upstream> {
  try {
    return await publishedIn(new URL(checksums), source, looking);
  } catch (error) {
    // an answer of this server is none of the image's
    if (!(error instanceof StatusError)) throw error;
    throw new Error(`its 'checksumsUrl' ${shownLocation(checksums)} cannot be had: the server answers ${error.status}`);
  }
}

async function firstOf(urls: readonly URL[], source: Source, looking: Looking): Promise<Upstream | undefined> {
  for (const url of urls) {
    try {
      return await publishedIn(url, source, looking);
    } catch (error) {
      // no such file, or an image store that answers so
      if (error instanceof StatusError || error instanceof WebPageError) continue;
      if (!(error instanceof UselessError)) throw error;
      looking.note(`${source.shown}: ${error.message}, so it is ignored`);
    }
  }
  return undefined;
}

/** The digest in one file. */
export async function publishedIn(url: URL, source: Source, looking: Looking): Promise<Upstream> {
  const shown = shownLocation(url.href);
  const { text, signedBy } = await textAt(url, source, looking);
  return {
    ...digestIn(text.toString("utf8"), source, shown),
    from: withoutSecrets(url.href),
    ...(signedBy === undefined ? {} : { signedBy }),
  };
}

/** Compares a published digest with that of the bytes. */
export function checkPublished({ algorithm, hex, from }: Upstream, digests: Digests): void {
  if (digests[algorithm] === hex) return;
  throw new Error(
    `DISAGREES WITH WHAT IS PUBLISHED: its ${algorithm} is ${digests[algorithm]}, and ${shownLocation(from)} says ${hex}; ` +
      "either it is being replaced just now (try again later), or somebody changed it",
  );
}

function besides(location: string): URL[] {
  const url = new URL(location);
  const name = url.pathname.split("/").at(-1) ?? "";
  url.search = "";
  url.hash = "";
  const names = [...BESIDE.map((pattern) => pattern.replace("{}", () => name)), ...ofFedora(name)];
  return names.map((each) => new URL(`./${each}`, url));
}

/** `Fedora-Cloud-Base-Generic-43-1.6.x86_64.qcow2` is in `Fedora-Cloud-43-1.6-x86_64-CHECKSUM`. */
function ofFedora(name: string): string[] {
  const [, build, architecture] = /^Fedora-Cloud-.*?-(\d+-[\d.]*\d)\.(\w+)\./.exec(name) ?? [];
  return build === undefined ? [] : [`Fedora-Cloud-${build}-${architecture}-CHECKSUM`];
}

function checkNoPage(text: string, shown: string): void {
  if (/^\s*(<!--.*?-->\s*)*<(!doctype html|html)\b/is.test(text))
    throw new WebPageError(`${shown} is a web page and no checksum file`);
}

function digestIn(text: string, source: Source, shown: string): PublishedDigest {
  try {
    return publishedDigest(text, source.key);
  } catch (error) {
    if (error instanceof ChecksumsUnusable) throw new UselessError(`${shown} ${error.message}`);
    throw error;
  }
}

/** What stands at a URL: only what is signed, where there is a keyring. */
async function textAt(url: URL, source: Source, looking: Looking): Promise<{ text: Buffer; signedBy?: string }> {
  const { asking, temp } = looking;
  const shown = shownLocation(url.href);
  const text = await fetched(url, asking);
  // a server that shows a page for all that it lacks shows one for the signature too
  checkNoPage(text.toString("utf8"), shown);
  if (source.keyring === undefined) return { text };
  try {
    const signature = isClearSigned(text) ? undefined : await signatureOf(url, asking);
    const signed: Signed = await verified(text, signature, source.keyring, temp, asking);
    return signed;
  } catch (error) {
    asking.signal.throwIfAborted();
    throw new Error(`${shown} ${(error as Error).message}`);
  }
}

async function signatureOf(url: URL, asking: Asking): Promise<Buffer> {
  for (const ending of SIGNATURES) {
    const beside = new URL(url);
    beside.pathname += ending;
    try {
      return await downloadText(beside, asking, MAX_BYTES);
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
    }
  }
  throw new Error(`has no signature in it and none beside it (${SIGNATURES.join(", ")}), but a keyring is given`);
}

async function fetched(url: URL, asking: Asking): Promise<Buffer> {
  try {
    return await downloadText(url, asking, MAX_BYTES);
  } catch (error) {
    asking.signal.throwIfAborted();
    if (error instanceof StatusError) throw error;
    const message = `${shownLocation(url.href)}: ${(error as Error).message}`;
    throw error instanceof GivenUpError ? new Error(message) : new UselessError(message);
  }
}

/** A checksum file that cannot be had or says nothing of the image. */
export class UselessError extends Error {}
/** A page that a server shows instead of a file. */
export class WebPageError extends Error {}
