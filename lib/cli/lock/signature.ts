import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Running, Tool } from "./tool";

/** What a signature is found to say. */
export interface Signed {
  /** What was signed, and nothing around it. */
  readonly text: Buffer;
  /** The fingerprint of the primary key. */
  readonly signedBy: string;
}

const CLEAR_SIGNED = "-----BEGIN PGP SIGNED MESSAGE-----";

/** Whether the signature is in the text itself. */
export function isClearSigned(text: Buffer): boolean {
  return text.includes(CLEAR_SIGNED);
}

/**
 * Verifies a text by the keys in a file, with gpgv, which trusts these and no others.
 * @param detached its signature, where that lies beside it
 */
export async function verified(
  text: Buffer,
  detached: Buffer | undefined,
  keyring: string,
  temp: string,
  running: Running,
): Promise<Signed> {
  const folder = await mkdtemp(join(temp, "gpg-"));
  const file = (name: string) => join(folder, name);
  try {
    if (detached === undefined && text.toString("latin1").split(CLEAR_SIGNED).length > 2)
      throw new Error("has several signed texts, and which one counts is not said");
    await writeFile(file("keys"), binaryKeys(await readKeys(keyring)));
    await writeFile(file("text"), text);
    if (detached) await writeFile(file("signature"), detached);
    const what = detached ? [file("signature"), file("text")] : ["--output", file("signed"), file("text")];
    const words = ["--homedir", folder, "--keyring", file("keys"), "--status-fd", "1", ...what];
    const signedBy = signerIn(await statusOf(words, running), detached !== undefined, keyring);
    return { signedBy, text: detached ? text : await readFile(file("signed")) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What gpgv reports, whether it is satisfied or not. */
async function statusOf(words: readonly string[], running: Running): Promise<string> {
  const tool = new Tool("gpgv", words, "install it (package gpgv), or leave out the keyring", running);
  let status = "";
  tool.process.stdout.on("data", (piece) => {
    status += piece;
  });
  await tool.finished.catch((error) => {
    running.signal.throwIfAborted();
    if (!status.includes("[GNUPG:] NEWSIG")) throw error;
  });
  return status;
}

/** The key of a good signature, when there is no bad one. */
function signerIn(status: string, isDetached: boolean, keyring: string): string {
  const lines = status.split("\n").map((line) => line.replace("[GNUPG:] ", "").split(" "));
  const of = (name: string) => lines.filter(([word]) => word === name);
  // a whole message in place of a signature would vouch for its own text
  if (of("PLAINTEXT").length !== (isDetached ? 0 : 1))
    throw new Error("is not signed as it should be: its signature is of another text");
  if (of("BADSIG").length > 0)
    throw new Error(`has a BAD SIGNATURE: it was changed after ${of("BADSIG")[0]?.slice(2).join(" ")} signed it`);
  const [signedBy] = goodSigners(status);
  if (signedBy !== undefined) return signedBy;
  const [spent] = [...of("EXPKEYSIG"), ...of("REVKEYSIG"), ...of("EXPSIG")];
  if (spent)
    throw new Error(`is signed by ${spent.slice(2).join(" ")}, whose key or signature has expired or was revoked`);
  const missing = of("NO_PUBKEY").map(([, id]) => id);
  throw new Error(`is signed by no key of ${keyring}${missing.length > 0 ? `, but by ${missing.join(", ")}` : ""}`);
}

/** The primary keys of good signatures. One by a key that has expired is called valid too, so that each counts by its own lines. */
function goodSigners(status: string): string[] {
  return status
    .split(/^\[GNUPG:\] NEWSIG\b/m)
    .filter((signature) => /^\[GNUPG:\] GOODSIG /m.test(signature))
    .flatMap((signature) => /^\[GNUPG:\] VALIDSIG .* (\w+)$/m.exec(signature)?.[1] ?? []);
}

/** The keys in a file. */
export async function readKeys(keyring: string): Promise<Buffer> {
  try {
    return await readFile(keyring);
  } catch (error) {
    throw new Error(`has to be signed, and the keyring ${keyring} cannot be read: ${(error as Error).message}`);
  }
}

/** Keys as gpgv reads them: many are published in letters. */
function binaryKeys(keys: Buffer): Buffer {
  const blocks = keys
    .toString("latin1")
    .matchAll(
      /-----BEGIN PGP PUBLIC KEY BLOCK-----\r?\n(?:[^\r\n]+: [^\r\n]*\r?\n)*\s*([A-Za-z0-9+/=\s]*?)(?:\r?\n=\S{4})?\s*-----END/g,
    );
  const binary = [...blocks].map(([, letters = ""]) => Buffer.from(letters, "base64"));
  return binary.length > 0 ? Buffer.concat(binary) : keys;
}
